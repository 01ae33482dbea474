#include "service/search_query.h"

#include <doctest/doctest.h>

#include "tests/unit/service/installation.h"

namespace winnow {
namespace {

struct Desk {
  Installation home;
  SiteId site = must(home.store->add_site("example.org", 1)).id;
  SiteId other = must(home.store->add_site("other.example/blog", 1)).id;
  Person owner{1, 0, "ann", Role::kOwner, true, {}};
  Person viewer{2, 0, "vic", Role::kViewer, false, {site}};

  Result<VerdictSearch> read(std::string_view typed) { return read_search(home.services, owner, typed); }
  std::string error(std::string_view typed) {
    const Result<VerdictSearch> search = read(typed);
    if (search) return "";
    CHECK(search.error().field == "q");
    CHECK(search.error().kind == ErrorKind::kInvalid);
    return search.error().message;
  }
};

template <typename Term>
Term only(const Result<VerdictSearch>& search) {
  REQUIRE(search.ok());
  REQUIRE(search->terms.size() == 1);
  REQUIRE(std::holds_alternative<Term>(search->terms[0].what));
  return std::get<Term>(search->terms[0].what);
}

TEST_CASE("words, words that go on, phrases, and fields of both") {
  Desk desk;
  CHECK(desk.read("")->terms.empty());
  CHECK(desk.read("  \t ")->terms.empty());
  CHECK(only<WordsTerm>(desk.read("pills")).text == "pills");
  CHECK_FALSE(only<WordsTerm>(desk.read("pills")).is_open);
  CHECK(only<WordsTerm>(desk.read("pill*")).is_open);
  CHECK(only<WordsTerm>(desk.read("\"cheap pills\"")).text == "cheap pills");
  CHECK(only<WordsTerm>(desk.read("\"cheap pil\"*")).is_open);
  CHECK(only<WordsTerm>(desk.read("\"cheap pills")).text == "cheap pills");
  const auto author = only<WordsTerm>(desk.read("author:\"Ann B\""));
  CHECK(author.in == WordsTerm::In::kAuthor);
  CHECK(author.text == "Ann B");
  // What is no field is a word.
  CHECK(only<WordsTerm>(desk.read("http://pills.example/buy")).text == "http://pills.example/buy");
  CHECK(only<WordsTerm>(desk.read("autor:ann")).text == "autor:ann");
  CHECK(only<WordsTerm>(desk.read("well-known")).text == "well-known");
  CHECK(only<WordsTerm>(desk.read("\u4e16*")).is_open);
}

TEST_CASE("a minus before a term is one that must not hold") {
  Desk desk;
  const auto search = desk.read("-pills -author:ann text:\"-x y\" -outcome:ham");
  REQUIRE(search.ok());
  REQUIRE(search->terms.size() == 4);
  CHECK(search->terms[0].unwanted);
  CHECK(search->terms[1].unwanted);
  CHECK_FALSE(search->terms[2].unwanted);
  CHECK(search->terms[3].unwanted);
}

TEST_CASE("fields that are no words") {
  Desk desk;
  CHECK(only<DomainTerm>(desk.read("domain:Shop.Example.org")).domain == "shop.example.org");
  CHECK(only<DomainTerm>(desk.read("domain:https://www.shop.example/x")).domain == "shop.example");
  CHECK(only<AddressTerm>(desk.read("address:203.0.113.7")).address == "203.0.113.7");
  CHECK(only<SiteTerm>(desk.read("site:https://example.org/")).site == desk.site);
  CHECK(only<SiteTerm>(desk.read("site:" + std::to_string(desk.other))).site == desk.other);
  CHECK(only<OutcomeTerm>(desk.read("outcome:discard")).outcome == Outcome::kDiscard);
  CHECK(only<ReasonTerm>(desk.read("reason:links.many")).signal == "links.many");
  const auto score = only<ScoreTerm>(desk.read("score:0.5..0.9"));
  CHECK(score.from == 0.5);
  CHECK(score.to == 0.9);
  CHECK(only<ScoreTerm>(desk.read("score:..0.9")).from == 0);
  CHECK(only<ScoreTerm>(desk.read("score:0.5..")).to == 1);
  constexpr UnixMillis kDay = 86'400'000;
  const auto dates = only<TimeTerm>(desk.read("date:1970-01-02..1970-01-03"));
  CHECK(dates.since == kDay);
  CHECK(dates.until == 3 * kDay);
  CHECK(only<TimeTerm>(desk.read("date:1970-01-02")).until == 2 * kDay);
  CHECK(only<TimeTerm>(desk.read("date:..1970-01-02")).since == 0);
}

TEST_CASE("a term that cannot be read is told by its number") {
  Desk desk;
  for (const char* bad : {"!!!",
                          "a*",
                          "*",
                          "text:",
                          "text:\"\"",
                          "-text:!",
                          "score:high",
                          "score:0.9..0.5",
                          "score:-1..1",
                          "score:nan",
                          "score:..1.5",
                          "date:yesterday",
                          "date:2026-02-30",
                          "date:2026-13-01",
                          "date:2026-01-02..2026-01-01",
                          "date:..",
                          "date:0001-01-01",
                          "outcome:maybe",
                          "site:nowhere.example",
                          "site:99",
                          "site:99999999999999999999",
                          "site:\"\"",
                          "like:abc",
                          "like:00000000000000000000000000000001",
                          "domain:",
                          "\u0301"}) {
    CAPTURE(bad);
    const std::string message = desk.error("fine " + std::string(bad));
    CHECK(message.starts_with("Term 2 "));
    CHECK(message.ends_with("."));
  }
  CHECK(desk.error("score:high").starts_with("Term 1 (score:) cannot be read: a score is written"));
}

TEST_CASE("a search is bounded, and of foreign bytes") {
  Desk desk;
  std::string many;
  for (int i = 0; i < 32; ++i) many += "w" + std::to_string(i) + " ";
  CHECK(desk.read(many)->terms.size() == 32);
  CHECK(desk.error(many + "one") == "A search has at most 32 terms.");
  CHECK(desk.error(std::string(1001, 'a')) == "A search has at most 1000 bytes.");
  CHECK(desk.read("a\xff\xfe z").ok());
  CHECK(desk.read(std::string_view("a\0b", 3)).ok());
}

TEST_CASE("sites and verdicts of others are as if they were not there") {
  Desk desk;
  const Caller caller = desk.home.caller("other.example/blog");
  CheckRequest request;
  request.comment.content = "some words of a comment";
  REQUIRE(check(desk.home.services, caller, request, std::string(32, 'a')).ok());
  CHECK(desk.read("like:" + std::string(32, 'a')).ok());
  CHECK(desk.read("site:other.example/blog").ok());
  for (const std::string& typed : {"like:" + std::string(32, 'a'), std::string("site:other.example/blog")}) {
    const auto search = read_search(desk.home.services, desk.viewer, typed);
    REQUIRE_FALSE(search.ok());
    CHECK(search.error().kind == ErrorKind::kInvalid);
  }
  CHECK(read_search(desk.home.services, desk.viewer, "word")->sites == std::vector<SiteId>{desk.site});
  CHECK_FALSE(desk.read("word")->sites.has_value());
}

}  // namespace
}  // namespace winnow
