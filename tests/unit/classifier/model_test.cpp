#include "classifier/model.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <fstream>

namespace winnow {
namespace {

// A model directory that each case damages in its own way.
class ModelDirectory {
 public:
  ModelDirectory() {
    std::filesystem::create_directories(dir_);
    text_ = TextModel({0, 0, 0, false}, {{"casino", 3.0F}}, {}, 0.5F).serialize();
    manifest_ = {{"format", 2},
                 {"id", "tiny"},
                 {"files", {{"text.model", {{"sha256", sha256_hex(text_)}}}}},
                 {"weights",
                  {{"prior", -1},
                   {"text", 2},
                   {"text_unfamiliar", 0},
                   {"text_length", 0},
                   {"rules", {{"links.many", 1.5}}}}},
                 {"thresholds", {{"unsure", 0.4}, {"spam", 0.8}, {"discard", 0.99}}}};
  }
  ~ModelDirectory() { std::filesystem::remove_all(dir_); }

  Json& manifest() { return manifest_; }
  std::string& text() { return text_; }
  // With a linear model beside the text model.
  void add_linear() {
    linear_ = TextModel({0, 0, 0, false, 0.5F}, {{"casino", 2.0F}}, {}, 0.0F).serialize();
    manifest_["files"]["linear.model"]["sha256"] = sha256_hex(linear_);
    manifest_["weights"]["linear"] = 0.5;
    manifest_["weights"]["linear_length"] = 0.1;
  }
  std::string& linear() { return linear_; }
  Result<Model> load() const {
    std::ofstream(dir_ / "manifest.json") << to_text(manifest_);
    std::ofstream(dir_ / "text.model", std::ios::binary) << text_;
    if (!linear_.empty()) std::ofstream(dir_ / "linear.model", std::ios::binary) << linear_;
    return Model::load(dir_);
  }
  const std::filesystem::path& dir() const { return dir_; }

 private:
  std::filesystem::path dir_ =
      std::filesystem::temp_directory_path() / ("winnow-model-test-" + std::to_string(::getpid()));
  Json manifest_;
  std::string text_;
  std::string linear_;
};

TEST_CASE("a good directory is loaded") {
  const Result<Model> model = ModelDirectory().load();
  REQUIRE(model);
  CHECK(model->id == "tiny");
  CHECK(model->weights.rule_points.at("links.many") == 1.5);
  CHECK(model->thresholds.spam == 0.8);
  CHECK(model->text.score("casino").known == 1);
}

TEST_CASE("a model without a linear one is loaded as before") {
  const Result<Model> model = ModelDirectory().load();
  REQUIRE(model);
  CHECK_FALSE(model->linear);
  CHECK(model->weights.linear == 0);
}

TEST_CASE("a linear model is loaded with its weights, and refused without them or damaged") {
  ModelDirectory directory;
  directory.add_linear();
  SUBCASE("whole") {
    const Result<Model> model = directory.load();
    REQUIRE(model);
    REQUIRE(model->linear);
    CHECK(model->linear->shape().length_power == 0.5F);
    CHECK(model->weights.linear == 0.5);
    CHECK(model->weights.linear_length == 0.1);
  }
  SUBCASE("without a weight") {
    directory.manifest()["weights"].erase("linear_length");
    CHECK(directory.load().error().kind == ErrorKind::kCorrupt);
  }
  SUBCASE("damaged") {
    directory.linear().back() = static_cast<char>(directory.linear().back() ^ 1);
    const Result<Model> model = directory.load();
    REQUIRE_FALSE(model);
    CHECK(model.error().message.find((directory.dir() / "linear.model").string()) == 0);
  }
}

TEST_CASE("a file that is not what the manifest says is refused by name") {
  ModelDirectory directory;
  directory.text().back() = static_cast<char>(directory.text().back() ^ 1);
  const Result<Model> model = directory.load();
  REQUIRE_FALSE(model);
  CHECK(model.error().kind == ErrorKind::kCorrupt);
  CHECK(model.error().message.find((directory.dir() / "text.model").string()) == 0);
}

TEST_CASE("a file with the right hash that is no model is refused") {
  ModelDirectory directory;
  directory.text() = "something else";
  directory.manifest()["files"]["text.model"]["sha256"] = sha256_hex(directory.text());
  const Result<Model> model = directory.load();
  REQUIRE_FALSE(model);
  CHECK(model.error().message.find("not a text model") != std::string::npos);
}

TEST_CASE("a manifest that lacks something is refused") {
  const auto refused = [](auto damage) {
    ModelDirectory directory;
    damage(directory.manifest());
    const Result<Model> model = directory.load();
    REQUIRE_FALSE(model);
    CHECK(model.error().kind == ErrorKind::kCorrupt);
    CHECK(model.error().message.find("manifest.json: ") != std::string::npos);
  };
  refused([](Json& m) { m = Json::array(); });
  refused([](Json& m) { m["format"] = 1; });
  refused([](Json& m) { m.erase("id"); });
  refused([](Json& m) { m.erase("files"); });
  refused([](Json& m) { m["weights"].erase("prior"); });
  refused([](Json& m) { m["weights"]["text"] = "two"; });
  refused([](Json& m) { m["weights"]["text"] = 1e300; });
  refused([](Json& m) { m["weights"]["rules"]["links.many"] = "x"; });
  refused([](Json& m) { m["thresholds"]["spam"] = 0.1; });
  refused([](Json& m) { m["thresholds"]["discard"] = 1.5; });
}

TEST_CASE("a directory that is not there is not found") {
  CHECK(Model::load("/no/such/model").error().kind == ErrorKind::kNotFound);
}

TEST_CASE("SHA-256 of a known text") {
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace winnow
