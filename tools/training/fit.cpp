#include "tools/training/fit.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "classifier/score.h"

namespace winnow {
namespace {

constexpr int kMaxSweeps = 1000;
constexpr double kStill = 1e-5;
constexpr double kMaxStep = 1;

}  // namespace

std::vector<double> fit(const std::vector<FitRow>& rows, const std::vector<FitColumn>& columns,
                        const std::function<void(double)>& progress) {
  struct Cell {
    std::size_t row;
    double value;
  };
  std::vector<std::vector<Cell>> cells(columns.size());
  std::vector<double> weights(columns.size());
  std::vector<double> margins(rows.size());
  for (std::size_t j = 0; j < columns.size(); ++j)
    weights[j] = std::clamp(columns[j].start, columns[j].lower, columns[j].upper);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const auto& [column, value] : rows[i].values) {
      cells[static_cast<std::size_t>(column)].push_back({i, value});
      margins[i] += weights[static_cast<std::size_t>(column)] * value;
    }
  }
  for (int sweep = 0; sweep < kMaxSweeps; ++sweep) {
    double largest = 0;
    for (std::size_t j = 0; j < columns.size(); ++j) {
      double gradient = columns[j].strength * (weights[j] - columns[j].start);
      double curvature = columns[j].strength;
      for (const Cell& cell : cells[j]) {
        const double p = sigmoid(margins[cell.row]);
        gradient += rows[cell.row].weight * (p - (rows[cell.row].spam ? 1 : 0)) * cell.value;
        curvature += rows[cell.row].weight * p * (1 - p) * cell.value * cell.value;
      }
      if (curvature <= 0) continue;
      const double wanted = weights[j] - std::clamp(gradient / curvature, -kMaxStep, kMaxStep);
      const double step = std::clamp(wanted, columns[j].lower, columns[j].upper) - weights[j];
      if (step == 0) continue;
      weights[j] += step;
      for (const Cell& cell : cells[j]) margins[cell.row] += step * cell.value;
      largest = std::max(largest, std::abs(step));
    }
    if (progress) progress(static_cast<double>(sweep + 1) / kMaxSweeps);
    if (largest < kStill) break;
  }
  return weights;
}

}  // namespace winnow
