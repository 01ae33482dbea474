#include "classifier/memory/memory.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

constexpr const char* kText = "our wonderful garden house has rooms with a view of the quiet river valley";
constexpr const char* kNearly = "our lovely garden house has rooms with the view of a quiet river valley";

Comment says(const std::string& content) {
  Comment comment;
  comment.content = content;
  return comment;
}

// A memory and the log that it folds.
struct Folded {
  Memory memory;
  std::int64_t seq = 0;

  explicit Folded(const MemoryOptions& options = {}) : memory(options) {}

  Taught report(const Comment& comment, bool spam, std::int64_t site, bool curator = false,
                const std::string& reporter = "") {
    Lesson lesson;
    lesson.seq = ++seq;
    lesson.site = site;
    lesson.voter = site;
    lesson.reporter = reporter;
    lesson.spam = spam;
    lesson.curator = curator;
    lesson.at = seq;
    return memory.learn(lesson, Features(comment));
  }
  const Signal* signal(const Comment& comment, std::int64_t site, std::string_view id) {
    signals.clear();
    memory.judge(site, Features(comment), signals);
    for (const Signal& each : signals)
      if (each.id == id) return &each;
    return nullptr;
  }
  double points(const Comment& comment, std::int64_t site, std::string_view id) {
    const Signal* found = signal(comment, site, id);
    return found ? found->points : 0;
  }
  std::vector<Signal> signals;
};

TEST_CASE("an empty memory says nothing") {
  Folded empty;
  CHECK(empty.signal(says(kText), 1, "memory.same_text") == nullptr);
  CHECK(empty.signals.empty());
}

TEST_CASE("the same text follows its site's report, disguised or not, and the newer word counts") {
  Folded site;
  CHECK(site.report(says(kText), true, 1).became == Taught::Became::kLearned);
  CHECK(site.points(says(kText), 1, "memory.same_text") == 11);
  CHECK(site.points(
            says("OUR <b>wonderful</b> garden house, has rooms with a view of the quiet river valley!!"), 1,
            "memory.same_text") == 11);
  CHECK(site.points(says(kText), 2, "memory.same_text") == 0);
  const Taught again = site.report(says(kText), true, 1);
  CHECK(again.became == Taught::Became::kDuplicate);
  CHECK(again.earlier == 1);
  const Taught against = site.report(says(kText), false, 1);
  CHECK(against.became == Taught::Became::kConflict);
  CHECK(against.earlier == 1);
  CHECK(site.points(says(kText), 1, "memory.same_text") == -11);
}

TEST_CASE("a short text is not known again by itself") {
  Folded site;
  site.report(says("thanks"), true, 1);
  CHECK(site.points(says("thanks"), 1, "memory.same_text") == 0);
}

TEST_CASE("a text nearly the same follows, too, less surely, and says so in a sentence") {
  Folded site;
  site.report(says(kText), true, 1);
  const Signal* near = site.signal(says(kNearly), 1, "memory.near_duplicate");
  REQUIRE(near != nullptr);
  CHECK(near->points > 3);
  CHECK(near->points < 11);
  CHECK(near->detail == "nearly the same as a comment that was reported as spam on this site");
  CHECK(site.points(says(kNearly), 2, "memory.near_duplicate") == 0);
}

TEST_CASE(
    "other sites feel it when the quorum of independent sites agrees, and not while others contradict") {
  Folded all;  // a quorum of three
  CHECK(all.report(says(kText), true, 1).sites == 1);
  const Taught second = all.report(says(kText), true, 2);
  CHECK(second.sites == 2);
  CHECK_FALSE(second.everywhere);
  CHECK(all.points(says(kText), 9, "memory.near_duplicate") == 0);
  CHECK(all.memory.is_suspected_elsewhere(9, Features(says(kText))));
  CHECK_FALSE(
      all.memory.is_suspected_elsewhere(9, Features(says("quite another story of boats on green water"))));
  CHECK(all.report(says(kText), true, 3).everywhere);
  const Signal* same = all.signal(says(kText), 9, "memory.near_duplicate");
  REQUIRE(same != nullptr);
  CHECK(same->points == 11);
  CHECK(same->detail == "the same as a comment that was reported as spam on 3 sites");
  CHECK(all.points(says(kText), 9, "memory.learned_everywhere") > 0);
  for (const std::int64_t site : {4, 5, 6}) all.report(says(kText), false, site);
  CHECK(all.points(says(kText), 9, "memory.near_duplicate") == 0);
}

