#include "tools/report/svg.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "tools/report/html.h"

namespace winnow::report {
namespace {

// In the units of the view box, which are pixels where the chart has its natural size.
constexpr double kWidth = 440, kHeight = 330;
constexpr double kLeft = 58, kRight = 26, kTop = 12, kBottom = 46;
constexpr double kLetter = 6.6, kLine = 13;  // about the size of a letter and a line of the labels
constexpr double kNearest = 0.8;

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  std::string out = text;
  return out.ends_with(".0") ? out.substr(0, out.size() - 2) : out;
}

double scaled(Scale scale, double value) {
  switch (scale) {
    case Scale::kLinear:
      return value;
    case Scale::kRoot:
      return std::sqrt(value);
    case Scale::kLog:
      return std::log(value);
    case Scale::kLogit:
      return std::log(value / (1 - value));
  }
  return value;
}

// 0..1 along the axis.
double along(const Axis& axis, double value) {
  const double low = scaled(axis.scale, axis.low), high = scaled(axis.scale, axis.high);
  return (scaled(axis.scale, std::clamp(value, axis.low, axis.high)) - low) / (high - low);
}

std::string path(const std::vector<Point>& points) {
  std::string out;
  for (const Point& point : points)
    out.append(out.empty() ? "M" : "L").append(number(point.x)).append(" ").append(number(point.y));
  return out;
}

std::string text(double x, double y, std::string_view anchor, std::string_view label,
                 std::string_view kind = "") {
  std::string out = "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\"";
  if (!anchor.empty()) out.append(" text-anchor=\"").append(anchor).append("\"");
  if (!kind.empty()) out.append(" class=\"").append(kind).append("\"");
  return out + ">" + escaped(label) + "</text>\n";
}

}  // namespace

Chart::Chart(std::string_view id, std::string_view title, std::string_view description, Axis x, Axis y)
    : id_(id), title_(title), description_(description), x_(std::move(x)), y_(std::move(y)) {
  draw_axes();
}

Point Chart::place(Point value) const {
  return {kLeft + along(x_, value.x) * (kWidth - kLeft - kRight),
          kHeight - kBottom - along(y_, value.y) * (kHeight - kTop - kBottom)};
}

void Chart::draw_axes() {
  const double bottom = kHeight - kBottom, right = kWidth - kRight;
  std::string grid;
  for (const Tick& tick : x_.ticks) {
    const double x = place({tick.value, y_.low}).x;
    grid += "M" + number(x) + " " + number(kTop) + "V" + number(bottom);
    shapes_ += text(x, bottom + 16, "middle", tick.label);
  }
  for (const Tick& tick : y_.ticks) {
    const double y = place({x_.low, tick.value}).y;
    grid += "M" + number(kLeft) + " " + number(y) + "H" + number(right);
    shapes_ += text(kLeft - 6, y + 4, "end", tick.label);
  }
  shapes_ += text((kLeft + right) / 2, kHeight - 8, "middle", x_.label);
  const double middle = (kTop + bottom) / 2;
  shapes_ += "<text text-anchor=\"middle\" transform=\"translate(13 " + number(middle) + ") rotate(-90)\">" +
             escaped(y_.label) + "</text>\n";
  shapes_ = "<path class=\"grid\" d=\"" + grid + "\"/>\n<path class=\"axis\" d=\"M" + number(kLeft) + " " +
            number(kTop) + "V" + number(bottom) + "H" + number(right) + "\"/>\n" + shapes_;
}

std::vector<Point> Chart::all_placed(const std::vector<Point>& points) const {
  std::vector<Point> placed;
  placed.reserve(points.size());
  for (const Point& point : points) placed.push_back(place(point));
  return placed;
}

void Chart::line(const std::vector<Point>& points, std::string_view kind) {
  const std::vector<Point> placed = all_placed(points);
  if (placed.size() < 2) return;
  shapes_.append("<path class=\"line ").append(kind).append("\" d=\"");
  shapes_ += path(thin(placed, kNearest)) + "\"/>\n";
}

void Chart::steps(const std::vector<Point>& points, std::string_view kind) {
  const std::vector<Point> placed = all_placed(points);
  std::vector<Point> corners;
  for (const Point& point : thin(placed, kNearest)) {
    if (!corners.empty() && corners.back().y != point.y) corners.push_back({corners.back().x, point.y});
    corners.push_back(point);
  }
  if (corners.size() < 2) return;
  shapes_.append("<path class=\"line ").append(kind).append("\" d=\"").append(path(corners)).append("\"/>\n");
}

// Down, until it lies over no other.
Chart::Label Chart::give_way(Label label) {
  const auto overlaps = [&](const Label& other) {
    return std::abs(other.y - label.y) < kLine && other.x < label.x + label.width &&
           label.x < other.x + other.width;
  };
  while (std::any_of(labels_.begin(), labels_.end(), overlaps)) label.y += kLine;
  labels_.push_back(label);
  return label;
}

void Chart::dot(Point at, double radius, std::string_view kind, std::string_view label) {
  const Point point = place(at);
  shapes_ += "<circle class=\"dot " + std::string(kind) + "\" cx=\"" + number(point.x) + "\" cy=\"" +
             number(point.y) + "\" r=\"" + number(radius) + "\"/>\n";
  if (label.empty()) return;
  Label place_of{point.x + radius + 3, point.y + 16, kLetter * static_cast<double>(label.size())};
  const bool is_left = place_of.x + place_of.width > kWidth - kRight;
  if (is_left) place_of.x = point.x - radius - 3 - place_of.width;
  place_of = give_way(place_of);
  names_ += text(is_left ? place_of.x + place_of.width : place_of.x, place_of.y, is_left ? "end" : "", label,
                 "name");
}

void Chart::whisker(double x, double low, double high) {
  const Point from = place({x, low}), to = place({x, high});
  shapes_ +=
      "<path class=\"whisker\" d=\"M" + number(from.x) + " " + number(from.y) + "V" + number(to.y) + "\"/>\n";
}

void Chart::bar(double left, double right, double height, std::string_view kind) {
  const Point from = place({left, y_.low}), to = place({right, height});
  if (from.y - to.y < 0.05) return;
  shapes_ += "<path class=\"bar " + std::string(kind) + "\" d=\"M" + number(from.x) + " " + number(from.y) +
             "V" + number(to.y) + "H" + number(to.x) + "V" + number(from.y) + "Z\"/>\n";
}

void Chart::upright(double x, std::string_view label) {
  const double at = place({x, y_.low}).x;
  const double width = kLetter * static_cast<double>(label.size());
  const bool is_left = at + 4 + width > kWidth - kRight;
  const Label place_of = give_way({is_left ? at - 4 - width : at + 4, kTop + 10, width});
  shapes_ += "<path class=\"mark\" d=\"M" + number(at) + " " + number(kTop) + "V" +
             number(kHeight - kBottom) + "\"/>\n";
  names_ += text(is_left ? at - 4 : at + 4, place_of.y, is_left ? "end" : "", label, "name");
}

std::string Chart::svg() const {
  return "<svg viewBox=\"0 0 " + number(kWidth) + " " + number(kHeight) +
         "\" role=\"img\" aria-labelledby=\"" + id_ + "-title " + id_ + "-text\"><title id=\"" + id_ +
         "-title\">" + escaped(title_) + "</title><desc id=\"" + id_ + "-text\">" + escaped(description_) +
         "</desc>\n" + shapes_ + names_ + "</svg>\n";
}

}  // namespace winnow::report
