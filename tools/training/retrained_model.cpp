#include "tools/training/retrained_model.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <map>
#include <system_error>

#include "classifier/durable_file.h"
#include "tools/training/write_model.h"

namespace winnow {
namespace {

constexpr std::string_view kLockName = ".retrain.lock";
constexpr std::string_view kUnfinished = ".retrain-";  // and the id

Error cannot(const std::filesystem::path& path, const std::string& what, int error) {
  return {ErrorKind::kUnavailable,
          path.string() + ": " + what + ": " + std::generic_category().message(error), ""};
}

// An open file descriptor.
class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags) : number_(::open(path.c_str(), flags, 0644)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

void remove_leftovers(const std::filesystem::path& models) {
  std::error_code failure;
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(models, failure))
    if (entry.path().filename().string().starts_with(kUnfinished) && entry.path().filename() != kLockName)
      found.push_back(entry.path());
  for (const auto& path : found) std::filesystem::remove_all(path, failure);
}

Json to_json(const Comparison& comparison) {
  const auto hits = [](const Hits& one) {
    return Json{{"spam", one.spam}, {"ham", one.ham}, {"caught", one.caught}, {"blocked", one.blocked}};
  };
  const auto share = [](long part, long whole) {
    return whole == 0 ? Json() : Json(static_cast<double>(part) / static_cast<double>(whole));
  };
  const Hits& now = comparison.candidate;
  return {{"recall", share(now.caught, now.spam)},
          {"ham_blocked", share(now.blocked, now.ham)},
          {"champion", hits(comparison.champion)},
          {"candidate", hits(now)}};
}

Json to_json(const DeltaOptions& options) {
  return {{"token_pull", options.token_pull}, {"rule_pull", options.rule_pull},
          {"start_pull", options.start_pull}, {"share_pull", options.share_pull},
          {"ham_weight", options.ham_weight}, {"seed_share", options.seed_share},
          {"least_seed", options.least_seed}};
}

Json to_json(const std::vector<DataFile>& files) {
  Json list = Json::array();
  for (const DataFile& file : files)
    list.push_back({{"file", file.name}, {"sha256", file.sha256}, {"spam", file.spam}, {"ham", file.ham}});
  return list;
}

Json layers_json(const std::vector<LayerOutcome>& layers) {
  Json list = Json::array();
  for (const LayerOutcome& layer : layers)
    list.push_back({{"site", layer.site},
                    {"strength", layer.strength},
                    {"spam", layer.spam},
                    {"ham", layer.ham},
                    {"held_out", to_json(layer.held_out)},
                    {"taken", layer.left_out.empty()},
                    {"left_out", layer.left_out}});
  return list;
}

}  // namespace

