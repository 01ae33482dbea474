#include <atomic>
#include <thread>
#include <vector>

#include "classifier/comment_json.h"
#include "store_on_disk.h"
#include "tests/must.h"

using namespace winnow;
using namespace winnow::test;

TEST_CASE("a verdict comes back whole after the store was closed") {
  const Directory directory;
  StoredVerdict put;
  {
    const auto store = open_store(directory);
    put = verdict_of(1, add_site(*store, "example.org"));
    put.key = store->add_key({.kind = KeyKind::kApi, .any_site = true, .hash = "hash"})->id;
    put.is_test = true;
    put.comment = {"Grüße \"quoted\"\n\\ 你好",
                   "Ann",
                   "ann@example.org",
                   "https://ann.example",
                   "https://example.org",
                   "https://example.org/1",
                   "First post",
                   {"news", "a, b"},
                   "comment",
                   "192.0.2.1",
                   "Browser/1",
                   "https://search.example",
                   "de",
                   "editor",
                   "filled",
                   "2026-01-02T03:04:05Z",
                   "2026-01-01",
                   "edit",
                   "ran",
                   "failed",
                   "41",
                   "de-AT",
                   "17",
                   "1",
                   "12",
                   "2841"};
    REQUIRE(store->put_verdict(put).ok());
  }
  const auto store = open_store(directory);
  const auto found = store->find_verdict(put.id);
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  const StoredVerdict& got = **found;
  CHECK(got.id == put.id);
  CHECK(got.site == put.site);
  CHECK(got.key == put.key);
  CHECK(got.at == put.at);
  CHECK(got.text_key == put.text_key);
  CHECK(got.is_test);
  CHECK(got.verdict.outcome == Outcome::kSpam);
  CHECK(got.verdict.score == put.verdict.score);
  CHECK(got.verdict.model_id == "model-1");
  CHECK(got.verdict.rules_version == "abcdef012345");
  REQUIRE(got.verdict.signals.size() == 2);
  CHECK(got.verdict.signals[0].id == "links.many");
  CHECK(got.verdict.signals[0].detail == "has 7 links");
  // Points are kept to six decimals.
  CHECK(std::abs(got.verdict.signals[1].points - put.verdict.signals[1].points) <= 0.5e-6);
  const Comment& comment = got.comment;
  CHECK(comment.content == put.comment.content);
  CHECK(comment.context == put.comment.context);
  for (const CommentField& field : comment_fields()) {
    CAPTURE(field.name);
    CHECK_FALSE((put.comment.*field.member).empty());
    CHECK(comment.*field.member == put.comment.*field.member);
  }
}

TEST_CASE("texts that come up often are kept once and read back the same") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  for (unsigned i = 1; i <= 10; ++i) {
    StoredVerdict put = verdict_of(i, site);
    put.comment.user_agent = "Mozilla/5.0 (X11; Linux x86_64)";
    put.comment.post_title =
        i % 2 == 0 ? "Watches of the year" : "12345678";  // a text of digits is no phrase's id
    REQUIRE(store->put_verdict(put).ok());
    if (i == 5) CHECK_FALSE(store->put_verdict(put).ok());  // a job that is rolled back between
  }
  for (unsigned i = 1; i <= 10; ++i) {
    const StoredVerdict got = **store->find_verdict(id_of(i));
    CHECK(got.comment.user_agent == "Mozilla/5.0 (X11; Linux x86_64)");
    CHECK(got.comment.post_title == (i % 2 == 0 ? "Watches of the year" : "12345678"));
    CHECK(got.verdict.signals[0].id == "links.many");
    CHECK(got.verdict.signals[0].detail == "has 7 links");
  }
}

TEST_CASE("phrases of a job that was undone are stored anew") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  StoredVerdict undone =
      verdict_of(1, site + 1);  // there is no such site, which shows after its phrases are stored
  CHECK(store->put_verdict(undone).error().kind == ErrorKind::kConflict);
  REQUIRE(store->put_verdict(verdict_of(2, site)).ok());
  CHECK((*store->find_verdict(id_of(2)))->verdict.model_id == "model-1");
  CHECK((*store->find_verdict(id_of(2)))->verdict.signals[0].id == "links.many");
}

