#include "tools/report/charts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "tools/report/numbers.h"
#include "tools/report/svg.h"
#include "tools/training/interval.h"

namespace winnow::report {
namespace {

Axis share_axis(std::string label) {
  return {std::move(label),
          Scale::kLinear,
          0,
          1,
          {{0, "0 %"}, {.2, "20 %"}, {.4, "40 %"}, {.6, "60 %"}, {.8, "80 %"}, {1, "100 %"}}};
}

Axis score_axis(std::string label) {
  return {std::move(label),
          Scale::kLinear,
          0,
          1,
          {{0, "0"}, {.2, "0.2"}, {.4, "0.4"}, {.6, "0.6"}, {.8, "0.8"}, {1, "1"}}};
}

struct Mark {
  const char* name;
  double threshold;
};

std::array<Mark, 3> marks_of(const Thresholds& thresholds) {
  return {{{"discard", thresholds.discard}, {"spam", thresholds.spam}, {"unsure", thresholds.unsure}}};
}

std::string describe(const std::vector<Cut>& cuts, const Thresholds& marks) {
  std::string said;
  for (const Mark& mark : marks_of(marks)) {
    const ThresholdRow row = threshold_row(cuts, mark.threshold);
    said += std::string(" At the threshold of ") + mark.name + ", " + threshold_text(mark.threshold) +
            ": recall " + percent(row.recall) + ", ham blocked " + percent(row.ham_blocked_share) +
            ", precision " + percent(row.precision) + ".";
  }
  return said;
}

std::string roc(const std::vector<Cut>& cuts, const Thresholds& marks, const char* id, const char* title,
                Axis x) {
  const std::vector<Point> points = roc_curve(cuts);
  if (points.empty()) return "";
  // The line ends where the picture does, between two points if need be.
  std::vector<Point> inside;
  for (const Point& point : points) {
    if (point.x > x.high) {
      const Point last = inside.back();
      inside.push_back({x.high, last.y + (point.y - last.y) * (x.high - last.x) / (point.x - last.x)});
      break;
    }
    inside.push_back(point);
  }
  const double end = x.high;
  Chart chart(id, title, "Spam caught against ham blocked." + describe(cuts, marks), std::move(x),
              share_axis("spam caught (recall)"));
  chart.line({{0, 0}, {end, end}}, "chance");
  chart.line(inside, "spam");
  for (const Mark& mark : marks_of(marks)) {
    const ThresholdRow row = threshold_row(cuts, mark.threshold);
    if (*row.ham_blocked_share <= end)
      chart.dot({*row.ham_blocked_share, *row.recall}, 4.5, "own", mark.name);
  }
  return chart.svg();
}

// Of `cuts` by rising threshold, the share that `part` finds there: over the width of `x`, and without zeros,
// which a log scale has no place for.
template <typename Part>
std::vector<Point> rates(const std::vector<Cut>& cuts, const Axis& x, Part part, long whole) {
  std::vector<Point> points;
  for (auto cut = cuts.rbegin(); cut != cuts.rend(); ++cut) {
    const double rate = static_cast<double>(part(*cut)) / static_cast<double>(whole);
    if (rate <= 0) continue;
    if (points.empty()) points.push_back({cut == cuts.rbegin() ? x.low : (cut - 1)->threshold, rate});
    points.push_back({std::min(cut->threshold, x.high), rate});
    if (cut->threshold >= x.high) break;
  }
  return points;
}

}  // namespace

std::string roc_chart(const std::vector<Cut>& cuts, const Thresholds& marks) {
  return roc(cuts, marks, "roc", "ROC curve", share_axis("ham blocked"));
}

std::string roc_corner_chart(const std::vector<Cut>& cuts, const Thresholds& marks) {
  return roc(cuts, marks, "roc-corner", "ROC curve, the first 5 % of ham",
             {"ham blocked",
              Scale::kLinear,
              0,
              .05,
              {{0, "0 %"}, {.01, "1 %"}, {.02, "2 %"}, {.03, "3 %"}, {.04, "4 %"}, {.05, "5 %"}}});
}

std::string precision_recall_chart(const std::vector<Cut>& cuts, const Thresholds& marks) {
  std::vector<Point> points = precision_recall_curve(cuts);
  if (points.empty() || cuts.back().ham == 0) return "";
  const double base = points.back().y;
  points.insert(points.begin(), {0, points.front().y});
  Chart chart("pr", "Precision-recall curve",
              "Precision against recall; average precision " + decimal(average_precision(cuts), 4) + "." +
                  describe(cuts, marks),
              share_axis("spam caught (recall)"), share_axis("precision"));
  chart.line({{0, base}, {1, base}}, "chance");
  chart.steps(points, "spam");
  for (const Mark& mark : marks_of(marks)) {
    const ThresholdRow row = threshold_row(cuts, mark.threshold);
    if (row.precision) chart.dot({*row.recall, *row.precision}, 4.5, "own", mark.name);
  }
  return chart.svg();
}

std::string calibration_chart(const std::vector<CalibrationBin>& bins) {
  Chart chart("calibration", "Calibration",
              "Share of spam against mean score in ten bins; the table beside it has the numbers. Expected "
              "calibration "
              "error " +
                  decimal(expected_calibration_error(bins), 4) + ".",
              score_axis("mean score"), share_axis("share that is spam"));
  long all = 0;
  for (const CalibrationBin& bin : bins) all += bin.all();
  if (all == 0) return "";
  chart.line({{0, 0}, {1, 1}}, "chance");
  std::vector<Point> points;
  for (const CalibrationBin& bin : bins) {
    if (bin.all() == 0) continue;
    const double n = static_cast<double>(bin.all());
    points.push_back({bin.score_sum / n, static_cast<double>(bin.spam) / n});
    const Interval interval = wilson_interval(bin.spam, bin.all());
    chart.whisker(points.back().x, interval.low, interval.high);
  }
  chart.line(points, "own");
  std::size_t next = 0;
  for (const CalibrationBin& bin : bins)
    if (bin.all() > 0)
      chart.dot(points[next++], 3 + 5 * std::sqrt(static_cast<double>(bin.all()) / static_cast<double>(all)),
                "own");
  return chart.svg();
}

std::string error_chart(const std::vector<Cut>& cuts, const Thresholds& marks) {
  if (cuts.empty()) return "";
  const Cut all = cuts.back();
  const Axis x{"threshold",
               Scale::kLogit,
               .005,
               .9995,
               {{.01, "0.01"}, {.1, "0.1"}, {.5, "0.5"}, {.9, "0.9"}, {.99, "0.99"}, {.999, "0.999"}}};
  Chart chart(
      "errors", "Error rates at every threshold",
      "Share of spam missed and share of ham blocked against the threshold; the table has the numbers." +
          describe(cuts, marks),
      x,
      {"share of its label",
       Scale::kLog,
       .0001,
       1,
       {{.0001, "0.01 %"}, {.001, "0.1 %"}, {.01, "1 %"}, {.1, "10 %"}, {1, "100 %"}}});
  for (const Mark& mark : marks_of(marks)) chart.upright(mark.threshold, mark.name);
  if (all.ham > 0)
    chart.steps(rates(
                    cuts, x, [](const Cut& cut) { return cut.ham; }, all.ham),
                "ham");
  if (all.spam > 0) {
    std::vector<Point> missed = rates(
        cuts, x, [&](const Cut& cut) { return all.spam - cut.spam; }, all.spam);
    if (cuts.front().threshold < x.high)
      missed.push_back({x.high, 1});  // above the highest score all are missed
    chart.steps(missed, "spam");
  }
  return chart.svg();
}

std::string score_chart(const std::vector<Cut>& cuts) {
  if (cuts.empty()) return "";
  constexpr int kBins = 20;
  Chart chart("scores", "Where the scores lie",
              "Share of spam and of ham in twenty equal bins of the score, on a square root scale.",
              score_axis("score"),
              {"share of its label",
               Scale::kRoot,
               0,
               1,
               {{0, "0 %"}, {.01, "1 %"}, {.05, "5 %"}, {.2, "20 %"}, {.5, "50 %"}, {1, "100 %"}}});
  const Cut all = cuts.back();
  for (int bin = 0; bin < kBins; ++bin) {
    const double low = static_cast<double>(bin) / kBins, high = static_cast<double>(bin + 1) / kBins;
    const Cut here = cut_at(cuts, low), above = bin + 1 == kBins ? Cut() : cut_at(cuts, high);
    const double middle = (low + high) / 2, gap = .004;
    if (all.ham > 0)
      chart.bar(low + gap, middle, static_cast<double>(here.ham - above.ham) / static_cast<double>(all.ham),
                "ham");
    if (all.spam > 0)
      chart.bar(middle, high - gap,
                static_cast<double>(here.spam - above.spam) / static_cast<double>(all.spam), "spam");
  }
  return chart.svg();
}

}  // namespace winnow::report
