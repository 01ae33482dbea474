#include "service/running_models.h"

#include <doctest/doctest.h>

#include "service/promotion.h"
#include "tests/unit/service/shelf.h"

namespace winnow {
namespace {

TEST_CASE("another model is taken when it is promoted; who judges keeps the engine that it has") {
  const Shelf shelf;
  shelf.add("two");
  RunningModels models(shelf.link(), "");
  must(models.reload());
  const auto before = models.in_force();
  models.look();
  CHECK(models.in_force() == before);
  must(promote(shelf.link(), "two", "", 1));
  models.look();
  CHECK(models.in_force()->model().id == "two");
  CHECK(before->model().id == "one");
}

TEST_CASE("a damaged model leaves the old one answering, and is taken when it is whole again") {
  const Shelf shelf;
  RunningModels models(shelf.link(), "");
  must(models.reload());
  const auto before = models.in_force();
  shelf.damage("one");
  models.look();
  CHECK(models.in_force() == before);
  CHECK_FALSE(models.reload().ok());
  CHECK(models.in_force() == before);
  std::filesystem::remove_all(shelf.dir("one"));
  models.look();
  CHECK(models.in_force() == before);
  shelf.add("one", 4);
  models.look();
  CHECK(models.in_force() != before);
  CHECK(models.in_force()->model().weights.prior == 4);
}

TEST_CASE("a promotion leaves the operator's rules as they were read last") {
  const Shelf shelf;
  shelf.add("two");
  const auto rules = shelf.dir("rules");
  std::filesystem::create_directory(rules);
  write_text(rules / "a.toml",
             "[[rule]]\nid = \"local.mill\"\nsentence = \"says windmill\"\npoints = 9\nfield = \"content\"\n"
             "pattern = 'windmill'\n");
  RunningModels models(shelf.link(), rules);
  must(models.reload());
  write_text(rules / "b.toml", "nonsense");
  must(promote(shelf.link(), "two", "", 1));
  models.look();
  CHECK(models.in_force()->model().id == "two");
  CHECK(models.in_force()->operator_rules().size() == 1);
}

TEST_CASE("it looks by itself") {
  const Shelf shelf;
  shelf.add("two");
  RunningModels models(shelf.link(), "");
  must(models.reload());
  models.start();
  must(promote(shelf.link(), "two", "", 1));
  for (int i = 0; i < 500 && models.in_force()->model().id != "two"; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK(models.in_force()->model().id == "two");
}

}  // namespace
}  // namespace winnow
