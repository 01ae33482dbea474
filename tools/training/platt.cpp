#include "tools/training/platt.h"

#include "tools/training/fit.h"

namespace winnow {

PlattLine fit_platt(const std::vector<ScoredRow>& rows, double ham_per_spam) {
  double spam = 0, ham = 0;
  for (const ScoredRow& row : rows) (row.spam ? spam : ham) += row.weight;
  if (spam == 0 || ham == 0) return {};
  const double whole = static_cast<double>(rows.size()) / (1 + ham_per_spam);
  std::vector<FitRow> fit_rows;
  fit_rows.reserve(rows.size());
  for (const ScoredRow& row : rows)
    fit_rows.push_back(
        {{{0, 1}, {1, row.sum}}, row.spam, row.weight * whole * (row.spam ? 1 / spam : ham_per_spam / ham)});
  const std::vector<double> fitted = fit(fit_rows, {{0, 0.01}, {1, 0.01, 0.1, 10}});
  return {fitted[1], fitted[0]};
}

}  // namespace winnow
