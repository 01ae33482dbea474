#include "service/model_shelf.h"

#include <doctest/doctest.h>

#include "tests/unit/service/shelf.h"

namespace winnow {
namespace {

TEST_CASE("the shelf is the directory of the link; what the link points to is in force") {
  const Shelf shelf;
  shelf.add("two");
  std::filesystem::create_directory(shelf.dir("no-model"));
  const auto models = must(models_on_shelf(shelf.link()));
  REQUIRE(models.size() == 2);
  CHECK(models[0].id == "one");
  CHECK(models[0].in_force);
  CHECK(models[0].manifest.at("id") == "one");
  CHECK(models[0].made_at > 1'700'000'000'000);
  CHECK(models[1].id == "two");
  CHECK_FALSE(models[1].in_force);
  CHECK(must(model_in_force(shelf.link() / "")) == "one");
}

TEST_CASE("a plain directory is in force, among its neighbours") {
  const Shelf shelf;
  shelf.add("two");
  const auto models = must(models_on_shelf(shelf.dir("two")));
  REQUIRE(models.size() == 2);
  CHECK(models[1].in_force);
  CHECK_FALSE(models[0].in_force);
}

TEST_CASE("a manifest that cannot be read does not hide the other models") {
  const Shelf shelf;
  shelf.add("two");
  write_text(shelf.dir("two") / "manifest.json", "{");
  const auto models = must(models_on_shelf(shelf.link()));
  REQUIRE(models.size() == 2);
  CHECK(models[0].damage.empty());
  CHECK_FALSE(models[1].damage.empty());
  CHECK(models[1].manifest.is_null());
}

TEST_CASE("a model is known by its name alone: no path and no link") {
  const Shelf shelf;
  CHECK(must(model_dir(shelf.link(), "one")) == shelf.dir("one"));
  for (const char* id : {"", ".", "..", "current", "none", "../x", "/etc", "one/"}) {
    CAPTURE(id);
    const auto found = model_dir(shelf.link(), id);
    REQUIRE_FALSE(found.ok());
    CHECK(found.error().kind == ErrorKind::kNotFound);
  }
  CHECK(models_on_shelf(shelf.directory.path() / "nowhere" / "current").error().kind == ErrorKind::kNotFound);
  CHECK(model_in_force(shelf.dir("none")).error().kind == ErrorKind::kNotFound);
}

}  // namespace
}  // namespace winnow
