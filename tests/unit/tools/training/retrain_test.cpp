#include "tools/training/retrain.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tools/training/retrained_model.h"

namespace winnow {
namespace {

// Calls nothing spam but "casino".
Engine champion() {
  Model model;
  model.id = "tiny";
  model.text = TextModel({0, 0, 0, false}, {{"casino", 3.0F}, {"hello", -3.0F}}, {}, 0.0F);
  model.weights = {-1, 2, 0, 0, {}};
  model.thresholds = {0.4, 0.8, 0.99};
  model.manifest = {{"files", {{"text.model", {{"sha256", ""}}}}},
                    {"weights", Json::object()},
                    {"thresholds", Json::object()}};
  return Engine(std::move(model), OperatorRules());
}

std::string numbered(const char* text, int i) {
  static constexpr const char* kThings[] = {"red", "long", "old", "warm", "round", "small", "dear", "late"};
  return std::string(text) + " " + kThings[i % 8] + " " + kThings[(i / 8) % 8] + " " + std::to_string(i);
}

Row row(const std::string& id, bool spam, const std::string& content, const char* blog) {
  Row made{id, "test", "en", spam, {}};
  made.comment.content = content;
  made.comment.blog = blog;
  return made;
}

// A site that gets advertising for carpets, which the champion does not know.
Dataset reports(const char* blog, int count = 60) {
  Dataset data;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    data.rows.push_back(row("s" + number, true, numbered("our woven carpets ship today, order", i), blog));
    data.rows.push_back(row("h" + number, false, numbered("my tomatoes grew well this year,", i), blog));
  }
  return data;
}

std::vector<Row> seed() {
  std::vector<Row> rows;
  for (int i = 0; i < 40; ++i) {
    rows.push_back(row("a" + std::to_string(i), true, numbered("casino night", i), ""));
    rows.push_back(row("b" + std::to_string(i), false, numbered("hello there, I read it again", i), ""));
  }
  return rows;
}

golden::GoldenRow golden_row(bool spam, const char* content) {
  golden::GoldenRow one;
  one.id = "g";
  one.trap = "it is a test";
  one.spam = spam;
  one.comment.content = content;
  return one;
}

Result<Retrained> run(const Engine& engine, const Dataset& data, const RetrainOptions& options = {},
                      const std::vector<golden::GoldenRow>& golden = {}) {
  return retrain(engine, {source_of(data)}, seed(), golden, options, [](std::string_view, double) {});
}

TEST_CASE("what a site reports is learned for that site, and its error falls") {
  const Engine engine = champion();
  const Dataset data = reports("https://blog.example");
  const Result<Retrained> retrained = run(engine, data);
  REQUIRE(retrained);
  CHECK(retrained->refusals.empty());
  REQUIRE(retrained->delta.layers().contains("blog.example"));
  CHECK_FALSE(retrained->delta.layers().contains(""));
  CHECK(retrained->held_out.champion.caught == 0);
  CHECK(retrained->held_out.candidate.caught == retrained->held_out.candidate.spam);
  CHECK(retrained->held_out.candidate.blocked == 0);
  CHECK(retrained->held_out.candidate.spam > 5);

  Model model = engine.model();
  model.delta = retrained->delta;
  const Engine judge(std::move(model), OperatorRules());
  Comment comment;
  comment.content = "our woven carpets, order now";
  comment.blog = "http://www.blog.example/";
  CHECK(judge.judge(comment, NoHistory()).is_spam());
  comment.blog = "http://other.example/";
  CHECK_FALSE(judge.judge(comment, NoHistory()).is_spam());
}

TEST_CASE("the same rows make the same bytes") {
  const Engine engine = champion();
  const Dataset data = reports("https://blog.example");
  const Result<Retrained> once = run(engine, data), again = run(engine, data);
  REQUIRE(once);
  REQUIRE(again);
  CHECK(once->delta.serialize() == again->delta.serialize());
  const RetrainOptions options;
  CHECK(to_text(retrained_manifest(engine.model(), *once, options, {})) ==
        to_text(retrained_manifest(engine.model(), *again, options, {})));
}

TEST_CASE("rows that name no site teach for all, as far as no golden comment flips") {
  const Engine engine = champion();
  const Dataset data = reports("");
  const Result<Retrained> free = run(engine, data);
  REQUIRE(free);
  REQUIRE(free->layers.size() == 1);
  CHECK(free->layers[0].site.empty());
  CHECK(free->layers[0].strength == 1);
  CHECK(free->held_out.candidate.caught > 0);

  const Result<Retrained> held =
      run(engine, data, {}, {golden_row(false, "our woven carpets ship today, order red")});
  REQUIRE(held);
  CHECK(held->layers[0].strength < 1);
  CHECK(held->flips.empty());
}

TEST_CASE("reports of spam alone do not make spam of what the seed says must stay") {
  const Engine engine = champion();
  Dataset data = reports("https://blog.example");
  std::erase_if(data.rows, [](const Row& one) { return !one.spam; });
  const Result<Retrained> retrained = run(engine, data);
  REQUIRE(retrained);
  Model model = engine.model();
  model.delta = retrained->delta;
  const Engine judge(std::move(model), OperatorRules());
  for (const Row& one : seed()) {
    Comment comment = one.comment;
    comment.blog = "https://blog.example";
    CHECK(judge.judge(comment, NoHistory()).is_spam() == one.spam);
  }
}

TEST_CASE("a layer that does harm on its held-out rows is left out, and why is said") {
  const Engine engine = champion();
  // A site's moderator long called ham what is spam: the newest reports, which are held out, show it.
  const ReportSource source = [](const std::function<void(const LoggedReport&)>& visit) -> Result<void> {
    for (int i = 0; i < 125; ++i) {
      LoggedReport report;
      report.id = std::to_string(i);
      report.site = "blog.example";
      report.at = i;
      report.spam = i >= 100;
      report.comment.content = numbered("casino carpets for all", i);
      visit(report);
    }
    return {};
  };
  const Result<Retrained> retrained =
      retrain(engine, {source}, seed(), {}, {}, [](std::string_view, double) {});
  REQUIRE(retrained);
  REQUIRE(retrained->layers.size() == 1);
  CHECK(retrained->layers[0].held_out.champion.caught == 25);
  REQUIRE(retrained->layers[0].left_out.size() == 1);
  CHECK(retrained->layers[0].left_out[0].find("blog.example: it catches") == 0);
  CHECK(retrained->delta.empty());
}

TEST_CASE("a model trained anew is tried where that is asked for, and taken only where it is better") {
  const Engine engine = champion();
  RetrainOptions options;
  options.anew = true;
  options.training.text.buckets = 20000;
  options.training.text.min_count = 1;
  const Result<Retrained> retrained = run(engine, reports("https://blog.example"), options);
  REQUIRE(retrained);
  REQUIRE(retrained->anew_held_out);
  CHECK(retrained->anew_held_out->candidate.spam == retrained->held_out.candidate.spam);
  // The delta makes no error here, so nothing can make fewer.
  CHECK(retrained->held_out.candidate.errors() == 0);
  CHECK_FALSE(retrained->anew);
  CHECK_FALSE(retrained->delta.empty());
  CHECK_FALSE(run(engine, reports("https://blog.example"))->anew_held_out);
}

TEST_CASE("too few reports are an error that says how many there are") {
  const Engine engine = champion();
  const Result<Retrained> retrained = run(engine, reports("https://blog.example", 5));
  REQUIRE_FALSE(retrained);
  CHECK(retrained.error().kind == ErrorKind::kInvalid);
  CHECK(retrained.error().message.find("10 reports in all") != std::string::npos);
}

struct ModelsDirectory {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("winnow-retrain-" + std::to_string(::getpid()));
  std::filesystem::path champion_dir = path / "first";
  ModelsDirectory() {
    std::filesystem::create_directories(champion_dir);
    std::ofstream(champion_dir / "text.model", std::ios::binary) << champion().model().text.serialize();
  }
  ~ModelsDirectory() { std::filesystem::remove_all(path); }
};

TEST_CASE("a retrained model is written whole, loads, and what an interrupted run left is gone") {
  const Engine engine = champion();
  const Result<Retrained> retrained = run(engine, reports("https://blog.example"));
  REQUIRE(retrained);
  const ModelsDirectory models;
  std::filesystem::create_directory(models.path / ".retrain-2026-01-01-1");
  std::ofstream(models.path / ".retrain-2026-01-01-1" / "text.model") << "half";

  Json manifest = retrained_manifest(engine.model(), *retrained, {}, {{}, {}, "", ""});
  manifest["weights"] = {
      {"prior", -1}, {"text", 2}, {"text_unfamiliar", 0}, {"text_length", 0}, {"rules", Json::object()}};
  manifest["thresholds"] = {{"unsure", 0.4}, {"spam", 0.8}, {"discard", 0.99}};
  const std::string id = next_model_id(models.path, "2026-01-02");
  CHECK(id == "2026-01-02-1");
  REQUIRE(write_retrained(models.path, id, models.champion_dir, engine.model(), *retrained, manifest));
  CHECK_FALSE(std::filesystem::exists(models.path / ".retrain-2026-01-01-1"));
  CHECK(next_model_id(models.path, "2026-01-02") == "2026-01-02-2");

  const Result<Model> loaded = Model::load(models.path / id);
  REQUIRE(loaded);
  CHECK(loaded->id == id);
  CHECK(loaded->delta.serialize() == retrained->delta.serialize());
  CHECK(loaded->manifest["base"]["id"] == "tiny");

  std::ofstream(models.path / id / "delta.model", std::ios::app) << "x";
  const Result<Model> damaged = Model::load(models.path / id);
  REQUIRE_FALSE(damaged);
  CHECK(damaged.error().kind == ErrorKind::kCorrupt);
  CHECK(damaged.error().message.find("delta.model") != std::string::npos);
}

TEST_CASE("a retrained model carries the linear model of its base") {
  Model base = champion().model();
  base.linear = TextModel({0, 0, 0, false, 0.5F}, {{"casino", 1.0F}}, {}, 0.0F);
  base.manifest["files"]["linear.model"]["sha256"] = "";
  base.manifest["weights"] = {
      {"prior", -1},   {"text", 2},          {"text_unfamiliar", 0},   {"text_length", 0},
      {"linear", 0.5}, {"linear_length", 0}, {"rules", Json::object()}};
  base.manifest["thresholds"] = {{"unsure", 0.4}, {"spam", 0.8}, {"discard", 0.99}};
  const Engine engine(base, OperatorRules());
  const Result<Retrained> retrained = run(engine, reports("https://blog.example"));
  REQUIRE(retrained);
  const ModelsDirectory models;
  std::ofstream(models.champion_dir / "linear.model", std::ios::binary) << base.linear->serialize();
  REQUIRE(write_retrained(models.path, "next", models.champion_dir, engine.model(), *retrained,
                          retrained_manifest(engine.model(), *retrained, {}, {{}, {}, "", ""})));
  const Result<Model> loaded = Model::load(models.path / "next");
  REQUIRE(loaded);
  REQUIRE(loaded->linear);
  CHECK(loaded->linear->serialize() == base.linear->serialize());
  CHECK(loaded->weights.linear == 0.5);
}

TEST_CASE("a write that fails leaves nothing half-written") {
  const Engine engine = champion();
  const Result<Retrained> retrained = run(engine, reports("https://blog.example"));
  REQUIRE(retrained);
  const ModelsDirectory models;
  std::filesystem::create_directories(models.path / "2026-01-02-1");
  const Result<void> written = write_retrained(models.path, "2026-01-02-1", models.champion_dir,
                                               engine.model(), *retrained, Json::object());
  REQUIRE_FALSE(written);
  CHECK(written.error().kind == ErrorKind::kConflict);
  CHECK(std::filesystem::is_empty(models.path / "2026-01-02-1"));
  CHECK_FALSE(std::filesystem::exists(models.path / ".retrain-2026-01-02-1"));
}

}  // namespace
}  // namespace winnow
