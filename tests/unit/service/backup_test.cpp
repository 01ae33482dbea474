#include "service/backup.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <atomic>
#include <thread>

#include "service/data_lock.h"
#include "tests/unit/service/shelf.h"

namespace winnow {
namespace {

namespace fs = std::filesystem;

struct Bench {
  Installation home;
  Shelf shelf;
  TemporaryDirectory elsewhere;
  std::string key = home.add_key("https://blog.example/");
  Caller caller{home.last_key, *must(home.store->find_site("blog.example"))};

  fs::path data() const { return home.directory.path(); }
  fs::path backup() const { return elsewhere.path() / "backup"; }

  std::string check_once(const std::string& content) {
    CheckRequest request;
    request.comment.content = content;
    return must(check(home.services, caller, request, random_id())).id;
  }
};

TEST_CASE("a backup is restored elsewhere: keys are good, verdicts are there, its model is on the shelf") {
  Bench bench;
  const std::string id = bench.check_once("cheap");
  const Backup made = must(back_up(bench.data(), bench.shelf.link(), bench.backup(), 7));
  const std::string later = bench.check_once("cheap after it");
  CHECK(made.model == "one");
  CHECK(made.bytes() > 0);
  CHECK(must(verify_backup(bench.backup())).made_at == 7);
  struct stat status {};
  CHECK(::stat(bench.backup().c_str(), &status) == 0);
  CHECK((status.st_mode & (S_IRWXG | S_IRWXO)) == 0);

  Shelf other;
  fs::remove_all(other.dir("one"));
  other.add("two");
  const fs::path data = bench.elsewhere.path() / "data";
  const Restored restored = must(restore(bench.backup(), data, other.link(), false, 9));
  CHECK(restored.kept.empty());
  CHECK(restored.model_added);
  CHECK(must(Model::load(other.dir("one"))).id == "one");
  const auto store = must(SqliteStore::open(data / "winnow.db"));
  CHECK(must(store->find_verdict(id)));
  CHECK_FALSE(must(store->find_verdict(later)));
  const InstallSecret secret = must(InstallSecret::open(data));
  CHECK(must(store->find_key(secret.hash(bench.key))));
  Comment comment;
  comment.author_email = "ann@example.org";
  const auto pseudonyms = must(Concealment::open(data, PersonalData::kHashed, 9));
  CHECK(pseudonyms->concealed(comment).author_email ==
        bench.home.concealment->concealed(comment).author_email);
}

TEST_CASE("a backup while others write is of one moment") {
  Bench bench;
  std::atomic<bool> stop = false;
  std::vector<std::string> ids;
  std::thread writing([&] {
    while (!stop) ids.push_back(bench.check_once("cheap " + std::to_string(ids.size())));
  });
  for (int i = 0; i < 5; ++i)
    must(back_up(bench.data(), bench.shelf.link(), bench.backup().string() + std::to_string(i), i));
  stop = true;
  writing.join();
  for (int i = 0; i < 5; ++i) {
    const fs::path backup = bench.backup().string() + std::to_string(i);
    must(verify_backup(backup));
    const auto store = must(SqliteStore::open(backup / "winnow.db"));
    bool before_end = true;  // verdicts up to a moment, none of later
    for (const std::string& id : ids) {
      const bool is_there = must(store->find_verdict(id)).has_value();
      CHECK((before_end || !is_there));
      before_end = is_there;
    }
  }
}

TEST_CASE("a restore replaces nothing unless told, sets aside what it replaces, and waits for no service") {
  Bench bench;
  const std::string id = bench.check_once("cheap");
  must(back_up(bench.data(), bench.shelf.link(), bench.backup(), 7));
  const fs::path data = bench.elsewhere.path() / "data";
  must(restore(bench.backup(), data, bench.shelf.link(), false, 9));
  CHECK(restore(bench.backup(), data, bench.shelf.link(), false, 10).error().kind == ErrorKind::kConflict);
  {
    const DataLock serving = must(DataLock::shared(data));
    CHECK(restore(bench.backup(), data, bench.shelf.link(), true, 10).error().kind == ErrorKind::kConflict);
  }
  const Restored again = must(restore(bench.backup(), data, bench.shelf.link(), true, 10));
  CHECK(again.kept == data / "before-restore-10");
  CHECK(fs::exists(again.kept / "winnow.db"));
  CHECK(must(must(SqliteStore::open(data / "winnow.db"))->find_verdict(id)));
}

TEST_CASE("a backup that is damaged is refused by name, and changes nothing") {
  Bench bench;
  bench.check_once("cheap");
  must(back_up(bench.data(), bench.shelf.link(), bench.backup(), 7));
  CHECK(back_up(bench.data(), bench.shelf.link(), bench.backup(), 8).error().kind == ErrorKind::kConflict);
  const fs::path data = bench.elsewhere.path() / "data";
  for (const char* name : {"winnow.db", "secret", "model/one/text.model"}) {
    CAPTURE(name);
    const std::string good = must(read_file(bench.backup() / name));
    std::string bad = good;
    bad[bad.size() / 2] ^= 1;
    write_text(bench.backup() / name, bad);
    const auto refused = restore(bench.backup(), data, bench.shelf.link(), false, 9);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::kCorrupt);
    CHECK(refused.error().message.find(name) != std::string::npos);
    write_text(bench.backup() / name, good);
  }
  for (const char* manifest :
       {"", "{}", "[]", R"({"format":1,"made_at":1,"winnow":"1","schema":1,"model":"..","files":[]})",
        R"({"format":1,"made_at":1,"winnow":"1","schema":1,"model":"one",
            "files":[{"name":"../x","bytes":1,"sha256":""}]})",
        R"({"format":1,"made_at":"x"})", R"({"format":2})"}) {
    CAPTURE(manifest);
    write_text(bench.backup() / "manifest.json", manifest);
    CHECK(verify_backup(bench.backup()).error().kind == ErrorKind::kCorrupt);
  }
  CHECK(verify_backup(bench.elsewhere.path()).error().kind == ErrorKind::kNotFound);
  CHECK_FALSE(fs::exists(data / "winnow.db"));
}

}  // namespace
}  // namespace winnow
