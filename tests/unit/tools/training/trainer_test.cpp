#include "tools/training/trainer.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

#include "classifier/engine.h"
#include "tools/training/write_model.h"

namespace winnow {
namespace {

std::vector<Row> rows() {
  const std::vector<std::string> goods = {"pills",  "watches",  "loans",     "slots",
                                          "essays", "handbags", "followers", "visas"};
  const std::vector<std::string> things = {"tomatoes",           "the compiler", "this recipe", "my router",
                                           "the second chapter", "our school",   "that song",   "the map"};
  std::vector<Row> out;
  for (int i = 0; i < 160; ++i) {
    const auto k = static_cast<std::size_t>(i);
    Row spam{"s" + std::to_string(i), "site" + std::to_string(i % 5), "en", true, {}};
    spam.comment.content = "Order " + goods[k % 8] + " number " + std::to_string(i) +
                           " at best price http://shop" + std::to_string(i) + ".top/" + goods[(k / 8) % 8];
    Row ham{"h" + std::to_string(i), "site" + std::to_string(i % 5), "en", false, {}};
    ham.comment.content = "I tried it with " + things[k % 8] + " and case " + std::to_string(i) +
                          " failed like " + things[(k / 8) % 8];
    out.push_back(spam);
    out.push_back(ham);
  }
  return out;
}

TrainingOptions quick() {
  TrainingOptions options;
  options.text.buckets = 20000;
  options.text.epochs = 5;
  options.text.min_count = 1;
  return options;
}

struct TemporaryModel {
  std::filesystem::path dir =
      std::filesystem::temp_directory_path() / ("winnow-model-" + std::to_string(::getpid()));
  ~TemporaryModel() { std::filesystem::remove_all(dir); }
};

TEST_CASE("a model is trained, written, loaded, and judges what it was taught") {
  const Result<TrainedModel> trained = train_model(rows(), quick());
  REQUIRE(trained);
  CHECK(trained->held_out["recall_at_fpr"]["0.01"].get<double>() > 0.95);
  CHECK(trained->thresholds.unsure <= trained->thresholds.spam);
  CHECK(trained->thresholds.spam <= trained->thresholds.discard);

  const TemporaryModel model;
  REQUIRE(write_model(model.dir, *trained, {{"rows.jsonl", std::string(64, 'a'), 160, 160}}, quick()));
  const Result<Engine> engine = Engine::load(model.dir, "");
  REQUIRE(engine);
  CHECK(engine->model().id == model.dir.filename().string());
  CHECK(engine->model().manifest["data"][0]["file"] == "rows.jsonl");
  const Json& figures = engine->model().manifest["figures"];
  const Json& errors = figures["by_threshold"];
  REQUIRE(errors.size() > 100);
  CHECK(errors.front()["threshold"].get<double>() < errors.back()["threshold"].get<double>());
  CHECK(errors.front()["missed"].get<double>() <= errors.back()["missed"].get<double>());
  CHECK(errors.front()["blocked"].get<double>() >= errors.back()["blocked"].get<double>());
  CHECK(figures["rules"]["links.bbcode"] == Json{{"spam", 0}, {"ham", 0}});
  REQUIRE(engine->model().linear);
  CHECK(engine->model().linear->serialize() == trained->linear.serialize());
  CHECK(engine->model().weights.linear == doctest::Approx(trained->weights.linear));
  Comment spam, ham;
  spam.content = "Order pills at best price http://shop999.top/pills";
  ham.content = "I tried it with my router and it failed";
  CHECK(engine->judge(spam, NoHistory()).is_spam());
  CHECK_FALSE(engine->judge(ham, NoHistory()).is_spam());

  SUBCASE("a second model never overwrites the first") {
    const Result<void> again = write_model(model.dir, *trained, {}, quick());
    REQUIRE_FALSE(again);
    CHECK(again.error().kind == ErrorKind::kConflict);
  }
}

TEST_CASE("same rows, same model") {
  const Result<TrainedModel> one = train_model(rows(), quick()), two = train_model(rows(), quick());
  REQUIRE(one);
  REQUIRE(two);
  CHECK(one->text.serialize() == two->text.serialize());
  CHECK(one->linear.serialize() == two->linear.serialize());
  CHECK(one->weights.linear == two->weights.linear);
  CHECK(one->weights.rule_points == two->weights.rule_points);
  CHECK(one->thresholds.spam == two->thresholds.spam);
}

TEST_CASE("hand-set points are not fitted, and fitted ones keep their sign") {
  const Result<TrainedModel> trained = train_model(rows(), quick());
  REQUIRE(trained);
  CHECK_FALSE(trained->weights.rule_points.contains("protocol.honeypot"));
  CHECK(trained->weights.rule_points.at("links.one") >= 0);
  CHECK(trained->weights.rule_points.at("honest.no_address") <= 0);
}

TEST_CASE("from scratch, a rule that the rows never show is worth nothing") {
  TrainingOptions options = quick();
  const Result<TrainedModel> taught = train_model(rows(), options);
  options.from_scratch = true;
  const Result<TrainedModel> scratch = train_model(rows(), options);
  REQUIRE(taught);
  REQUIRE(scratch);
  CHECK(scratch->weights.rule_points.at("disguise.leet") == 0);
  CHECK(taught->weights.rule_points.at("disguise.leet") > 0);
}

TEST_CASE("averaged runs make one model, the same each time, and not that of one run") {
  TrainingOptions options = quick();
  const Result<TrainedModel> once = train_model(rows(), options);
  options.text.runs = 3;
  const Result<TrainedModel> one = train_model(rows(), options), two = train_model(rows(), options);
  REQUIRE(once);
  REQUIRE(one);
  REQUIRE(two);
  CHECK(one->text.serialize() == two->text.serialize());
  CHECK(one->text.serialize() != once->text.serialize());
  CHECK(one->text.word_count() == once->text.word_count());
  CHECK(one->held_out["roc_auc"].get<double>() > 0.95);
}

TEST_CASE("too few comments of a label are refused") {
  const Result<TrainedModel> trained = train_model({rows()[0], rows()[1]}, quick());
  REQUIRE_FALSE(trained);
  CHECK(trained.error().kind == ErrorKind::kInvalid);
}

}  // namespace
}  // namespace winnow
