// Manifests and files of models, and the snapshot of the memory.
// Input: a byte (which of them); the file. A snapshot's hash is put behind it, and "@text", "@linear",
// "@delta" and
// "@background" stand for hashes of good files, so that what hashes guard is reached.
#include <cmath>
#include <fstream>

#include "classifier/bytes.h"
#include "classifier/engine.h"
#include "classifier/fingerprint.h"
#include "classifier/memory/memory.h"
#include "tests/fuzz/property.h"
#include "tests/unit/service/installation.h"

namespace winnow::fuzz {
namespace {

Comment sample() {
  Comment comment;
  comment.content = "buy cheap casino pills now at http://casino.example/";
  comment.author = "ann";
  comment.blog = "http://blog.example";
  return comment;
}

void require_corrupt(const Error& error) {
  require(error.kind == ErrorKind::kCorrupt && !error.message.empty(), "a bad file is told as one");
}

void require_sound(const Verdict& verdict) {
  require(verdict.score >= 0 && verdict.score <= 1, "a score is within 0..1");
  for (const Signal& signal : verdict.signals) require(std::isfinite(signal.points), "points are finite");
}

void try_text_model(std::string_view bytes) {
  const Result<TextModel> model = TextModel::parse(bytes);
  if (!model) return require_corrupt(model.error());
  require(TextModel::parse(model->serialize()).ok(), "a model that was read can be written and read");
  for (const char* line : {"", "buy cheap casino pills now", "casino"}) {
    require(std::isfinite(model->score(line).log_odds), "a model's log-odds are finite");
    model->explain(line, 3);
  }
}

void try_delta(std::string_view bytes) {
  static const Comment comment = sample();
  static const Features features(comment);
  const Result<DeltaModel> model = DeltaModel::parse(bytes);
  if (!model) return require_corrupt(model.error());
  const Result<DeltaModel> again = DeltaModel::parse(model->serialize());
  require(again.ok() && again->layers().size() == model->layers().size(),
          "a delta that was read can be written and read");
  std::vector<Signal> signals;
  model->judge(features, {2, {"links.many"}}, signals);
  for (const Signal& signal : signals) require(std::isfinite(signal.points), "a delta's points are finite");
}

void try_background(std::string_view bytes) {
  const Result<Background> background = Background::parse(bytes);
  if (!background) return require_corrupt(background.error());
  const Result<Background> again = Background::parse(background->serialize());
  require(again.ok() && again->size() == background->size(),
          "a background that was read can be written and read");
  const double share = background->share(7);
  require(share >= 0 && share <= 1, "a share is within 0..1");
}

void try_snapshot(std::string_view bytes) {
  static const Comment comment = sample();
  static const Features features(comment);
  std::string snapshot(bytes);
  put(snapshot, word_hash(bytes));
  Result<Memory> memory = Memory::parse(snapshot, {}, nullptr);
  if (!memory) return require_corrupt(memory.error());
  std::vector<Signal> signals;
  memory->judge(1, features, signals);
  for (const Signal& signal : signals) require(std::isfinite(signal.points), "a memory's points are finite");
  memory->hash();
  memory->serialize();
  Lesson lesson;
  lesson.seq = 1;
  lesson.site = 1;
  lesson.voter = 1;
  lesson.spam = true;
  memory->learn(lesson, features);
}

// A directory whose files are good, whatever its manifest.
class Directory {
 public:
  Directory() {
    const TextModel words({0, 0, 0, false}, {{"casino", 3.0F}}, {}, 0.5F);
    add("text.model", words.serialize());
    add("linear.model", words.serialize());
    add("delta.model", DeltaModel({{"", {0.5, 0.1, {{"links.many", 1}}, {{3, 0.5F}}}}}).serialize());
    add("background.tokens", Background({{7, 0.5}}).serialize());
  }
  Result<Engine> load(std::string manifest) const {
    for (const auto& [name, hash] : hashes_)
      for (std::size_t at; (at = manifest.find(name)) != std::string::npos;)
        manifest.replace(at, name.size(), hash);
    std::ofstream(path() / "manifest.json", std::ios::binary) << manifest;
    return Engine::load(path(), "");
  }
  const std::filesystem::path& path() const { return directory_.path(); }

 private:
  void add(const std::string& name, const std::string& bytes) {
    std::ofstream(path() / name, std::ios::binary) << bytes;
    hashes_.emplace_back("@" + name.substr(0, name.find('.')), sha256_hex(bytes));
  }

  TemporaryDirectory directory_;
  std::vector<std::pair<std::string, std::string>> hashes_;
};

void try_manifest(std::string_view bytes) {
  static const Comment comment = sample();
  static const Directory directory;
  const Result<Engine> engine = directory.load(std::string(bytes));
  if (!engine) {
    require_corrupt(engine.error());
    require(engine.error().message.starts_with(directory.path().string()), "the message names the file");
    return;
  }
  require_sound(engine->judge(comment, NoHistory()));
}

}  // namespace
}  // namespace winnow::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  winnow::fuzz::Parts parts(data, size);
  switch (parts.byte() % 5) {
    case 0:
      winnow::fuzz::try_manifest(parts.rest());
      break;
    case 1:
      winnow::fuzz::try_text_model(parts.rest());
      break;
    case 2:
      winnow::fuzz::try_delta(parts.rest());
      break;
    case 3:
      winnow::fuzz::try_background(parts.rest());
      break;
    default:
      winnow::fuzz::try_snapshot(parts.rest());
  }
  return 0;
}
