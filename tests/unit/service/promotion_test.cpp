#include "service/promotion.h"

#include <doctest/doctest.h>

#include <future>

#include "service/model_shelf.h"
#include "tests/unit/service/shelf.h"

namespace winnow {
namespace {

std::string in_force(const Shelf& shelf) {
  return must(model_in_force(shelf.link()));
}

std::string went_back_to(const Shelf& shelf) {
  const Result<Promotion> done = roll_back(shelf.link(), "", 9);
  if (!done) return "error: " + done.error().message;
  CHECK(in_force(shelf) == done->to);
  return done->to;
}

TEST_CASE("a promotion replaces the link and is written down") {
  const Shelf shelf;
  shelf.add("two");
  const Promotion done = must(promote(shelf.link(), "two", "better", 7, true));
  CHECK(done.from == "one");
  CHECK(in_force(shelf) == "two");
  CHECK(std::filesystem::read_symlink(shelf.link()) == "two");
  const auto all = must(promotions(shelf.link()));
  REQUIRE(all.size() == 1);
  CHECK(all[0].at == 7);
  CHECK(all[0].from == "one");
  CHECK(all[0].to == "two");
  CHECK(all[0].reason == "better");
  CHECK(all[0].forced);
  CHECK_FALSE(all[0].is_rollback);
  for (const auto& entry : std::filesystem::directory_iterator(shelf.directory.path())) {
    const std::string name = entry.path().filename().string();
    CHECK_FALSE(name.ends_with(".new"));
    CHECK_FALSE(name.ends_with(".tmp"));
  }
}

TEST_CASE("each rollback goes one further back, and a promotion after it is one that can be undone") {
  const Shelf shelf;
  for (const char* id : {"two", "three", "four"}) {
    shelf.add(id);
    must(promote(shelf.link(), id, "", 1));
  }
  CHECK(went_back_to(shelf) == "three");
  CHECK(went_back_to(shelf) == "two");
  must(promote(shelf.link(), "four", "", 2));
  CHECK(went_back_to(shelf) == "two");
  CHECK(went_back_to(shelf) == "one");
  CHECK(went_back_to(shelf).find("error: there is nothing to roll back to") == 0);
  CHECK(in_force(shelf) == "one");
  CHECK(must(promotions(shelf.link())).size() == 8);
}

TEST_CASE("what cannot be put in force changes nothing, and says why") {
  const Shelf shelf;
  shelf.add("damaged");
  shelf.damage("damaged");
  shelf.add("two");
  std::filesystem::copy(shelf.dir("two"), shelf.dir("copy"));
  struct {
    const char* id;
    ErrorKind kind;
    const char* says;
  } const cases[] = {{"damaged", ErrorKind::kCorrupt, "text.model"},
                     {"copy", ErrorKind::kCorrupt, "its id is two"},
                     {"none", ErrorKind::kNotFound, "none"},
                     {"one", ErrorKind::kConflict, "in force already"}};
  for (const auto& [id, kind, says] : cases) {
    CAPTURE(id);
    const auto refused = promote(shelf.link(), id, "", 1);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().kind == kind);
    CHECK(refused.error().message.find(says) != std::string::npos);
    CHECK(in_force(shelf) == "one");
  }
  CHECK_FALSE(std::filesystem::exists(shelf.dir("promotions.jsonl")));
  const auto plain = promote(shelf.dir("one"), "two", "", 1);
  REQUIRE_FALSE(plain.ok());
  CHECK(plain.error().kind == ErrorKind::kInvalid);
  CHECK(plain.error().message.find("ln -s one ") != std::string::npos);
  CHECK(roll_back(shelf.dir("one"), "", 1).error().kind == ErrorKind::kInvalid);
}

TEST_CASE("a rollback to a model that is damaged by now is refused") {
  const Shelf shelf;
  shelf.add("two");
  must(promote(shelf.link(), "two", "", 1));
  shelf.damage("one");
  CHECK(went_back_to(shelf).find("text.model") != std::string::npos);
  CHECK(in_force(shelf) == "two");
}

TEST_CASE(
    "a line whose promotion never came to pass is not counted: the machine stopped before the link was "
    "replaced") {
  const Shelf shelf;
  shelf.add("two");
  shelf.add("three");
  must(promote(shelf.link(), "two", "", 1));
  must(promote(shelf.link(), "three", "", 2));
  std::filesystem::remove(shelf.link());
  std::filesystem::create_directory_symlink("two", shelf.link());
  CHECK(must(promotions(shelf.link())).size() == 1);
  CHECK(went_back_to(shelf) == "one");
}

TEST_CASE("a link that was changed by hand is gone back from, too") {
  const Shelf shelf;
  shelf.add("two");
  shelf.add("three");
  must(promote(shelf.link(), "two", "", 1));
  std::filesystem::remove(shelf.link());
  std::filesystem::create_directory_symlink("three", shelf.link());
  CHECK(went_back_to(shelf) == "one");
}

TEST_CASE("who promotes at the same time takes turns: each line goes on from the one before") {
  const Shelf shelf;
  shelf.add("two");
  shelf.add("three");
  const auto promote_often = [&](const char* id) {
    int done = 0;
    for (int i = 0; i < 25; ++i) done += promote(shelf.link(), id, "", i).ok();
    return done;
  };
  std::future<int> other = std::async(std::launch::async, promote_often, "three");
  const int mine = promote_often("two");
  const int all = mine + other.get();
  const auto lines = must(promotions(shelf.link()));
  CHECK(static_cast<int>(lines.size()) == all);
  std::string before = "one";
  for (const Promotion& line : lines) {
    CHECK(line.from == before);
    before = line.to;
  }
  CHECK(before == in_force(shelf));
}

TEST_CASE("a line that is no promotion is named") {
  const Shelf shelf;
  shelf.add("two");
  must(promote(shelf.link(), "two", "", 1));
  std::ofstream(shelf.dir("promotions.jsonl"), std::ios::app) << "{\"to\":1}\n";
  const auto refused = roll_back(shelf.link(), "", 1);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("promotions.jsonl:2: ") != std::string::npos);
  CHECK(in_force(shelf) == "two");
}

}  // namespace
}  // namespace winnow
