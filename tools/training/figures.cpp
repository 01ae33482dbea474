#include "tools/training/figures.h"

#include <cmath>
#include <map>

#include "tools/training/calibration.h"

namespace winnow {
namespace {

Json ratio(double part, double whole) {
  return whole == 0 ? Json() : Json(part / whole);
}

Json recall_at(const std::vector<Cut>& cuts, double spam, double ham, double share) {
  if (spam == 0 || ham == 0) return Json();
  double best = 0;
  for (const Cut& cut : cuts)
    if (static_cast<double>(cut.ham) <= share * ham) best = static_cast<double>(cut.spam) / spam;
  return best;
}

Json roc_auc(const std::vector<Cut>& cuts, double spam, double ham) {
  if (spam == 0 || ham == 0) return Json();
  double area = 0;
  Cut last;
  for (const Cut& cut : cuts) {
    area += static_cast<double>(cut.ham - last.ham) * static_cast<double>(cut.spam + last.spam) / 2;
    last = cut;
  }
  return area / (spam * ham);
}

Json figures_of(const std::vector<Judged>& judged) {
  double tp = 0, fp = 0, tn = 0, fn = 0, squares = 0;
  for (const Judged& one : judged) {
    ++(one.spam ? (one.caught ? tp : fn) : (one.caught ? fp : tn));
    squares += std::pow(one.score - (one.spam ? 1 : 0), 2);
  }
  const double spam = tp + fn, ham = fp + tn, all = spam + ham;
  const double spread = std::sqrt((tp + fp) * spam * ham * (tn + fn));
  const std::vector<Cut> cuts = ranking(judged);
  const Json area = roc_auc(cuts, spam, ham);
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
  out["recall_at_fpr"] = {{"0.01", recall_at(cuts, spam, ham, 0.01)},
                          {"0.001", recall_at(cuts, spam, ham, 0.001)}};
  out["ham_blocked"] = ratio(fp, ham);
  out["brier"] = ratio(squares, all);
  out["ece"] = judged.empty() ? Json() : Json(expected_calibration_error(calibration(judged)));
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
