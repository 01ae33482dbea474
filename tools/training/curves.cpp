#include "tools/training/curves.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace winnow {
namespace {

std::optional<double> share(long part, long whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::vector<Point> roc_curve(const std::vector<Cut>& cuts) {
  if (cuts.empty() || cuts.back().spam == 0 || cuts.back().ham == 0) return {};
  std::vector<Point> points = {{0, 0}};
  for (const Cut& cut : cuts)
    points.push_back({*share(cut.ham, cuts.back().ham), *share(cut.spam, cuts.back().spam)});
  return points;
}

std::vector<Point> precision_recall_curve(const std::vector<Cut>& cuts) {
  if (cuts.empty() || cuts.back().spam == 0) return {};
  std::vector<Point> points;
  points.reserve(cuts.size());
  for (const Cut& cut : cuts)
    points.push_back({*share(cut.spam, cuts.back().spam), *share(cut.spam, cut.spam + cut.ham)});
  return points;
}

std::optional<double> average_precision(const std::vector<Cut>& cuts) {
  if (cuts.empty() || cuts.back().spam == 0) return std::nullopt;
  double sum = 0, last_recall = 0;
  for (const Point& point : precision_recall_curve(cuts)) {
    sum += (point.x - last_recall) * point.y;
    last_recall = point.x;
  }
  return sum;
}

ThresholdRow threshold_row(const std::vector<Cut>& cuts, double threshold) {
  const Cut all = cuts.empty() ? Cut() : cuts.back();
  const Cut cut = cut_at(cuts, threshold);
  return {threshold,
          cut.spam,
          all.spam - cut.spam,
          cut.ham,
          share(cut.spam, all.spam),
          share(cut.ham, all.ham),
          share(cut.spam, cut.spam + cut.ham),
          std::nullopt};
}

std::vector<ThresholdRow> threshold_table(const std::vector<Cut>& cuts, const Thresholds& marks) {
  std::vector<double> thresholds = {0.995, 0.999, marks.unsure, marks.spam, marks.discard};
  for (int hundredth = 1; hundredth < 100; ++hundredth) thresholds.push_back(hundredth / 100.0);
  std::sort(thresholds.begin(), thresholds.end());
  thresholds.erase(std::unique(thresholds.begin(), thresholds.end()), thresholds.end());
  const std::array<std::pair<double, Outcome>, 3> outcomes = {
      {{marks.discard, Outcome::kDiscard}, {marks.spam, Outcome::kSpam}, {marks.unsure, Outcome::kUnsure}}};
  std::vector<ThresholdRow> rows;
  for (const double threshold : thresholds) {
    rows.push_back(threshold_row(cuts, threshold));
    for (const auto& [begin, outcome] : outcomes)
      if (threshold == begin && !rows.back().mark) rows.back().mark = outcome;
  }
  return rows;
}

std::vector<Point> thin(const std::vector<Point>& points, double least) {
  std::vector<Point> kept;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool is_end = i == 0 || i + 1 == points.size();
    if (is_end || std::abs(points[i].x - kept.back().x) >= least ||
        std::abs(points[i].y - kept.back().y) >= least)
      kept.push_back(points[i]);
  }
  return kept;
}

}  // namespace winnow
