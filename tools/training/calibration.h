// Calibration: whether a score of 0.9 means nine spam in ten.
#pragma once

#include <vector>

#include "tools/training/ranking.h"

namespace winnow {

// The comments whose score is in [low, high); the last bin has 1, too.
struct CalibrationBin {
  double low = 0;
  double high = 0;
  long spam = 0;
  long ham = 0;
  double score_sum = 0;

  long all() const { return spam + ham; }
};

// Ten bins of equal width, in order of score; a reliability diagram (DeGroot & Fienberg 1983) shows the share
// of spam in each against its mean score.
std::vector<CalibrationBin> calibration(const std::vector<Judged>& judged);

// Expected calibration error, 0..1: the mean over all comments of |mean score - share of spam| of their bin
// (Naeini et al. 2015). 0 if there are none.
double expected_calibration_error(const std::vector<CalibrationBin>& bins);

}  // namespace winnow