TEST_CASE("one site's many reports, or those of sites with one voter, are one voice") {
  Folded all;
  for (int i = 0; i < 20; ++i) all.report(says(kText), true, 1, false, "mod" + std::to_string(i));
  CHECK(all.points(says(kText), 9, "memory.near_duplicate") == 0);
  Lesson lesson;
  lesson.spam = true;
  lesson.voter = 77;
  for (lesson.site = 20; lesson.site < 30; ++lesson.site) {
    lesson.seq = ++all.seq;
    CHECK_FALSE(all.memory.learn(lesson, Features(says(kText))).everywhere);
  }
  CHECK(all.points(says(kText), 9, "memory.near_duplicate") == 0);
}

TEST_CASE("a curator's word counts everywhere at once") {
  Folded all;
  CHECK(all.report(says(kText), true, 1, true).everywhere);
  CHECK(all.points(says(kText), 9, "memory.near_duplicate") == 11);
}

TEST_CASE("who contradicts the curators too often is heard at home alone") {
  Folded all;
  for (int i = 0; i < 6; ++i) {
    const std::string text = std::string(kText) + " number " +
                             std::string(static_cast<std::size_t>(i + 1), 'x') + " mountain" +
                             std::to_string(i);
    all.report(says(text), false, 2, false, "liar");
    all.report(says(text), true, 1, true);
  }
  const auto& reporters = all.memory.reporters();
  std::uint32_t liar = 0;
  while (reporters[liar].name != "liar") ++liar;
  CHECK(reporters[liar].disagreed >= Reporters::kJudged);
  CHECK_FALSE(reporters.is_trusted(liar));
  const Comment other = says("quite another story of small boats that sail over calm green water");
  all.report(other, true, 2, false, "liar");
  all.report(other, true, 3);
  all.report(other, true, 4);
  CHECK(all.points(other, 9, "memory.near_duplicate") == 0);
  CHECK(all.points(other, 2, "memory.same_text") == 11);
}

TEST_CASE("author, network and domain lean, within bounds") {
  Folded site;
  Comment spam = says("one of many");
  spam.author_email = "Ann@Mail.example";
  spam.user_ip = "203.0.113.7";
  spam.author_url = "http://www.lamps.example.com/shop";
  for (int i = 0; i < 40; ++i) {
    spam.content = "one of many kinds, that is kind " + std::to_string(i);
    site.report(spam, true, 1);
  }
  Comment next = says("Something else entirely");
  next.author_email = "ann@mail.example";
  CHECK(site.points(next, 1, "memory.author") == 4);
  CHECK(site.points(next, 2, "memory.author") == 0);
  next = says("Something else entirely");
  next.author_url = "http://example.com/";
  CHECK(site.points(next, 1, "memory.domain") == 4);
  // All of this site's reports come from one network: that is a proxy, and says nearly nothing.
  next = says("Something else entirely");
  next.user_ip = "203.0.113.7";
  const double proxy = site.points(next, 1, "memory.network");
  CHECK(proxy > 0);
  CHECK(proxy < 0.5);
  next.user_ip = "203.0.113.8";
  CHECK(site.points(next, 1, "memory.network") == 0);
}

TEST_CASE("one network among several leans more than a proxy, an IPv6 one by its /64") {
  Folded site;
  for (int i = 0; i < 30; ++i) {
    Comment comment = says("text number " + std::to_string(i));
    comment.user_ip = "2001:db8:" + std::to_string(i % 10) + "::" + std::to_string(i);
    site.report(comment, true, 1);
  }
  Comment next = says("Something else entirely");
  next.user_ip = "2001:db8:3::ffff";
  CHECK(site.points(next, 1, "memory.network") > 1);
  next.user_ip = "2001:db8:3:1::1";
  CHECK(site.points(next, 1, "memory.network") == 0);
}

