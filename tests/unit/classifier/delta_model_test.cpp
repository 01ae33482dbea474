#include "classifier/delta_model.h"

#include <doctest/doctest.h>

#include "classifier/engine.h"
#include "classifier/rules/catalogue.h"

namespace winnow {
namespace {

std::uint32_t number_of_word(const char* word) {
  Comment comment;
  comment.content = word;
  const Features features(comment);
  for (const auto& [name, hash] : learner_tokens(features).words)
    if (name == word) return token_number(hash);
  return 0;
}

DeltaModel two_layers() {
  return DeltaModel({{"", {0.5, 0.25, {{"links.few", -1}}, {{7, 0.5F}, {9, -2.0F}}}},
                     {"blog.example", {1, 0, {}, {{number_of_word("tomatoes"), 4.0F}}}}});
}

Engine engine_with(DeltaModel delta) {
  Model model;
  model.id = "tiny";
  model.text = TextModel({0, 0, 0, false}, {{"casino", 3.0F}}, {}, 0.0F);
  model.weights = {-1, 2, 0, 0, {}};
  model.delta = std::move(delta);
  return Engine(std::move(model), OperatorRules());
}

const Signal* signal_of(const Verdict& verdict, std::string_view id) {
  for (const Signal& signal : verdict.signals)
    if (signal.id == id) return &signal;
  return nullptr;
}

Verdict judge(const Engine& engine, const char* blog) {
  Comment comment;
  comment.content = "tomatoes are red";
  comment.blog = blog;
  return engine.judge(comment, NoHistory());
}

TEST_CASE("a site is named by its host and path, however its address is written") {
  for (const char* blog : {"https://www.blog.example/a/", "http://Blog.example/a?x=1", "blog.example/a"})
    CHECK(site_name(blog) == "blog.example/a");
  CHECK(site_name("https://localhost:8000/") == "localhost");
  CHECK(site_name("") == "");
}

TEST_CASE("a site's layer speaks on that site alone and names the words that weigh") {
  const Engine engine = engine_with(two_layers());
  const Verdict here = judge(engine, "https://blog.example/"),
                elsewhere = judge(engine, "https://other.example/");
  const Signal* own = signal_of(here, "delta.site");
  REQUIRE(own != nullptr);
  CHECK(own->points > 1);
  CHECK(own->detail.find("\"tomatoes\"") != std::string::npos);
  CHECK(signal_of(elsewhere, "delta.site") == nullptr);
  REQUIRE(signal_of(elsewhere, "delta.all") != nullptr);
  CHECK(signal_of(elsewhere, "delta.all")->points == signal_of(here, "delta.all")->points);
}

TEST_CASE("rules that were set by hand are none of a layer's business") {
  const BaseView view = base_view(std::vector<Signal>{
      {"prior", -1, ""}, {"text.model", 2, ""}, {"protocol.honeypot", 14, ""}, {"links.few", 0.5, ""}});
  CHECK(view.sum == doctest::Approx(1.5));
  CHECK(view.rules == std::vector<std::string_view>{"links.few"});
}

TEST_CASE("what is written is read back") {
  const DeltaModel model = two_layers();
  const Result<DeltaModel> read = DeltaModel::parse(model.serialize());
  REQUIRE(read);
  REQUIRE(read->layers().size() == 2);
  const DeltaLayer& layer = read->layers().at("");
  CHECK(layer.start == 0.5);
  CHECK(layer.rules.at("links.few") == -1);
  REQUIRE(layer.numbers.size() == 2);
  CHECK(layer.numbers[0].second == doctest::Approx(0.5).epsilon(0.001));
  CHECK(read->serialize() == model.serialize());
}

TEST_CASE("a damaged file is refused, wherever it is cut or changed, and never read beyond its end") {
  const std::string good = two_layers().serialize();
  for (std::size_t size = 0; size < good.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(DeltaModel::parse(good.substr(0, size)));
  }
  CHECK_FALSE(DeltaModel::parse(good + "x"));
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char value : {'\0', '\x7f', '\xff'}) {
      std::string bad = good;
      bad[at] = value;
      if (const Result<DeltaModel> read = DeltaModel::parse(bad); !read)
        CHECK(read.error().kind == ErrorKind::kCorrupt);
    }
  }
}

TEST_CASE("points that have no finite sum are refused") {
  const auto reads = [](DeltaLayer layer) {
    return DeltaModel::parse(DeltaModel({{"", std::move(layer)}}).serialize()).ok();
  };
  CHECK(reads({0.5, 0.1, {{"links.many", 1}}, {{3, 0.5F}}}));
  CHECK_FALSE(reads({1e9, 0, {}, {}}));
  CHECK_FALSE(reads({0, -1e9, {}, {}}));
  CHECK_FALSE(reads({0, 0, {{"links.many", 1e300}}, {}}));
  CHECK_FALSE(reads({0, 0, {}, {{3, 1e12F}}}));
}

}  // namespace
}  // namespace winnow