TEST_CASE("a verdict is stored once, with a good id, for a site and a key that exist") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  REQUIRE(store->put_verdict(verdict_of(1, site)).ok());
  CHECK(store->put_verdict(verdict_of(1, site)).error().kind == ErrorKind::kConflict);
  CHECK(store->put_verdict(verdict_of(2, site + 1)).error().kind == ErrorKind::kConflict);
  StoredVerdict with_key = verdict_of(3, site);
  with_key.key = 77;
  CHECK(store->put_verdict(with_key).error().kind == ErrorKind::kConflict);
  for (const char* id : {"", "12", "0000000000000000000000000000000G", "0000000000000000000000000000000A"}) {
    StoredVerdict bad = verdict_of(4, site);
    bad.id = id;
    CHECK(store->put_verdict(bad).error().kind == ErrorKind::kInvalid);
    CHECK_FALSE(store->find_verdict(id)->has_value());
  }
}

TEST_CASE("put_verdicts stores all or nothing") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  CHECK_FALSE(store->put_verdicts({verdict_of(1, site), verdict_of(2, site), verdict_of(1, site)}).ok());
  CHECK_FALSE(store->find_verdict(id_of(1))->has_value());
  CHECK_FALSE(store->find_verdict(id_of(2))->has_value());
  CHECK(store->put_verdicts({verdict_of(1, site), verdict_of(2, site)}).ok());
  CHECK(store->find_verdict(id_of(2))->has_value());
  CHECK(store->put_verdicts({}).ok());
}

TEST_CASE("verdicts on a text are found newest first, in their own site alone, however many are indexed") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  const SiteId other = add_site(*store, "other.example");
  constexpr std::uint64_t kKey = 0xffffffffffffffffU;
  const auto put = [&](unsigned number, SiteId where, std::uint64_t key, bool is_test) {
    StoredVerdict stored = verdict_of(number, where);
    stored.text_key = key;
    stored.is_test = is_test;
    REQUIRE(store->put_verdict(stored).ok());
  };
  put(1, site, kKey, false);
  put(2, site, kKey - 1, false);
  put(3, other, kKey, false);
  put(4, site, kKey, true);
  put(5, site, kKey, false);
  put(6, site, kKey - 1, false);
  const auto ids = [&](SiteId where, std::uint64_t key, std::size_t limit) {
    std::vector<std::string> found;
    for (const StoredVerdict& each : must(store->verdicts_by_text(where, key, limit))) {
      CHECK(each.text_key == key);
      found.push_back(each.id);
    }
    return found;
  };
  using Ids = std::vector<std::string>;
  for (int indexed = 0; indexed <= 6; ++indexed) {
    CAPTURE(indexed);
    CHECK(ids(site, kKey, 10) == Ids{id_of(5), id_of(1)});
    CHECK(ids(site, kKey, 1) == Ids{id_of(5)});
    CHECK(ids(site, kKey, 0).empty());
    CHECK(ids(site, kKey - 1, 10) == Ids{id_of(6), id_of(2)});
    CHECK(ids(other, kKey, 10) == Ids{id_of(3)});
    CHECK(ids(other, kKey - 1, 10).empty());
    CHECK(must(store->index_verdicts(1)) == (indexed < 6 ? 1 : 0));
  }
}

