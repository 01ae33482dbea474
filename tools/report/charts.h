// The charts of the report, each an SVG picture of plain values. Without the values that it needs, empty.
#pragma once

#include <string>
#include <vector>

#include "tools/training/calibration.h"
#include "tools/training/curves.h"
#include "tools/training/ranking.h"

namespace winnow::report {

std::string roc_chart(const std::vector<Cut>& cuts, const Thresholds& marks);
// The part of it that matters: at most 5 % of ham.
std::string roc_corner_chart(const std::vector<Cut>& cuts, const Thresholds& marks);
std::string precision_recall_chart(const std::vector<Cut>& cuts, const Thresholds& marks);
std::string calibration_chart(const std::vector<CalibrationBin>& bins);
// Spam missed and ham blocked against the threshold; shares on a log scale, thresholds on a logit scale.
std::string error_chart(const std::vector<Cut>& cuts, const Thresholds& marks);
// Where the scores of each label lie.
std::string score_chart(const std::vector<Cut>& cuts);

}  // namespace winnow::report
