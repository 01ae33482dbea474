#include "service/store/sqlite/access_mark.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "service/store/sqlite/connection.h"
#include "service/store/sqlite/last_known.h"
#include "store_on_disk.h"

using namespace winnow;
using namespace winnow::test;
using sqlite::AccessMark;

namespace {

// How often a value is read when it is asked for twice. On a machine that stands still for a second in
// between, once more: so the least of some tries.
int reads_of_two(const AccessMark& mark, const std::function<void()>& between = {}) {
  constexpr int kTries = 20;
  int least = 2;
  for (int i = 0; i < kTries && least == 2; ++i) {
    sqlite::LastKnown<int, int> known;
    int reads = 0;
    const auto read = [&]() -> Result<std::optional<int>> { return std::optional(++reads); };
    CHECK(**known.find(1, mark, read) == 1);
    if (between) between();
    CHECK(**known.find(1, mark, read) == reads);
    least = std::min(least, reads);
  }
  return least;
}

void wait_until(const std::function<bool()>& holds) {
  for (int i = 0; i < 1000 && !holds(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK(holds());
}

}  // namespace

TEST_CASE("what was read stands until the mark is changed, by this process or another") {
  const Directory directory;
  AccessMark mark(directory / "winnow.db"), other(directory / "winnow.db");
  CHECK(reads_of_two(mark) == 1);
  CHECK(reads_of_two(mark, [&] { mark.change(); }) == 2);
  CHECK(reads_of_two(mark, [&] { other.change(); }) == 2);
  CHECK(mark.now() == other.now());
}

TEST_CASE("a mark that root makes is the database's owner's" * doctest::skip(::geteuid() != 0)) {
  constexpr uid_t kOwner = 54321;
  const Directory directory;
  write_file(directory / "winnow.db", "");
  REQUIRE(::chown((directory / "winnow.db").c_str(), kOwner, kOwner) == 0);
  const AccessMark mark(directory / "winnow.db");
  struct stat made {};
  REQUIRE(::stat((directory / "winnow.db-access").c_str(), &made) == 0);
  CHECK(made.st_uid == kOwner);
  CHECK(mark.now());
}

TEST_CASE("where the mark cannot be written, a change is told when nobody holds to what he read before") {
  const Directory directory;
  const auto began = std::chrono::steady_clock::now();
  AccessMark(directory / "missing" / "winnow.db").change();
  CHECK(std::chrono::steady_clock::now() - began >= AccessMark::kLongest);
}

TEST_CASE("without a mark that can be read all is read each time") {
  const Directory directory;
  CHECK(reads_of_two(AccessMark(directory / "missing" / "winnow.db")) == 2);
  const AccessMark mark(directory / "winnow.db");
  CHECK(reads_of_two(mark, [&] { std::filesystem::resize_file(directory / "winnow.db-access", 3); }) == 2);
}

TEST_CASE("what is not there is read each time, and a failure gives what was read last") {
  const Directory directory;
  const AccessMark mark(directory / "winnow.db");
  sqlite::LastKnown<int, int> known;
  Result<std::optional<int>> there = std::optional<int>();
  const auto read = [&] { return there; };
  CHECK_FALSE(known.find(1, mark, read)->has_value());
  there = std::optional(5);
  CHECK(**known.find(1, mark, read) == 5);
  there = Error{ErrorKind::kUnavailable, "", ""};
  AccessMark(directory / "winnow.db").change();
  CHECK(**known.find(1, mark, read) == 5);
  CHECK(known.find(2, mark, read).error().kind == ErrorKind::kUnavailable);
}

// Two stores on one file are as winnowd and the CLI.
TEST_CASE("whatever another process changes of sites, keys and shadows is seen by the next check") {
  const Directory directory;
  const auto here = open_store(directory), there = open_store(directory);
  const SiteId site = add_site(*here, "example.org");
  const KeyId key = here->add_key({.any_site = true, .hash = "hash"})->id;
  const auto key_here = [&] { return **here->find_key("hash"); };
  const auto site_here = [&] { return **here->find_site("example.org"); };
  const std::vector<std::pair<std::function<Result<void>()>, std::function<bool()>>> changes = {
      {[&] { return there->suspend_key(key, 7); }, [&] { return key_here().suspended_at == 7; }},
      {[&] { return there->change_key(key, {.scopes = kAllScopes}); },
       [&] { return key_here().scopes == kAllScopes; }},
      {[&] {
         return there->touch_keys({{key, 9}});
       },
       [&] { return key_here().last_used_at == 9; }},
      {[&] { return there->revoke_key(key, 8); }, [&] { return key_here().revoked_at == 8; }},
      {[&] { return there->set_log_only(site, true); }, [&] { return site_here().log_only; }},
      {[&] {
         return there->set_thresholds(site, {{}, 0.7, {}});
       },
       [&] { return site_here().thresholds.spam == 0.7; }},
      {[&] { return there->set_shadow(site, "model-2"); },
       [&] { return site_here().shadow_model == "model-2" && here->site(site)->shadow_model == "model-2"; }},
  };
  for (const auto& [change, is_seen] : changes) {
    CHECK_FALSE(is_seen());
    REQUIRE(change());
    CHECK(is_seen());
  }
}

TEST_CASE("a change by who does not know of the mark is seen within a second or so") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  REQUIRE_FALSE(store->site(site)->log_only);
  sqlite::Connection(directory / "winnow.db", sqlite::Access::kReadWrite)
      .execute("UPDATE site SET log_only = 1");
  wait_until([&] { return store->site(site)->log_only; });
}
