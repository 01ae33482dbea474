// Curves: what a judge trades for what as its threshold moves, as plain points.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "classifier/verdict.h"
#include "tools/training/ranking.h"

namespace winnow {

struct Point {
  double x = 0;
  double y = 0;
};

// Receiver operating characteristic (Fawcett 2006): x = share of ham at or above the threshold, y = share of
// spam, from (0, 0) to (1, 1). Straight between points, as comments of equal score count half in the area
// under it. Empty if there is no spam or no ham.
std::vector<Point> roc_curve(const std::vector<Cut>& cuts);

// x = recall, y = precision, by growing recall. To be drawn in steps: a straight line between two points
// promises too much (Davis & Goadrich 2006). Empty if there is no spam.
std::vector<Point> precision_recall_curve(const std::vector<Cut>& cuts);

// Average precision: the sum over the thresholds of precision times the recall that is gained, 0..1; the area
// under those steps. Nothing if there is no spam.
std::optional<double> average_precision(const std::vector<Cut>& cuts);

// One threshold and what comes of it. A share that the rows cannot give is nothing.
struct ThresholdRow {
  double threshold = 0;
  long spam_caught = 0;
  long spam_missed = 0;
  long ham_blocked = 0;
  std::optional<double> recall;             // of all spam
  std::optional<double> ham_blocked_share;  // of all ham
  std::optional<double> precision;          // of all that is caught
  std::optional<Outcome> mark;  // the outcome that begins here in the model; of several the gravest
};
ThresholdRow threshold_row(const std::vector<Cut>& cuts, double threshold);

// Rising thresholds: 0.01 to 0.99 by hundredths, 0.995, 0.999, and the model's own, which are marked.
std::vector<ThresholdRow> threshold_table(const std::vector<Cut>& cuts, const Thresholds& marks);

// `points` without those that lie, in both directions, nearer than `least` to the last that was kept; first
// and last stay. What rises or falls in both directions keeps at most about (width + height) / least points.
std::vector<Point> thin(const std::vector<Point>& points, double least);

}  // namespace winnow