Json retrained_manifest(const Model& champion, const Retrained& retrained, const RetrainOptions& options,
                        const Provenance& provenance) {
  Json manifest;
  manifest["format"] = 2;
  manifest["weights"] = champion.manifest.at("weights");
  manifest["thresholds"] = champion.manifest.at("thresholds");
  if (retrained.anew) {
    manifest["weights"] = to_json(retrained.anew->weights);
    manifest["thresholds"] = to_json(retrained.anew->thresholds);
  } else {
    manifest["base"] = champion.manifest.value("base", Json{{"id", champion.id}});
  }
  manifest["champion"] = champion.id;
  manifest["feedback_until"] = {
      {"seq", retrained.last_seq}, {"event", retrained.last_id}, {"at", provenance.until}};
  manifest["data"] = to_json(provenance.data);
  manifest["seed"] = to_json(provenance.seed);
  const Settled& counts = retrained.counts;
  manifest["reports"] = {{"read", retrained.read},
                         {"duplicates", counts.duplicates},
                         {"overruled", counts.overruled},
                         {"over_text", counts.over_text},
                         {"over_reporter", counts.over_reporter},
                         {"over_site", counts.over_site},
                         {"over_all", counts.over_all}};
  manifest["layers"] = layers_json(retrained.layers);
  const SettleOptions& settle = options.teaching.settle;
  manifest["options"] = {{"of_site", to_json(options.of_site)},
                         {"of_all", to_json(options.of_all)},
                         {"least_rows", options.least_rows},
                         {"most_seed", options.most_seed},
                         {"held_out", options.teaching.held_out},
                         {"seed", options.teaching.seed},
                         {"quorum", settle.quorum},
                         {"floor", settle.floor},
                         {"max_per_text", settle.max_per_text},
                         {"max_per_reporter", settle.max_per_reporter},
                         {"max_per_site", settle.max_per_site},
                         {"max_all", settle.max_all}};
  manifest["figures"] = {{"held_out", to_json(retrained.held_out)},
                         {"held_out_seen", retrained.seen},
                         {"seed", to_json(retrained.seed)},
                         {"golden", to_json(retrained.golden)}};
  if (retrained.anew_held_out) {
    manifest["figures"]["held_out_anew"] = to_json(*retrained.anew_held_out);
    manifest["options"]["training"] = to_json(options.training);
  }
  manifest["gate"] = {{"ham_worse", options.gate.ham_worse},
                      {"recall_worse", options.gate.recall_worse},
                      {"refusals", retrained.refusals},
                      {"forced", provenance.forced}};
  return manifest;
}

std::string next_model_id(const std::filesystem::path& models, const std::string& day) {
  std::error_code failure;
  int n = 1;
  while (std::filesystem::exists(models / (day + "-" + std::to_string(n)), failure)) ++n;
  return day + "-" + std::to_string(n);
}

Result<void> write_retrained(const std::filesystem::path& models, const std::string& id,
                             const std::filesystem::path& champion_dir, const Model& champion,
                             const Retrained& retrained, Json manifest) {
  const Descriptor lock(models / kLockName, O_RDWR | O_CREAT | O_CLOEXEC);
  if (lock.number() < 0) return cannot(models, "nothing can be written there", errno);
  if (::flock(lock.number(), LOCK_EX | LOCK_NB) != 0)
    return Error{ErrorKind::kConflict, models.string() + ": another retraining writes there now", ""};
  remove_leftovers(models);

  std::map<std::string, std::string> files;
  if (retrained.anew) {
    files["text.model"] = retrained.anew->text.serialize();
    files["linear.model"] = retrained.anew->linear.serialize();
  } else {
    files["delta.model"] = retrained.delta.serialize();
  }
  for (const auto& [name, ignored] : champion.manifest.at("files").items()) {
    if (name == "delta.model" || files.contains(name)) continue;
    Result<std::string> bytes = read_file(champion_dir / name);
    if (!bytes) return bytes.error();
    files.emplace(name, *std::move(bytes));
  }
  manifest["id"] = id;
  for (const auto& [name, bytes] : files)
    manifest["files"][name] = {{"sha256", sha256_hex(bytes)}, {"bytes", bytes.size()}};

  const std::filesystem::path unfinished = models / (std::string(kUnfinished) + id);
  std::error_code failure;
  std::filesystem::create_directory(unfinished, failure);
  if (failure) return cannot(unfinished, "it cannot be made", failure.value());
  Result<void> done;
  for (const auto& [name, bytes] : files)
    if (done) done = write_durably(unfinished / name, bytes);
  if (done) done = write_durably(unfinished / "manifest.json", to_pretty_text(manifest) + "\n");
  if (done && std::filesystem::exists(models / id, failure))
    done = Error{ErrorKind::kConflict, (models / id).string() + ": there is a model already", ""};
  if (done && std::rename(unfinished.c_str(), (models / id).c_str()) != 0)
    done = cannot(models / id, "it cannot be put in place", errno);
  if (!done) {
    std::filesystem::remove_all(unfinished, failure);
    return done;
  }
  return sync_directory(models);
}

}  // namespace winnow
