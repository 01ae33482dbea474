#include "service/running_models.h"

#include <doctest/doctest.h>

#include <atomic>

#include "service/promotion.h"
#include "tests/unit/service/shelf.h"

namespace winnow {
namespace {

Result<std::set<std::string>> none() {
  return std::set<std::string>();
}

TEST_CASE("another model is taken when it is promoted; who judges keeps the engine that it has") {
  const Shelf shelf;
  shelf.add("two");
  RunningModels models(shelf.link(), "", none);
  must(models.reload());
  const auto before = models.in_force();
  models.look();
  CHECK(models.in_force() == before);
  must(promote(shelf.link(), "two", "", 1));
  models.look();
  CHECK(models.in_force()->model().id == "two");
  CHECK(before->model().id == "one");
}

TEST_CASE("at the start a damaged model is answered for by the one before it, until it is whole") {
  const Shelf shelf;
  shelf.add("two");
  shelf.add("three");
  must(promote(shelf.link(), "two", "", 1));
  must(promote(shelf.link(), "three", "", 2));
  shelf.damage("three");
  RunningModels models(shelf.link(), "", none);
  must(models.start_up());
  CHECK(models.in_force()->model().id == "two");
  models.look();
  CHECK(models.in_force()->model().id == "two");
  std::filesystem::remove_all(shelf.dir("three"));
  shelf.add("three");
  models.look();
  CHECK(models.in_force()->model().id == "three");
}

TEST_CASE("at the start any model of the shelf will do, and none at all is said") {
  const Shelf shelf;
  shelf.add("two");
  std::filesystem::remove_all(shelf.dir("one"));
  {
    RunningModels models(shelf.link(), "", none);
    must(models.start_up());
    CHECK(models.in_force()->model().id == "two");
  }
  shelf.damage("two");
  RunningModels models(shelf.link(), "", none);
  const Result<void> started = models.start_up();
  REQUIRE_FALSE(started);
  CHECK(started.error().kind == ErrorKind::kNotFound);
}

TEST_CASE("at the start damaged rules of the operator are gone without, missing ones are said") {
  const Shelf shelf;
  const std::filesystem::path rules = shelf.directory.path() / "rules";
  std::filesystem::create_directory(rules);
  write_text(rules / "bad.toml", "[[rule]]\nid = \"local.bad\"\npattern = '('\n");
  RunningModels models(shelf.link(), rules, none);
  must(models.start_up());
  CHECK(models.in_force()->model().id == "one");
  CHECK_FALSE(models.reload());
  CHECK_FALSE(RunningModels(shelf.link(), "/nowhere", none).start_up());
}

TEST_CASE("a damaged model leaves the old one answering, and is taken when it is whole again") {
  const Shelf shelf;
  RunningModels models(shelf.link(), "", none);
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
  RunningModels models(shelf.link(), rules, none);
  must(models.reload());
  write_text(rules / "b.toml", "nonsense");
  must(promote(shelf.link(), "two", "", 1));
  models.look();
  CHECK(models.in_force()->model().id == "two");
  CHECK(models.in_force()->operator_rules().size() == 1);
}

TEST_CASE(
    "models in shadow are loaded while they are wanted; one that is damaged is left out, a new one not "
    "taken") {
  const Shelf shelf;
  shelf.add("two");
  shelf.add("three");
  shelf.damage("three");
  std::set<std::string> wanted = {"two", "three", "nowhere"};
  RunningModels models(shelf.link(), "", [&] { return wanted; });
  must(models.reload());
  CHECK_FALSE(models.shadow("two"));
  models.look();
  REQUIRE(models.shadow("two"));
  CHECK(models.shadow("two")->model().id == "two");
  CHECK_FALSE(models.shadow("three"));
  CHECK_FALSE(models.shadow("nowhere"));
  CHECK_FALSE(models.shadow("one"));
  CHECK(models.in_force()->model().id == "one");
  wanted = {"three"};
  std::filesystem::remove_all(shelf.dir("three"));
  shelf.add("three");
  models.look();
  CHECK_FALSE(models.shadow("two"));
  CHECK(models.shadow("three"));
}

TEST_CASE("comments are judged without pause while models come and go") {
  const Shelf shelf;
  shelf.add("two");
  std::atomic<bool> in_shadow = false;
  RunningModels models(shelf.link(), "", [&]() -> Result<std::set<std::string>> {
    return in_shadow ? std::set<std::string>{"two"} : std::set<std::string>();
  });
  must(models.reload());
  std::atomic<bool> ended = false;
  std::atomic<int> judged = 0;
  std::atomic<int> wrong = 0;
  const auto judge = [&] {
    while (!ended) {
      const auto engine = models.in_force();
      wrong += engine->judge(Comment(), NoHistory()).model_id != engine->model().id;
      if (const auto shadow = models.shadow("two")) wrong += shadow->model().id != "two";
      ++judged;
    }
  };
  std::vector<std::thread> judges;
  for (int i = 0; i < 3; ++i) judges.emplace_back(judge);
  for (int i = 0; i < 20; ++i) {
    in_shadow = i % 3 != 0;
    must(i % 2 == 0 ? promote(shelf.link(), "two", "", 1) : roll_back(shelf.link(), "", 1));
    models.look();
    CHECK(models.in_force()->model().id == (i % 2 == 0 ? "two" : "one"));
    if (i % 5 == 0) must(models.reload());
  }
  ended = true;
  for (std::thread& thread : judges) thread.join();
  CHECK(wrong == 0);
  CHECK(judged > 0);
}

TEST_CASE("it looks by itself") {
  const Shelf shelf;
  shelf.add("two");
  RunningModels models(shelf.link(), "", none);
  must(models.reload());
  models.start();
  must(promote(shelf.link(), "two", "", 1));
  for (int i = 0; i < 500 && models.in_force()->model().id != "two"; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK(models.in_force()->model().id == "two");
}

}  // namespace
}  // namespace winnow