TEST_CASE("an address that a proxy gives to everybody is no network") {
  Folded site;
  for (const char* address : {"127.0.0.1", "10.1.2.3", "192.168.0.9", "::1", "fd00::5", "nonsense", ""}) {
    CAPTURE(address);
    Comment comment = says(std::string("one more text from ") + address);
    comment.user_ip = address;
    site.report(comment, true, 1);
    Comment next = says("Something else entirely");
    next.user_ip = address;
    CHECK(site.points(next, 1, "memory.network") == 0);
  }
}

TEST_CASE("what the model was trained on is remembered, and not learned again") {
  Folded site;
  Lesson lesson;
  lesson.seq = 1;
  lesson.site = lesson.voter = 1;
  lesson.spam = true;
  lesson.teaches = false;
  site.memory.learn(lesson, Features(says(kText)));
  CHECK(site.points(says(kText), 1, "memory.same_text") == 11);
  CHECK(site.points(says(kText), 1, "memory.learned") == 0);
}

TEST_CASE("the same bytes make the same memory, and other bytes none") {
  Folded site;
  for (int i = 0; i < 30; ++i) {
    Comment comment = says(std::string(kText) + " place " + std::to_string(i % 7));
    comment.author_email = "a" + std::to_string(i) + "@mail.example";
    site.report(comment, i % 2 == 0, 1 + i % 4, i % 9 == 0, i % 3 == 0 ? "ann" : "ben");
  }
  const std::string bytes = site.memory.serialize();
  Result<Memory> read = Memory::parse(bytes, {}, nullptr);
  REQUIRE(read.ok());
  CHECK(read->hash() == site.memory.hash());
  std::vector<Signal> one, other;
  site.memory.judge(1, Features(says(kNearly)), one);
  read->judge(1, Features(says(kNearly)), other);
  REQUIRE(one.size() == other.size());
  for (std::size_t i = 0; i < one.size(); ++i) CHECK(one[i].points == other[i].points);
  for (std::size_t size = 0; size < bytes.size(); size += 97)
    CHECK_FALSE(Memory::parse(bytes.substr(0, size), {}, nullptr).ok());
  std::string damaged = bytes;
  damaged[damaged.size() / 3] = static_cast<char>(damaged[damaged.size() / 3] ^ 4);
  CHECK_FALSE(Memory::parse(damaged, {}, nullptr).ok());
}

TEST_CASE("reports that too few sites share are named, with how many do; others are not") {
  Folded sites;
  sites.report(says("a completely different sentence about bicycles, bakeries and long winter evenings"),
               true, 9, true);
  sites.report(says(kText), true, 1);
  sites.report(says(kText), true, 2);
  const auto all = [](std::int64_t) { return true; };
  std::vector<WaitingReport> waiting = sites.memory.waiting(100, 100, all);
  REQUIRE(waiting.size() == 2);
  CHECK(waiting[0].seq == 3);
  CHECK(waiting[0].site == 2);
  CHECK(waiting[0].sites == 2);
  CHECK(waiting[1].seq == 2);
  CHECK(sites.memory.waiting(1, 100, all).size() == 1);
  CHECK(sites.memory.waiting(100, 1, all).size() == 1);
  CHECK(sites.memory.waiting(100, 100, [](std::int64_t site) { return site == 1; }).size() == 1);
  sites.report(says(kText), true, 3);
  CHECK(sites.memory.waiting(100, 100, all).empty());
}

TEST_CASE("its size is bounded") {
  Folded small({.megabytes = 1});
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (int word = 0; word < 20; ++word)
      text += "w" + std::to_string((i * 7919 + word * 104729) % 100003) + "x ";
    Comment comment = says(text);
    comment.author_email = "a" + std::to_string(i) + "@mail.example";
    small.report(comment, i % 2 == 0, 1 + i % 50);
  }
  CHECK(small.memory.report_count() <= 1100);
  CHECK(small.memory.serialize().size() < 2 << 20);
}

}  // namespace
}  // namespace winnow