TEST_CASE("verdicts are gone through newest first, page by page") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  const SiteId other = add_site(*store, "example.net");
  for (unsigned number = 1; number <= 5; ++number)
    REQUIRE(store->put_verdict(verdict_of(number, number == 4 ? other : site)).ok());
  StoredVerdict test = verdict_of(6, site);
  test.is_test = true;
  REQUIRE(store->put_verdict(test).ok());

  const auto ids = [&](const VerdictQuery& query, std::size_t page_size) {
    std::vector<std::string> found;
    for (std::int64_t before = 0;;) {
      const auto page = store->verdicts(query, before, page_size);
      REQUIRE(page.ok());
      CHECK(page->size() <= page_size);
      for (const LoggedVerdict& logged : *page) {
        found.push_back(logged.verdict.id);
        before = logged.seq;
      }
      if (page->empty()) return found;
    }
  };
  CHECK(ids({}, 2) == std::vector<std::string>{id_of(5), id_of(4), id_of(3), id_of(2), id_of(1)});
  CHECK(ids({site, 0}, 100) == std::vector<std::string>{id_of(5), id_of(3), id_of(2), id_of(1)});
  CHECK(ids({site, verdict_of(3, site).at}, 1) == std::vector<std::string>{id_of(5), id_of(3)});
  CHECK(*store->count_verdicts({}) == 5);
  CHECK(*store->count_verdicts({other, 0}) == 1);
  CHECK(*store->count_verdicts({site, verdict_of(3, site).at}) == 2);
  CHECK(*store->count_verdicts({0, verdict_of(9, site).at}) == 0);
  const auto newest = store->verdicts({}, 0, 1);
  CHECK(newest->front().verdict.comment.content == "Buy watches 5");
}

TEST_CASE("many threads write at once: all good rows are there, the bad ones spoil nothing") {
  constexpr unsigned kThreads = 16;
  constexpr unsigned kEach = 25;
  const Directory directory;
  {
    const auto store = open_store(directory);
    const SiteId site = add_site(*store, "example.org");
    std::atomic<int> failed = 0;
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        for (unsigned i = 0; i < kEach; ++i) {
          const unsigned number = 1 + t * kEach + i;
          if (!store->put_verdict(verdict_of(number, site)).ok()) ++failed;
          if (store->put_verdict(verdict_of(number, site)).ok()) ++failed;  // twice: refused
          if (!store->find_verdict(id_of(number))->has_value()) ++failed;   // what was acknowledged is seen
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(failed == 0);
  }
  const auto store = open_store(directory);
  for (unsigned number = 1; number <= kThreads * kEach; ++number) {
    CHECK(store->find_verdict(id_of(number))->has_value());
  }
}

TEST_CASE(
    "a verdict of a 300 byte comment takes less than 900 bytes on disk, before it is indexed for search") {
  constexpr unsigned kCount = 2000;
  const Directory directory;
  SiteId site = 0;
  { site = add_site(*open_store(directory), "example.org"); }
  const auto empty = std::filesystem::file_size(directory / "winnow.db");
  {
    const auto store = open_store(directory);
    std::vector<StoredVerdict> verdicts;
    for (unsigned i = 1; i <= kCount; ++i) {
      StoredVerdict put = verdict_of(i, site);  // ids rise, as those that begin with the time
      put.text_key = i * 0x9e3779b97f4a7c15U;
      put.comment = {};
      put.comment.content = std::string(290, 'x') + std::to_string(i);
      put.comment.author = "Ann Author " + std::to_string(i);
      put.comment.author_email = "ann.author" + std::to_string(i) + "@mail.example.org";
      put.comment.author_url = "https://ann" + std::to_string(i) + ".example.com/";
      put.comment.blog = "https://blog.example.org";
      put.comment.permalink =
          "https://blog.example.org/2026/01/a-post-with-a-long-name-" + std::to_string(i % 50);
      put.comment.post_title = "A post with a long name " + std::to_string(i % 50);
      put.comment.type = "comment";
      put.comment.user_ip = "192.0.2.123";
      put.comment.user_agent =
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" +
          std::to_string(i % 40) + ".0.0.0 Safari/537.36";
      put.comment.referrer = put.comment.permalink;
      put.comment.blog_lang = "en_US";
      put.verdict.signals.clear();
      for (int s = 0; s < 8; ++s) {
        put.verdict.signals.push_back({"group.signal_" + std::to_string(s),
                                       s == 0 ? 1 + i / 7.0 : 1.25 + s / 8.0,
                                       "says a sentence about the comment, number " + std::to_string(s)});
      }
      verdicts.push_back(std::move(put));
    }
    REQUIRE(store->put_verdicts(verdicts).ok());
  }
  const auto bytes = (std::filesystem::file_size(directory / "winnow.db") - empty) / kCount;
  MESSAGE("bytes a verdict: ", bytes);
  CHECK(bytes < 900);
}
