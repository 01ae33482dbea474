#include "tools/training/calibration.h"

#include <algorithm>
#include <cmath>

namespace winnow {

std::vector<CalibrationBin> calibration(const std::vector<Judged>& judged) {
  constexpr std::size_t kBins = 10;
  std::vector<CalibrationBin> bins(kBins);
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    bins[bin].low = static_cast<double>(bin) / kBins;
    bins[bin].high = static_cast<double>(bin + 1) / kBins;
  }
  for (const Judged& one : judged) {
    CalibrationBin& bin = bins[std::min(kBins - 1, static_cast<std::size_t>(one.score * kBins))];
    ++(one.spam ? bin.spam : bin.ham);
    bin.score_sum += one.score;
  }
  return bins;
}

double expected_calibration_error(const std::vector<CalibrationBin>& bins) {
  double error = 0;
  long all = 0;
  for (const CalibrationBin& bin : bins) {
    error += std::abs(bin.score_sum - static_cast<double>(bin.spam));
    all += bin.all();
  }
  return all == 0 ? 0 : error / static_cast<double>(all);
}

}  // namespace winnow
