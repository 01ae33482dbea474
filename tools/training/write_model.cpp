#include "tools/training/write_model.h"

#include "classifier/durable_file.h"
#include "classifier/model.h"

namespace winnow {

Result<void> write_model(const std::filesystem::path& dir, const TrainedModel& trained,
                         const std::vector<DataFile>& data, const TrainingOptions& options) {
  std::error_code failure;
  std::filesystem::create_directories(dir, failure);
  if (failure)
    return Error{ErrorKind::kUnavailable, dir.string() + ": it cannot be made: " + failure.message(), ""};
  if (std::filesystem::exists(dir / "manifest.json", failure))
    return Error{ErrorKind::kConflict, dir.string() + ": there is a model already", ""};

  const std::map<std::string, std::string> files = model_files(trained);
  Json manifest;
  manifest["format"] = 2;
  manifest["id"] = std::filesystem::absolute(dir).lexically_normal().filename().string();
  for (const auto& [name, bytes] : files)
    manifest["files"][name] = {{"sha256", sha256_hex(bytes)}, {"bytes", bytes.size()}};
  manifest["weights"] = to_json(trained.weights);
  manifest["thresholds"] = to_json(trained.thresholds);
  manifest["data"] = Json::array();
  for (const DataFile& file : data)
    manifest["data"].push_back(
        {{"file", file.name}, {"sha256", file.sha256}, {"spam", file.spam}, {"ham", file.ham}});
  manifest["options"] = to_json(options);
  manifest["figures"]["held_out"] = trained.held_out;
  manifest["figures"]["held_out_text_alone"] = trained.held_out_text;
  manifest["figures"]["by_threshold"] = trained.by_threshold;
  manifest["figures"]["rules"] = trained.rules;

  for (const auto& [name, bytes] : files)
    if (Result<void> written = write_durably(dir / name, bytes); !written) return written;
  return write_durably(dir / "manifest.json", to_pretty_text(manifest) + "\n");
}

std::map<std::string, std::string> model_files(const TrainedModel& trained) {
  return {{"text.model", trained.text.serialize()},
          {"linear.model", trained.linear.serialize()},
          {"background.tokens", trained.background.serialize()}};
}

Json to_json(const Weights& weights) {
  Json rules = Json::object();
  for (const auto& [id, points] : weights.rule_points) rules[id] = points;
  return {{"prior", weights.prior},
          {"text", weights.text},
          {"text_unfamiliar", weights.text_unfamiliar},
          {"text_length", weights.text_length},
          {"linear", weights.linear},
          {"linear_length", weights.linear_length},
          {"rules", rules}};
}

Json to_json(const Thresholds& thresholds) {
  return {{"unsure", thresholds.unsure}, {"spam", thresholds.spam}, {"discard", thresholds.discard}};
}

Json to_json(const TrainingOptions& options) {
  const PreparationOptions& p = options.preparation;
  const TextModelOptions& t = options.text;
  const LinearTextOptions& l = options.linear;
  return {{"preparation",
           {{"max_per_group", p.max_per_group},
            {"max_per_source", p.max_per_source},
            {"minor_sources", p.minor_sources},
            {"max_per_minor_source", p.max_per_minor_source},
            {"drop_author", p.drop_author},
            {"drop_author_url", p.drop_author_url},
            {"drop_author_email", p.drop_author_email},
            {"max_author_ham", p.max_author_ham},
            {"seed", p.seed}}},
          {"text",
           {{"dim", t.dim},
            {"epochs", t.epochs},
            {"learning_rate", t.learning_rate},
            {"min_count", t.min_count},
            {"min_ngram", t.min_ngram},
            {"max_ngram", t.max_ngram},
            {"buckets", t.buckets},
            {"word_pairs", t.word_pairs},
            {"drop_start", t.drop_start},
            {"seed", t.seed},
            {"runs", t.runs}}},
          {"linear",
           {{"pull", l.pull},
            {"length_power", l.length_power},
            {"min_lines", l.min_lines},
            {"max_steps", l.max_steps}}},
          {"folds", options.folds},
          {"ham_per_spam", options.ham_per_spam},
          {"minor_weight", options.minor_weight},
          {"rule_pull", options.rule_pull},
          {"max_rule_points", options.max_rule_points},
          {"max_disguise_points", options.max_disguise_points},
          {"unsure_ham_share", options.unsure_ham_share},
          {"spam_ham_share", options.spam_ham_share},
          {"discard_ham_share", options.discard_ham_share},
          {"from_scratch", options.from_scratch}};
}

}  // namespace winnow
