#include "classifier/lists/lists.h"

#include <doctest/doctest.h>

#include <random>

#include "classifier/score.h"

namespace winnow {
namespace {

constexpr std::int64_t kNow = 1'000'000;

ListEntry entry(std::int64_t id, ListKind list, ListField field, std::string pattern, std::int64_t site = 0,
                std::optional<std::int64_t> until = {}) {
  return {id, list, field, std::move(pattern), site, until};
}
ListEntry block(ListField field, std::string pattern) {
  return entry(1, ListKind::kBlock, field, std::move(pattern));
}

bool is_blocked(const Lists& lists, const Comment& comment, std::int64_t site = 1, std::int64_t now = kNow) {
  return lists.find({site, now, {}}, Features(comment)).block != nullptr;
}

bool finds(ListField field, const char* pattern, const Comment& comment) {
  const Lists lists({block(field, pattern)});
  CHECK(lists.size() == 1);
  return is_blocked(lists, comment);
}

Comment with(std::string Comment::*field, std::string value) {
  Comment comment;
  comment.*field = std::move(value);
  return comment;
}

TEST_CASE("an author is compared as a whole name, whatever its case or disguise") {
  const auto author = [](const char* pattern, const char* name) {
    return finds(ListField::kAuthor, pattern, with(&Comment::author, name));
  };
  CHECK(author("Anna Berg", "anna  BERG"));
  CHECK(author("Casino Royal", "C\u0430sin\u043e Royal"));  // Cyrillic letters in it
  CHECK(author("Casino Royal", "Ca\u200Bsino Royal"));
  CHECK(author("\u0410\u043d\u043d\u0430", "\u0430\u043d\u043d\u0430"));
  CHECK(author("\u5f20\u4f1f", "\u5f20\u4f1f"));
  CHECK_FALSE(author("Anna Berg", "Anna Bergmann"));
  CHECK_FALSE(author("Anna Berg", "Anna"));
  CHECK(author("*casino*", "best casino ever"));
  CHECK(author("SEO*", "seo expert"));
  CHECK_FALSE(author("SEO*", "my seo expert"));
  CHECK(author("*expert", "SEO Expert"));
  CHECK_FALSE(author("Anna", ""));
}

TEST_CASE("an e-mail address is compared as a whole, or by its domain") {
  const auto email = [](const char* pattern, const char* address) {
    return finds(ListField::kEmail, pattern, with(&Comment::author_email, address));
  };
  CHECK(email("anna@example.org", "Anna@Example.org"));
  CHECK_FALSE(email("anna@example.org", "hanna@example.org"));
  CHECK(email("*@example.org", "anyone@EXAMPLE.org"));
  CHECK_FALSE(email("*@example.org", "anyone@mail.example.org"));
  CHECK_FALSE(email("*@example.org", "anyone@notexample.org"));
  CHECK(email("*@*.example.org", "anyone@mail.example.org"));
  CHECK(email("casino*@example.org", "casino77@example.org"));
  CHECK_FALSE(email("casino*@example.org", "my.casino@example.org"));
  CHECK_FALSE(email("*@example.org", ""));
}

TEST_CASE("a domain is looked for in the author's URL and in links, and covers what is below it") {
  const auto home = [](const char* pattern, const char* url) {
    return finds(ListField::kDomain, pattern, with(&Comment::author_url, url));
  };
  const auto text = [](const char* pattern, const char* content) {
    return finds(ListField::kDomain, pattern, with(&Comment::content, content));
  };
  CHECK(home("example.org", "https://www.EXAMPLE.org/page"));
  CHECK(home("example.org", "http://shop.a.example.org:8080/"));
  CHECK(home("*.example.org", "http://example.org"));
  CHECK_FALSE(home("example.org", "http://notexample.org"));
  CHECK_FALSE(home("example.org", "http://example.org.evil.example.net"));
  CHECK_FALSE(home("shop.example.org", "http://example.org"));
  CHECK(text("casino.example.com", "see <a href=\"https://casino.example.com/win\">this</a>"));
  CHECK(text("casino.example.com", "[url=http://www.casino.example.com]x[/url]"));
  CHECK(text("*.xyz", "http://any.thing.xyz/a"));
  CHECK(text("casino*.com", "http://play.casino-77.com/"));
  CHECK(text("*casino*", "http://best-casino.org/"));
  CHECK_FALSE(text("casino*.com", "http://casino.com.example.org/"));
  CHECK(text("b\u00fccher.com", "http://xn--bcher-kva.com/"));
  CHECK(text("xn--bcher-kva.com", "http://b\u00fccher.com/"));
  CHECK_FALSE(text("example.org", "I like example"));
}

TEST_CASE("an address is compared as itself or by its network") {
  const auto from = [](const char* pattern, const char* address) {
    return finds(ListField::kAddress, pattern, with(&Comment::user_ip, address));
  };
  CHECK(from("203.0.113.7", "203.0.113.7"));
  CHECK(from("203.0.113.7", "::ffff:203.0.113.7"));
  CHECK_FALSE(from("203.0.113.7", "203.0.113.70"));
  CHECK(from("203.0.113.0/24", "203.0.113.255"));
  CHECK_FALSE(from("203.0.113.0/24", "203.0.114.0"));
  CHECK(from("203.0.113.*", "203.0.113.9"));
  CHECK(from("10.0.0.0/8", "10.200.3.4"));
  CHECK(from("2001:db8::/32", "2001:db8:1:2::3"));
  CHECK(from("2001:db8:0:1::/64", "2001:DB8:0:1:ffff::1"));
  CHECK_FALSE(from("2001:db8:0:1::/64", "2001:db8:0:2::1"));
  CHECK_FALSE(from("2001:db8::/32", "203.0.113.7"));
  CHECK_FALSE(from("203.0.113.0/24", ""));
  CHECK_FALSE(from("203.0.113.0/24", "unknown"));
}

TEST_CASE("a text is found as whole words, whatever its case, marks or disguise") {
  const auto text = [](const char* pattern, const char* content) {
    return finds(ListField::kText, pattern, with(&Comment::content, content));
  };
  CHECK(text("cheap pills", "Buy CHEAP, pills now"));
  CHECK(text("cheap pills", "cheap pills"));
  CHECK(text("cheap pills", "<p>cheap</p><p>pills</p>"));
  CHECK(text("viagra", "v1agra here"));
  CHECK(text("casino", "c a s i n o for you"));
  CHECK(text("casino", "c\u0430sin\u043e for you"));
  CHECK(text("casino", "\U0001D41C\U0001D41A\U0001D42C\U0001D422\U0001D427\U0001D428"));
  CHECK_FALSE(text("cheap pills", "cheap pillsbury"));
  CHECK_FALSE(text("cheap pills", "cheap and pills"));
  CHECK_FALSE(text("casino", "the casinos of the town"));
  CHECK(text("casino*", "the casinos of the town"));
  CHECK_FALSE(text("casino*", "an online-gamecasino"));
  CHECK(text("*casino", "an onlinecasino"));
  CHECK(text("*casino*", "onlinecasino777"));
  CHECK(text("buy * pills", "now buy cheap pills"));
  CHECK_FALSE(text("buy * pills", "now buy very cheap pills"));
  CHECK_FALSE(text("buy * pills", "now buy pills"));
  CHECK(text("cas*no", "cas17no"));
  CHECK_FALSE(text("cas*no", "cas and no"));
  CHECK(text("free * mon*", "mon free of monfree the money"));
  CHECK(text("\u0431\u0435\u0441\u043f\u043b\u0430\u0442\u043d\u043e",
             "\u0411\u0415\u0421\u041f\u041b\u0410\u0422\u041d\u041e!"));
  CHECK(text("\u52a0\u5fae\u4fe1", "\u8bf7\u52a0\u5fae\u4fe1\u8054\u7cfb"));
  CHECK(text("\u52a0\u5fae\u4fe1", "\u8bf7\u52a0 \u5fae.\u4fe1"));
  CHECK_FALSE(text("\u52a0\u5fae\u4fe1", "\u52a0\u4fe1\u5fae"));
  CHECK(text("\u0643\u0627\u0632\u064a\u0646\u0648",
             "\u0623\u0641\u0636\u0644 \u0643\u0627\u0632\u064a\u0646\u0648"));
  CHECK_FALSE(text("casino", ""));
}

TEST_CASE("an entry holds for its site, and until it expires") {
  const Comment comment = with(&Comment::author, "Anna Berg");
  const Lists here({entry(1, ListKind::kBlock, ListField::kAuthor, "Anna Berg", 7)});
  CHECK(is_blocked(here, comment, 7));
  CHECK_FALSE(is_blocked(here, comment, 8));
  const Lists everywhere({entry(1, ListKind::kBlock, ListField::kAuthor, "Anna Berg")});
  CHECK(is_blocked(everywhere, comment, 8));
  const Lists passing({entry(1, ListKind::kBlock, ListField::kAuthor, "Anna Berg", 0, kNow)});
  CHECK(is_blocked(passing, comment, 1, kNow - 1));
  CHECK_FALSE(is_blocked(passing, comment, 1, kNow));
}

TEST_CASE("of several entries of a list the oldest that holds is named") {
  const Comment comment = with(&Comment::author, "Anna Berg");
  const Lists lists({entry(9, ListKind::kBlock, ListField::kAuthor, "Anna*"),
                     entry(3, ListKind::kBlock, ListField::kAuthor, "Anna Berg", 2),
                     entry(5, ListKind::kBlock, ListField::kAuthor, "*Berg", 0, kNow),
                     entry(6, ListKind::kBlock, ListField::kAuthor, "anna berg"),
                     entry(7, ListKind::kAllow, ListField::kAuthor, "*nna Ber*")});
  const ListMatches found = lists.find({1, kNow, {}}, Features(comment));
  REQUIRE(found.block);
  CHECK(found.block->id == 6);
  REQUIRE(found.allow);
  CHECK(found.allow->id == 7);
  CHECK(lists.find({2, kNow, {}}, Features(comment)).block->id == 3);
}

// The verdict on a comment whose other signals sum to `others`.
Verdict decided(const Lists& lists, double others, const Thresholds& thresholds) {
  const Comment comment = with(&Comment::author, "Anna Berg");
  std::vector<Signal> signals = {{"others", others, ""}};
  lists.judge({1, kNow, thresholds}, Features(comment), signals);
  return score(std::move(signals), thresholds);
}

TEST_CASE("a list decides, whatever the others say: blocked is spam, allowed is ham, and allow goes before") {
  const ListEntry blocked = entry(1, ListKind::kBlock, ListField::kAuthor, "Anna Berg", 1),
                  allowed = entry(2, ListKind::kAllow, ListField::kAuthor, "Anna Berg");
  const Lists block_list({blocked}), allow_list({allowed}), both({blocked, allowed});
  for (const Thresholds& thresholds : {Thresholds{}, Thresholds{0.3853, 0.943, 0.998},
                                       Thresholds{0.2, 0.5, 0.500001}, Thresholds{0.5, 0.9, 1}})
    for (const double others : {-25.0, -6.0, 0.0, 1.0, 40.0}) {
      CAPTURE(others);
      CAPTURE(thresholds.discard);
      const Verdict block_verdict = decided(block_list, others, thresholds);
      CHECK(block_verdict.is_spam());
      if (thresholds.discard > 0.6 && others < 2) CHECK(block_verdict.outcome == Outcome::kSpam);
      CHECK(decided(allow_list, others, thresholds).outcome == Outcome::kHam);
      CHECK(decided(both, others, thresholds).outcome == Outcome::kHam);
    }
  const Verdict verdict = decided(both, 0, {});
  REQUIRE(verdict.signals.size() == 3);
  CHECK(verdict.signals[0].id == "list.allow");
  CHECK(verdict.signals[0].detail ==
        "on the allow list of all sites: author \"Anna Berg\", which goes before the block list");
  CHECK(verdict.signals[1].id == "list.block");
  CHECK(verdict.signals[1].detail == "on the site's block list: author \"Anna Berg\"");
  CHECK(decided(block_list, 50, {}).signals[1].points == 1);
  CHECK(decided(allow_list, -50, {}).signals[1].points == -1);
  CHECK(decided(block_list, -160, {}).outcome == Outcome::kHam);  // of an administrator of the site
}

TEST_CASE("what no list has gets no signal, and a pattern that cannot be read finds nothing") {
  const Lists lists({entry(1, ListKind::kBlock, ListField::kAuthor, "*"),
                     entry(2, ListKind::kBlock, ListField::kText, "casino")});
  CHECK(lists.size() == 1);
  std::vector<Signal> signals;
  const Comment comment = with(&Comment::content, "hello");
  lists.judge({1, kNow, {}}, Features(comment), signals);
  CHECK(signals.empty());
}

TEST_CASE("lists made from older ones find what lists made anew find") {
  std::vector<ListEntry> entries;
  for (std::int64_t id = 1; id <= 50; ++id)
    entries.push_back(entry(id, ListKind::kBlock, ListField::kText, "word" + std::to_string(id) + " here"));
  const Lists first(entries);
  entries.erase(entries.begin() + 10, entries.begin() + 20);
  entries.push_back(entry(60, ListKind::kBlock, ListField::kText, "another one"));
  const Lists second(entries, &first);
  CHECK(second.size() == 41);
  for (int id = 1; id <= 50; ++id) {
    const Comment comment = with(&Comment::content, "word" + std::to_string(id) + " here");
    CHECK(is_blocked(second, comment) == (id <= 10 || id > 20));
  }
  CHECK(is_blocked(second, with(&Comment::content, "another one")));
}

// The slow way: each entry by itself.
TEST_CASE("what the index finds is what each pattern finds by itself") {
  std::mt19937 random(7);
  const auto word = [&] {
    std::string out;
    for (std::size_t n = 2 + random() % 4; n > 0; --n) out += static_cast<char>('a' + random() % 2);
    return out;
  };
  for (int round = 0; round < 300; ++round) {
    std::string content, pattern;
    for (int i = 0; i < 8; ++i) content += word() + " ";
    for (std::size_t n = 1 + random() % 3; n > 0; --n) {
      std::string part = word() + word();
      if (random() % 2 == 0) part.insert(random() % (part.size() + 1), "*");
      pattern += (pattern.empty() ? "" : " ") + part;
    }
    const Result<ListPattern> read = read_list_pattern(ListField::kText, pattern);
    if (!read) continue;
    const std::string text = list_text(content);
    bool expected = false;
    // Every part of the text that begins with a blank and ends with one.
    for (std::size_t begin = 0; begin < text.size(); ++begin)
      for (std::size_t end = begin + 2; end <= text.size(); ++end) {
        if (text[begin] != ' ' || text[end - 1] != ' ') continue;
        const std::string_view part = std::string_view(text).substr(begin, end - begin);
        const bool as_many =
            std::count(part.begin(), part.end(), ' ') == std::count(read->key.begin(), read->key.end(), ' ');
        if (as_many && matches_whole(read->key, part)) expected = true;
      }
    CAPTURE(pattern);
    CAPTURE(content);
    CHECK(is_blocked(Lists({block(ListField::kText, pattern)}), with(&Comment::content, content)) ==
          expected);
  }
}

TEST_CASE("a hundred thousand entries are built and asked") {
  std::vector<ListEntry> entries;
  for (std::int64_t i = 1; i <= 100'000; ++i) {
    const std::string number = std::to_string(i);
    const std::pair<ListField, std::string> kinds[] = {
        {ListField::kEmail, "*@mail" + number + ".example"},
        {ListField::kDomain, "site" + number + ".example"},
        {ListField::kAddress, "2001:db8:" + std::to_string(i % 9000) + "::" + std::to_string(i / 9000)},
        {ListField::kText, "offer number " + number + "*"},
        {ListField::kAuthor, "name" + number + "*"}};
    const auto& [field, pattern] = kinds[i % 5];
    entries.push_back(entry(i, ListKind::kBlock, field, pattern));
  }
  const Lists lists(std::move(entries));
  CHECK(lists.size() == 100'000);
  CHECK(is_blocked(lists, with(&Comment::author_email, "x@mail99995.example")));
  CHECK(is_blocked(lists, with(&Comment::author_url, "http://a.site99996.example/")));
  CHECK(is_blocked(lists, with(&Comment::content, "an Offer, number 999987")));
  CHECK(is_blocked(lists, with(&Comment::author, "Name99999 Smith")));
  CHECK_FALSE(is_blocked(lists, with(&Comment::content, "an offer without number")));
}

TEST_CASE("a text made to be looked at for long is not") {
  std::vector<ListEntry> entries;
  for (std::int64_t i = 1; i <= 200; ++i)
    entries.push_back(entry(i, ListKind::kBlock, ListField::kText, "*cas*cas*x" + std::to_string(i) + "*"));
  const Lists lists(std::move(entries));
  std::string content;
  while (content.size() < 100'000) content += "cas";
  CHECK_FALSE(is_blocked(lists, with(&Comment::content, content)));
  while (content.size() < 200'000) content += " cas";
  CHECK_FALSE(is_blocked(lists, with(&Comment::content, content)));
}

}  // namespace
}  // namespace winnow
