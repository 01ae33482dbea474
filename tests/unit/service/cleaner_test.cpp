#include "service/cleaner.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <thread>

#include "service/feedback.h"
#include "service/store/search.h"
#include "tests/unit/service/installation.h"
#include "tests/unit/service/store/sqlite/files.h"

namespace winnow {
namespace {

constexpr UnixMillis kDay = 24 * 3600 * 1000;

struct Cleaned {
  Cleaned() : caller(home.caller("blog.example")) {}

  Cleaner cleaner(const Retention& retention = {}) {
    return Cleaner(*home.store, *home.concealment, retention, home.directory.path(),
                   [this] { return home.now; });
  }
  // Stored as a winnow from before pseudonyms did.
  void put_clear(const std::string& id) {
    StoredVerdict stored;
    stored.id = id;
    stored.site = caller.site.id;
    stored.at = home.now;
    stored.comment.content = "hello";
    stored.comment.author_email = "zorbleqwist@example.org";
    stored.comment.user_ip = "203.0.113.77";
    stored.verdict.model_id = "small";
    must(home.store->put_verdict(stored, {}));
  }
  std::string log() {
    std::string log;
    const auto cleanups = must(home.store->cleanups(0, 100));
    for (auto one = cleanups.rbegin(); one != cleanups.rend(); ++one)
      log += std::string(log.empty() ? "" : ", ") + std::string(to_string(one->what)) + " " +
             std::to_string(one->verdicts) + " " + std::to_string(one->reports);
    return log;
  }

  Installation home;
  Caller caller;
};

TEST_CASE("clear addresses of an older database become pseudonyms, and are in no file any more") {
  Cleaned cleaned;
  const std::string id = random_id();
  cleaned.put_clear(id);
  while (must(cleaned.home.store->index_verdicts(100)) > 0) {
  }
  Cleaner cleaner = cleaned.cleaner();
  must(cleaner.run());
  const auto stored = must(cleaned.home.store->find_verdict(id));
  CHECK(stored->comment.concealed);
  CHECK(Pseudonym::parse(stored->comment.user_ip));
  CHECK(must(cleaned.home.store->scrub_due()).has_value());
  must(cleaner.scrub());
  CHECK(test::files_with(cleaned.home.directory.path(), "zorbleqwist") == "");
  CHECK(test::files_with(cleaned.home.directory.path(), "203.0.113.77") == "");
  must(cleaner.run());
  CHECK(cleaned.log() == "conceal 1 0, retention 0 0, scrub 0 0, retention 0 0");
}

TEST_CASE("a run ends while verdicts come in, all of which are in the form") {
  Cleaned cleaned;
  Cleaner cleaner = cleaned.cleaner();
  std::atomic<bool> ended = false;
  std::thread checks([&] {
    StoredVerdict stored;
    stored.site = cleaned.caller.site.id;
    stored.at = cleaned.home.now;
    stored.comment.author_email = "a@example.org";
    stored.comment = cleaned.home.concealment->concealed(stored.comment);
    while (!ended) {
      stored.id = random_id();
      must(cleaned.home.store->put_verdict(stored, {}));
    }
  });
  must(cleaner.run());
  ended = true;
  checks.join();
  CHECK(cleaned.log() == "retention 0 0");
}

TEST_CASE("texts go after their days, and never where the days are 0") {
  Cleaned cleaned;
  CheckRequest request;
  request.comment.content = "hello to all of you";
  const std::string ham = must(check(cleaned.home.services, cleaned.caller, request, random_id())).id;
  request.comment.content = "blatant nonsense";
  const std::string discarded = must(check(cleaned.home.services, cleaned.caller, request, random_id())).id;
  const auto has_text = [&](const std::string& id) {
    return !must(cleaned.home.store->find_verdict(id))->comment.content.empty();
  };
  cleaned.home.now += 4 * kDay;
  must(cleaned.cleaner({0, 0, 0, 0}).run());
  CHECK(has_text(discarded));
  must(cleaned.cleaner().run());
  CHECK_FALSE(has_text(discarded));
  CHECK(has_text(ham));
  cleaned.home.now += 27 * kDay;
  must(cleaned.cleaner().run());
  CHECK_FALSE(has_text(ham));
  CHECK(cleaned.log() == "retention 0 0, retention 1 0, retention 1 0");
}

TEST_CASE("a report that had its days counts no more, and is forgotten") {
  Cleaned cleaned;
  CheckRequest request;
  request.comment.content = "a long and honest text about gardens and the rain in spring";
  Report reported;
  reported.label = Label::kSpam;
  reported.comment = request.comment;
  must(report(cleaned.home.services, cleaned.caller, reported));
  const auto is_known = [&] {
    const auto checked = must(check(cleaned.home.services, cleaned.caller, request, random_id()));
    return std::ranges::count(checked.verdict.signals, "memory.same_text", &Signal::id) > 0;
  };
  CHECK(is_known());
  cleaned.home.now += 100 * kDay;
  must(cleaned.cleaner().run());
  must(cleaned.home.learning.catch_up());
  CHECK(is_known());
  must(cleaned.cleaner({30, 3, 90, 180}).run());
  must(cleaned.home.learning.catch_up());
  CHECK_FALSE(is_known());
}

TEST_CASE("a key has its days; the rotation is in the log") {
  Cleaned cleaned;
  must(cleaned.cleaner().run());
  CHECK(cleaned.home.concealment->epoch() == 1);
  cleaned.home.now += 181 * kDay;
  must(cleaned.cleaner({30, 3, 0, 0}).run());
  CHECK(cleaned.home.concealment->epoch() == 1);
  must(cleaned.cleaner().run());
  CHECK(cleaned.home.concealment->epoch() == 2);
  CHECK(cleaned.log() == "retention 0 0, retention 0 0, rotate 0 0, retention 0 0");
}

TEST_CASE("a copy that an upgrade left goes after the days of a text, and when somebody is erased") {
  Cleaned cleaned;
  const std::filesystem::path copy = cleaned.home.directory.path() / "winnow.db.before-11";
  const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  const auto put_copy = [&] { std::ofstream(copy) << "zorbleqwist"; };
  put_copy();
  cleaned.home.now = now + 29 * kDay;
  must(cleaned.cleaner().run());
  CHECK(std::filesystem::exists(copy));
  cleaned.home.now = now + 31 * kDay;
  must(cleaned.cleaner().run());
  CHECK_FALSE(std::filesystem::exists(copy));
  put_copy();
  must(cleaned.cleaner().scrub());
  CHECK(std::filesystem::exists(copy));
  must(cleaned.home.store->put_cleanup({0, now + kDay, CleanupWhat::kErase, 1, 0}));
  must(cleaned.cleaner().scrub());
  CHECK_FALSE(std::filesystem::exists(copy));
}

}  // namespace
}  // namespace winnow
