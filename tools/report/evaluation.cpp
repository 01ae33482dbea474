#include "tools/report/evaluation.h"

#include <algorithm>

namespace winnow::report {
namespace {

bool is_trained_on(const Json& manifest, const std::string& sha256) {
  const auto data = manifest.find("data");
  if (data == manifest.end() || !data->is_array()) return false;
  return std::any_of(data->begin(), data->end(), [&](const Json& file) {
    return file.is_object() && string_or(file, "sha256") == sha256;
  });
}

std::optional<double> ham_per_spam(const Json& manifest) {
  const auto options = manifest.find("options");
  if (options == manifest.end() || !options->is_object()) return std::nullopt;
  const auto mix = options->find("ham_per_spam");
  if (mix == options->end() || !mix->is_number()) return std::nullopt;
  return mix->get<double>();
}

MistakeList list_of(const Mistakes& mistakes) {
  return {mistakes.worst(), mistakes.count(), mistakes.distinct()};
}

}  // namespace

Evaluator::Evaluator(const Engine& engine, Words words)
    : engine_(engine),
      words_(words),
      rules_(rules_of(engine)),
      blocked_ham_(false, kMistakesListed, words),
      missed_spam_(true, kMistakesListed, words) {}

void Evaluator::judge(const Row& row) {
  const Verdict verdict = engine_.judge(row.comment, NoHistory());
  judged_.push_back({row.source, row.lang, row.spam, verdict.is_spam(), verdict.score});
  rules_.add(verdict, row.spam);
  blocked_ham_.add(row, verdict);
  missed_spam_.add(row, verdict);
}

Evaluation Evaluator::evaluation(const std::vector<DataFile>& files) const {
  const Model& model = engine_.model();
  Evaluation out;
  out.model_id = model.id;
  out.rules_version = engine_.rules_version();
  out.thresholds = model.thresholds;
  if (model.manifest.is_object()) out.ham_per_spam = ham_per_spam(model.manifest);
  for (const DataFile& file : files)
    out.files.push_back({file, model.manifest.is_object() && is_trained_on(model.manifest, file.sha256)});
  out.judged = judged_;
  out.rules = rules_.rules();
  out.blocked_ham = list_of(blocked_ham_);
  out.missed_spam = list_of(missed_spam_);
  out.words = words_;
  return out;
}

}  // namespace winnow::report
