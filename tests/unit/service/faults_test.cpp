// What becomes of checks and reports on a disk that fails, and of what was acknowledged before.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <random>
#include <set>

#include "service/feedback.h"
#include "service/stored.h"
#include "tests/unit/service/installation.h"
#include "tests/unit/service/store/sqlite/faulty_disk.h"

namespace winnow {
namespace {

using test::FaultyDisk;
using Fault = FaultyDisk::Fault;

CheckRequest comment_of(const std::string& content) {
  CheckRequest request;
  request.comment.content = content;
  return request;
}

Report report_of(const std::string& content) {
  Report report;
  report.label = Label::kSpam;
  report.comment.content = content;
  return report;
}

std::string integrity(const std::filesystem::path& database) {
  sqlite3* connection = nullptr;
  std::string answer;
  sqlite3_open_v2(database.c_str(), &connection, SQLITE_OPEN_READONLY, nullptr);
  const auto take = [](void* to, int, char** values, char**) {
    *static_cast<std::string*>(to) += values[0];
    return 0;
  };
  sqlite3_exec(connection, "PRAGMA integrity_check", take, &answer, nullptr);
  sqlite3_close(connection);
  return answer;
}

// An installation on the faulty disk, and what it acknowledged.
struct Bench {
  FaultyDisk disk;
  Installation home;
  Stored stored;
  Services services = home.on(*home.store);
  std::string key = home.add_key("https://blog.example/");
  Caller caller{home.last_key, *must(home.store->find_site("blog.example"))};
  std::set<std::string> verdicts;
  std::set<std::string> reports;

  Bench() { services.answers_unstored = &stored; }

  CheckReply check_once(const std::string& content) {
    CheckReply reply = must(check(services, caller, comment_of(content), random_id()));
    if (!reply.is_unstored) verdicts.insert(reply.id);
    return reply;
  }
  Result<ReportReply> report_once(const std::string& content) {
    Result<ReportReply> reported = report(services, caller, report_of(content));
    if (reported && reported->effect != Effect::kDuplicate) reports.insert(reported->id);
    return reported;
  }

  void all_is_there() {
    for (const std::string& id : verdicts) CHECK(must(home.store->find_verdict(id)));
    for (const std::string& id : reports) CHECK(must(home.store->find_feedback(id)));
  }
};

TEST_CASE("on a disk that fails checks are answered, reports are refused, and all works again after") {
  for (const Fault fault : {Fault::kFull, Fault::kReadOnly, Fault::kWrite, Fault::kSync}) {
    CAPTURE(static_cast<int>(fault));
    Bench bench;
    CHECK_FALSE(bench.check_once("hello").is_unstored);
    CHECK(bench.report_once("cheap tricks"));

    bench.disk.fail(fault);
    const CheckReply degraded = bench.check_once("cheap watches");
    CHECK(degraded.is_unstored);
    CHECK(degraded.verdict.is_spam());
    CHECK(bench.stored.is_failing());
    CHECK(bench.stored.lost() == 1);
    const auto batch =
        must(check_batch(bench.services, bench.caller, {comment_of("cheap"), comment_of("hello")}));
    CHECK(batch[0].is_unstored);
    CHECK(bench.stored.lost() == 3);
    const Result<ReportReply> refused = bench.report_once("cheap shoes");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::kUnavailable);
    CHECK(bench.disk.failed() > 0);

    bench.disk.fail(Fault::kNone);
    CHECK_FALSE(bench.check_once("hello again").is_unstored);
    CHECK_FALSE(bench.stored.is_failing());
    CHECK(bench.report_once("cheap shoes"));
    bench.all_is_there();
    CHECK(integrity(bench.home.directory.path() / "winnow.db") == "ok");
  }
}

TEST_CASE("while the disk cannot be read, keys and sites are those that were read last") {
  Bench bench;
  const std::string hash = bench.home.secret.hash(bench.key);
  const auto known = must(bench.home.store->find_key(hash));
  REQUIRE(known);
  bench.check_once("hello");
  // Another process writes, so that what this one has in its caches is stale.
  must(must(SqliteStore::open(bench.home.directory.path() / "winnow.db"))->add_site("other.example", 1));
  bench.disk.fail(Fault::kRead);
  CHECK_FALSE(bench.home.store->sites());
  const auto key = must(bench.home.store->find_key(hash));
  REQUIRE(key);
  CHECK(key->id == known->id);
  CHECK(must(bench.home.store->find_site("blog.example"))->id == bench.caller.site.id);
  CHECK_FALSE(bench.home.store->find_key(bench.home.secret.hash("000000000000")));
  CHECK(bench.check_once("cheap").verdict.is_spam());
  bench.disk.fail(Fault::kNone);
  CHECK_FALSE(bench.check_once("hello again").is_unstored);
  bench.all_is_there();
}

TEST_CASE("wherever a disk begins to fail, what was acknowledged stays") {
  std::mt19937 random(20261126);
  const Fault faults[] = {Fault::kFull, Fault::kReadOnly, Fault::kWrite, Fault::kSync, Fault::kRead};
  Bench bench;
  for (int round = 0; round < 150; ++round) {
    const Fault fault = faults[random() % std::size(faults)];
    bench.disk.fail(fault, static_cast<long>(random() % 40));
    for (int i = 0; i < 4; ++i) {
      const std::string text = "cheap offer " + std::to_string(round) + " of " + std::to_string(i);
      if (random() % 3 == 0)
        (void)bench.report_once(text);
      else
        CHECK(bench.check_once(text).verdict.is_spam());
    }
    bench.disk.fail(Fault::kNone);
    CHECK_FALSE(bench.check_once("hello " + std::to_string(round)).is_unstored);
  }
  bench.all_is_there();
  CHECK(bench.verdicts.size() > 150);
  CHECK(integrity(bench.home.directory.path() / "winnow.db") == "ok");
}

}  // namespace
}  // namespace winnow
