#include "tools/training/linear_text_trainer.h"

#include <doctest/doctest.h>

#include <cmath>

namespace winnow {
namespace {

std::vector<WeighedLine> lines() {
  std::vector<WeighedLine> all;
  for (int i = 0; i < 20; ++i) {
    all.push_back({"buy cheap pills now", true, 1});
    all.push_back({"cheap casino bonus", true, 1});
    all.push_back({"thanks that solved my problem", false, 1});
    all.push_back({"does the second point hold", false, 1});
  }
  return all;
}

TextModelOptions rows() {
  TextModelOptions options;
  options.min_count = 1;
  options.buckets = 5000;
  return options;
}

TEST_CASE("it learns the lines, what is like them, and nothing of what it never saw") {
  const Result<TextModel> model = train_linear_text(lines(), {}, rows());
  REQUIRE(model);
  CHECK(model->score("buy cheap pills now").log_odds > 1);
  CHECK(model->score("thanks that solved my problem").log_odds < -1);
  CHECK(model->score("cheapest pill").log_odds > 0.1);
  CHECK(std::abs(model->score("qzxwv").log_odds) < 0.05);
  CHECK(model->score("").log_odds == 0);
}

// The fit counts a line's rows as the model does: with all pull off, the points are those of the labels'
// odds.
TEST_CASE("the fitted points are the log-odds of what was seen") {
  TextModelOptions one_row;
  one_row.min_count = 1;
  one_row.max_ngram = one_row.min_ngram = 0;
  one_row.word_pairs = false;
  one_row.buckets = 1;
  std::vector<WeighedLine> seen;
  for (int i = 0; i < 40; ++i) {
    seen.push_back({"offer", i % 4 != 0, 1});  // three in four are spam
    seen.push_back({"point", i % 4 == 0, 1});  // one in four
  }
  LinearTextOptions options;
  options.pull = 1e-6;
  options.max_steps = 100;
  const Result<TextModel> model = train_linear_text(seen, options, one_row);
  REQUIRE(model);
  CHECK(model->score("offer").log_odds - model->score("point").log_odds ==
        doctest::Approx(2 * std::log(3)).epsilon(0.02));
}

TEST_CASE("a heavy line counts for more") {
  std::vector<WeighedLine> torn;
  for (int i = 0; i < 20; ++i) {
    torn.push_back({"great post", true, 3});
    torn.push_back({"great post", false, 1});
    torn.push_back({"second point", false, 2});
  }
  const Result<TextModel> model = train_linear_text(torn, {}, rows());
  REQUIRE(model);
  CHECK(model->score("great post").log_odds > model->score("second point").log_odds);
  for (WeighedLine& line : torn) line.weight = line.spam ? 0.1 : 1;
  const Result<TextModel> light = train_linear_text(torn, {}, rows());
  REQUIRE(light);
  CHECK(light->score("great post").log_odds < model->score("great post").log_odds);
}

TEST_CASE("a row of fewer lines than wanted says nothing") {
  std::vector<WeighedLine> all = lines();
  all.push_back({"zebra", true, 1});
  CHECK(train_linear_text(all, {}, rows())->score("zebra").log_odds == doctest::Approx(0).epsilon(0.01));
  all.push_back({"zebra", true, 1});
  CHECK(train_linear_text(all, {}, rows())->score("zebra").log_odds > 0.1);
}

TEST_CASE("both labels are needed, and a line without words is passed over") {
  const std::vector<WeighedLine> spam = {{"a", true, 1}, {"b", true, 1}};
  CHECK(train_linear_text(spam, {}, rows()).error().kind == ErrorKind::kInvalid);
  std::vector<WeighedLine> all = lines();
  const std::string before = train_linear_text(all, {}, rows())->serialize();
  all.push_back({"", true, 1});
  CHECK(train_linear_text(all, {}, rows())->serialize() == before);
}

}  // namespace
}  // namespace winnow
