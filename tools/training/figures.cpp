#include "tools/training/figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace winnow {
namespace {

Json ratio(double part, double whole) {
  return whole == 0 ? Json() : Json(part / whole);
}

// Descending by score.
std::vector<Judged> ranked(std::vector<Judged> judged) {
  std::stable_sort(judged.begin(), judged.end(),
                   [](const Judged& a, const Judged& b) { return a.score > b.score; });
  return judged;
}

// Calls visit(spam above or at, ham above or at) for each distinct score, from the top.
template <typename Visit>
void for_each_threshold(const std::vector<Judged>& ranking, Visit visit) {
  double spam = 0, ham = 0;
  for (std::size_t i = 0; i < ranking.size(); ++i) {
    ++(ranking[i].spam ? spam : ham);
    if (i + 1 == ranking.size() || ranking[i + 1].score != ranking[i].score) visit(spam, ham);
  }
}

Json recall_at(const std::vector<Judged>& ranking, double spam, double ham, double share) {
  if (spam == 0 || ham == 0) return Json();
  double best = 0;
  for_each_threshold(ranking, [&](double spam_above, double ham_above) {
    if (ham_above <= share * ham) best = std::max(best, spam_above / spam);
  });
  return best;
}

Json roc_auc(const std::vector<Judged>& ranking, double spam, double ham) {
  if (spam == 0 || ham == 0) return Json();
  double area = 0, last_spam = 0, last_ham = 0;
  for_each_threshold(ranking, [&](double spam_above, double ham_above) {
    area += (ham_above - last_ham) * (spam_above + last_spam) / 2;
    last_spam = spam_above;
    last_ham = ham_above;
  });
  return area / (spam * ham);
}

double calibration_error(const std::vector<Judged>& judged) {
  constexpr std::size_t kBins = 10;
  std::array<double, kBins> count{}, score{}, spam{};
  for (const Judged& one : judged) {
    const std::size_t bin = std::min(kBins - 1, static_cast<std::size_t>(one.score * kBins));
    ++count[bin];
    score[bin] += one.score;
    spam[bin] += one.spam ? 1 : 0;
  }
  double error = 0;
  for (std::size_t bin = 0; bin < kBins; ++bin) error += std::abs(score[bin] - spam[bin]);
  return error / static_cast<double>(judged.size());
}

Json figures_of(const std::vector<Judged>& judged) {
  double tp = 0, fp = 0, tn = 0, fn = 0, squares = 0;
  for (const Judged& one : judged) {
    ++(one.spam ? (one.caught ? tp : fn) : (one.caught ? fp : tn));
    squares += std::pow(one.score - (one.spam ? 1 : 0), 2);
  }
  const double spam = tp + fn, ham = fp + tn, all = spam + ham;
  const double spread = std::sqrt((tp + fp) * spam * ham * (tn + fn));
  const std::vector<Judged> ranking = ranked(judged);
  const Json area = roc_auc(ranking, spam, ham);
  Json out;
  out["n"] = judged.size();
  out["spam"] = static_cast<long>(spam);
  out["ham"] = static_cast<long>(ham);
  out["tp"] = static_cast<long>(tp);
  out["fp"] = static_cast<long>(fp);
  out["tn"] = static_cast<long>(tn);
  out["fn"] = static_cast<long>(fn);
  out["accuracy"] = ratio(tp + tn, all);
  out["precision"] = ratio(tp, tp + fp);
  out["recall"] = ratio(tp, spam);
  out["f1"] = ratio(2 * tp, 2 * tp + fp + fn);
  out["mcc"] = spread == 0 ? Json() : Json((tp * tn - fp * fn) / spread);
  out["roc_auc"] = area;
  out["one_minus_roca_percent"] = area.is_null() ? Json() : Json(100 * (1 - area.get<double>()));
  out["recall_at_fpr"] = {{"0.01", recall_at(ranking, spam, ham, 0.01)},
                          {"0.001", recall_at(ranking, spam, ham, 0.001)}};
  out["ham_blocked"] = ratio(fp, ham);
  out["brier"] = ratio(squares, all);
  out["ece"] = judged.empty() ? Json() : Json(calibration_error(judged));
  return out;
}

Json figures_by(const std::vector<Judged>& judged, std::string Judged::*key) {
  std::map<std::string, std::vector<Judged>> parts;
  for (const Judged& one : judged) parts[one.*key].push_back(one);
  Json out = Json::object();
  for (const auto& [name, part] : parts) out[name] = figures_of(part);
  return out;
}

}  // namespace

Json figures(const std::vector<Judged>& judged) {
  Json out = figures_of(judged);
  out["by"] = {{"source", figures_by(judged, &Judged::source)}, {"lang", figures_by(judged, &Judged::lang)}};
  return out;
}

}  // namespace winnow
