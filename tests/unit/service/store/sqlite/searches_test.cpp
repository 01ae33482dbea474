#include "service/store/search.h"

#include <atomic>
#include <thread>

#include "store_on_disk.h"

using namespace winnow;
using namespace winnow::test;

namespace {

using In = WordsTerm::In;

class Searched {
 public:
  Searched() : store(open_store(directory)), site(add_site(*store, "example.org")) {}

  StoredVerdict verdict(unsigned number, std::string content) {
    StoredVerdict made = verdict_of(number, site);
    made.comment = {};
    made.comment.content = std::move(content);
    return made;
  }
  void put(const StoredVerdict& made) { REQUIRE(store->put_verdict(made).ok()); }
  void put(unsigned number, std::string content) { put(verdict(number, std::move(content))); }
  void index() {
    for (;;) {
      const auto indexed = store->index_verdicts(7);
      REQUIRE(indexed.ok());
      if (*indexed == 0) return;
    }
  }

  // Numbers of what is found, newest first, as "3 1".
  std::string find(std::vector<SearchTerm> terms, Tab tab = Tab::kAll,
                   std::optional<std::vector<SiteId>> sites = std::nullopt) {
    VerdictSearch search;
    search.tab = tab;
    search.sites = std::move(sites);
    search.terms = std::move(terms);
    std::string found;
    for (std::int64_t before = 0;;) {
      const auto page = store->search(search, before, 2);
      if (!page) return page.error().field;
      for (const ShownVerdict& shown : page->verdicts)
        found += (found.empty() ? "" : " ") + std::to_string(std::stoul(shown.verdict.id, nullptr, 16));
      if (!page->next) return found;
      before = *page->next;
    }
  }
  std::string words(const char* text, In in = In::kAnywhere, bool is_open = false) {
    return find({{WordsTerm{in, text, is_open}}});
  }

  Directory directory;
  std::unique_ptr<SqliteStore> store;
  SiteId site;
};

SearchTerm no(SearchTerm term) {
  term.unwanted = true;
  return term;
}

}  // namespace

TEST_CASE("words are found whatever their case, accents and disguise, and in all scripts") {
  Searched desk;
  desk.put(1, "Caf\u00e9 cr\u00e8me in Z\u00fcrich");
  desk.put(2, "buy v1agra and p\u0430yp\u0430l now");
  desk.put(3, "\u4f60\u597d\u4e16\u754c, hello");
  desk.put(4, "\u0928\u092e\u0938\u094d\u0924\u0947 \u0926\u0941\u0928\u093f\u092f\u093e");
  desk.put(5, "nothing of that");
  CHECK(desk.words("cafe") == "");  // before it is indexed
  desk.index();
  CHECK(desk.words("cafe") == "1");
  CHECK(desk.words("CAF\u00c9") == "1");
  CHECK(desk.words("creme in zurich") == "1");
  CHECK(desk.words("in creme") == "");
  CHECK(desk.words("viagra") == "2");
  CHECK(desk.words("paypal") == "2");
  CHECK(desk.words("\u597d\u4e16") == "3");
  CHECK(desk.words("\u4f60\u597d\u4e16\u754c") == "3");
  CHECK(desk.words("\u4e16") == "3");
  CHECK(desk.words("\u754c") == "3");
  CHECK(desk.words("\u754c, hello") == "3");
  CHECK(desk.words("\u754c\u4e16") == "");
  CHECK(desk.words("\u0928\u092e\u0938\u094d\u0924\u0947") == "4");
  CHECK(desk.words("\u0928\u092e\u0938\u094d\u0924\u0940") == "");
  CHECK(desk.words("noth", In::kAnywhere, true) == "5");
  CHECK(desk.words("noth") == "");
  CHECK(desk.words("nothing o", In::kAnywhere, true) == "5");
}

TEST_CASE("each field is searched alone, or all together") {
  Searched desk;
  StoredVerdict made = desk.verdict(1, "see <a href='https://shop.pills.example/x'>here</a>");
  made.comment.author = "Ann Author";
  made.comment.author_email = "ann.m@mail.example";
  made.comment.author_url = "https://home.example";
  made.comment.permalink = "https://example.org/2026/growing-tomatoes";
  made.comment.post_title = "Tomatoes at home";
  made.comment.user_ip = "2001:DB8::1";
  desk.put(made);
  desk.put(2, "author mail tomatoes pills example");
  desk.index();
  CHECK(desk.words("author") == "2 1");
  CHECK(desk.words("author", In::kText) == "2");
  CHECK(desk.words("author", In::kAuthor) == "1");
  CHECK(desk.words("ann.m@mail.example", In::kEmail) == "1");
  CHECK(desk.words("mail", In::kAuthor) == "");
  CHECK(desk.words("growing tomatoes", In::kPage) == "1");
  CHECK(desk.words("tomatoes at", In::kPage) == "1");
  CHECK(desk.words("pills") == "2 1");
  CHECK(desk.find({{DomainTerm{"pills.example"}}}) == "1");
  CHECK(desk.find({{DomainTerm{"shop.pills.example"}}}) == "1");
  CHECK(desk.find({{DomainTerm{"home.example"}}}) == "1");
  CHECK(desk.find({{DomainTerm{"ills.example"}}}) == "");
  CHECK(desk.find({{DomainTerm{"example"}}}) == "1");  // a label
  CHECK(desk.find({{AddressTerm{"2001:db8:0::1"}}}) == "1");
  CHECK(desk.find({{AddressTerm{"2001:db8::2"}}}) == "");
}

TEST_CASE("what was answered, why, when and how surely narrows a search, and what must not hold, too") {
  Searched desk;
  for (unsigned number = 1; number <= 4; ++number) {
    StoredVerdict made = desk.verdict(number, "the same words");
    made.verdict.outcome = static_cast<Outcome>(number - 1);
    made.verdict.score = number * 0.2;
    made.verdict.signals = {{number % 2 == 0 ? "links.many" : "links_many", 1, ""}};
    made.at = 1'700'000'000'000 + number * 86'400'000;
    desk.put(made);
  }
  desk.index();
  CHECK(desk.find({{OutcomeTerm{Outcome::kSpam}}}) == "3");
  CHECK(desk.find({no({OutcomeTerm{Outcome::kSpam}})}) == "4 2 1");
  CHECK(desk.find({{OutcomeTerm{Outcome::kSpam}}, {OutcomeTerm{Outcome::kSpam}}}) == "3");
  CHECK(desk.find({{OutcomeTerm{Outcome::kSpam}}, {OutcomeTerm{Outcome::kHam}}}) == "");
  CHECK(desk.find({{OutcomeTerm{Outcome::kSpam}}, no({OutcomeTerm{Outcome::kHam}})}) == "3");
  CHECK(desk.find({{ReasonTerm{"links.many"}}}) == "4 2");
  CHECK(desk.find({{ReasonTerm{"links_many"}}}) == "3 1");
  CHECK(desk.find({{ReasonTerm{"links"}}}) == "");
  CHECK(desk.find({{ScoreTerm{0.4, 0.79}}}) == "3 2");
  CHECK(desk.find({{ScoreTerm{0.41, 0.59}}}) == "");
  CHECK(desk.find({no({ScoreTerm{0.4, 0.79}})}) == "4 1");
  CHECK(desk.find({{ScoreTerm{0, 1}}}) == "4 3 2 1");
  const UnixMillis second = 1'700'000'000'000 + 2 * 86'400'000;
  CHECK(desk.find({{TimeTerm{second, second + 86'400'000}}}) == "2");
  CHECK(desk.find({{TimeTerm{second, second + 86'400'001}}}) == "3 2");
  CHECK(desk.find({no({TimeTerm{second, second + 1}})}) == "4 3 1");
  CHECK(desk.find({{WordsTerm{In::kAnywhere, "same", false}}, no({ReasonTerm{"links.many"}})}) == "3 1");
  CHECK(desk.find({no({WordsTerm{In::kAnywhere, "same", false}})}) == "");
  CHECK(desk.find({no({WordsTerm{In::kAnywhere, "other", false}})}) == "4 3 2 1");
  CHECK(desk.find({no({WordsTerm{In::kAnywhere, "sa", true}})}) == "");
  CHECK(desk.find({no({WordsTerm{In::kAnywhere, "so", true}})}) == "4 3 2 1");
  CHECK(desk.find({{AmongTerm{{2, 3, 99}}}}) == "3 2");
  CHECK(desk.find({no({AmongTerm{{2, 3, 99}}})}) == "4 1");
  CHECK(desk.find({{WordsTerm{In::kAnywhere, "same", false}}}, Tab::kDiscard) == "4");
  CHECK(desk.find({{AmongTerm{{2, 3}}}}, Tab::kUnsure) == "2");
}

TEST_CASE("sites are a border: what is of others is not found, by whatever way") {
  Searched desk;
  const SiteId other = add_site(*desk.store, "other.example"), third = add_site(*desk.store, "third.example");
  for (unsigned number = 1; number <= 6; ++number) {
    StoredVerdict made = desk.verdict(number, "the same words");
    made.site = number % 3 == 0 ? desk.site : number % 3 == 1 ? other : third;
    made.verdict.outcome = Outcome::kSpam;
    desk.put(made);
  }
  desk.index();
  const std::vector<SiteId> two = {desk.site, other};
  const std::vector<std::vector<SearchTerm>> ways = {{},
                                                     {{WordsTerm{In::kAnywhere, "same", false}}},
                                                     {{WordsTerm{In::kAnywhere, "sa", true}}},
                                                     {no({WordsTerm{In::kAnywhere, "other", false}})},
                                                     {{OutcomeTerm{Outcome::kSpam}}},
                                                     {{ScoreTerm{0.5, 1}}},
                                                     {{TimeTerm{0, 2'000'000'000'000}}},
                                                     {{AmongTerm{{1, 2, 3, 4, 5, 6}}}}};
  for (const std::vector<SearchTerm>& way : ways) {
    CAPTURE(&way - ways.data());
    for (const Tab tab : {Tab::kAll, Tab::kSpam}) {
      CHECK(desk.find(way, tab) == "6 5 4 3 2 1");
      CHECK(desk.find(way, tab, two) == "6 4 3 1");
      CHECK(desk.find(way, tab, std::vector<SiteId>{third}) == "5 2");
      CHECK(desk.find(way, tab, std::vector<SiteId>{}) == "");
    }
    std::vector<SearchTerm> of_site = way;
    of_site.push_back({SiteTerm{third}});
    CHECK(desk.find(of_site) == "5 2");
    CHECK(desk.find(of_site, Tab::kAll, two) == "");
    of_site.back().unwanted = true;
    CHECK(desk.find(of_site) == "6 4 3 1");
    VerdictSearch counted;
    counted.sites = two;
    counted.terms = way;
    const auto counts = desk.store->count_tabs(counted, 0);
    REQUIRE(counts.ok());
    CHECK(counts->complete);
    CHECK(counts->tabs[static_cast<std::size_t>(Tab::kSpam)] == 4);
    CHECK(counts->tabs[static_cast<std::size_t>(Tab::kAll)] == 4);
    CHECK(desk.store->count_tabs(counted, 3)->tabs[static_cast<std::size_t>(Tab::kAll)] == 2);
  }
}

TEST_CASE("nothing that is typed is an error of the index, or finds what is not its own") {
  Searched desk;
  desk.put(1, "plain AND words NOT here facet s1 o2 p9");
  desk.index();
  for (const char* hostile : {"\"",
                              "\"\"",
                              "*",
                              "a* b",
                              "NEAR(a b)",
                              "AND",
                              "NOT",
                              "OR",
                              "(",
                              "{text}",
                              "facet:s1",
                              "^plain",
                              "-",
                              "a-b",
                              "'; DROP TABLE verdict; --",
                              "plain\" OR \"x",
                              "\\",
                              "%",
                              "_",
                              "\u0301",
                              "\u202e",
                              "facet : \"s1\"",
                              "s1 o2",
                              "+",
                              "\xF0\x9F\x94\xA5",
                              "a AND",
                              "search",
                              "rank:x"}) {
    CAPTURE(hostile);
    for (const bool is_open : {false, true}) {
      VerdictSearch search;
      search.terms = {{WordsTerm{In::kAnywhere, hostile, is_open}}};
      const auto found = desk.store->search(search, 0, 10);
      REQUIRE(found.ok());
      search.terms[0].unwanted = true;
      const auto not_found = desk.store->search(search, 0, 10);
      REQUIRE(not_found.ok());
      CHECK(found->verdicts.size() + not_found->verdicts.size() == 1);
    }
  }
  CHECK(desk.words("o4") == "");  // a facet is no word
  CHECK(desk.words("words not") == "1");
  CHECK(desk.find({{ReasonTerm{"\" OR \"o2"}}}) == "");
  CHECK(desk.find({{AddressTerm{"\" OR *"}}}) == "");
  CHECK(desk.find({{DomainTerm{"\" OR *"}}}) == "");
}

TEST_CASE("pages have neither gaps nor repeats while new ones come in") {
  Searched desk;
  std::vector<StoredVerdict> first;
  for (unsigned number = 1; number <= 300; ++number) {
    first.push_back(desk.verdict(number, number % 3 == 0 ? "cheap watches" : "good words"));
    first.back().verdict.outcome = number % 2 == 0 ? Outcome::kSpam : Outcome::kHam;
  }
  REQUIRE(desk.store->put_verdicts(first).ok());
  desk.index();
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (unsigned number = 1001; !done && number < 3000; ++number) {
      if (!desk.store->put_verdict(desk.verdict(number, "cheap watches")).ok()) return;
      if (!desk.store->index_verdicts(50).ok()) return;
    }
  });
  for (const bool by_words : {false, true}) {
    VerdictSearch search;
    search.tab = Tab::kSpam;
    if (by_words) search.terms = {{WordsTerm{In::kText, "watches", false}}};
    std::vector<unsigned> seen;
    for (std::int64_t before = 301;;) {
      const auto page = desk.store->search(search, before, 7);
      REQUIRE(page.ok());
      for (const ShownVerdict& shown : page->verdicts)
        seen.push_back(static_cast<unsigned>(std::stoul(shown.verdict.id, nullptr, 16)));
      if (!page->next) break;
      before = *page->next;
    }
    std::vector<unsigned> expected;
    for (unsigned number = 300; number >= 1; --number)
      if (number % 2 == 0 && (!by_words || number % 3 == 0)) expected.push_back(number);
    CHECK(seen == expected);
  }
  done = true;
  writer.join();
}

TEST_CASE(
    "a deleted comment is gone from table and index with all that was judged of it, and its number may come "
    "again") {
  Searched desk;
  desk.put(1, "keep these words");
  desk.put(2, "delete these words");
  StoredVerdict again = desk.verdict(3, "delete these words");
  again.supersedes = id_of(2);
  desk.put(again);
  desk.index();
  CHECK(desk.words("these") == "3 1");
  const auto gone = desk.store->delete_verdicts({id_of(2), id_of(77), "nonsense"});
  REQUIRE(gone.ok());
  CHECK(*gone == std::vector<std::string>{id_of(2)});
  CHECK_FALSE(desk.store->find_verdict(id_of(2))->has_value());
  CHECK_FALSE(desk.store->find_verdict(id_of(3))->has_value());
  CHECK(desk.words("these") == "1");
  CHECK_FALSE(desk.store->index_state()->is_behind());
  desk.put(4, "other content");
  desk.index();
  CHECK(desk.words("delete") == "");
  CHECK(desk.words("other") == "4");
  // Not yet indexed, and the newest.
  desk.put(5, "delete early");
  REQUIRE(desk.store->delete_verdicts({id_of(5)}).ok());
  desk.put(6, "after that");
  desk.index();
  CHECK(desk.words("early") == "");
  CHECK(desk.words("after") == "6");
}

TEST_CASE("many who index at once index each verdict once") {
  Searched desk;
  std::vector<StoredVerdict> many;
  for (unsigned number = 1; number <= 200; ++number) many.push_back(desk.verdict(number, "some words"));
  REQUIRE(desk.store->put_verdicts(many).ok());
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { desk.index(); });
  for (std::thread& thread : threads) thread.join();
  const auto counts = desk.store->day_counts({{}, 0, 100'000});
  REQUIRE(counts.ok());
  REQUIRE(counts->size() == 1);
  CHECK(counts->front().outcomes[static_cast<std::size_t>(Outcome::kSpam)] == 200);
  REQUIRE(desk.store->delete_verdicts({id_of(7)}).ok());
  VerdictSearch search;
  search.terms = {{WordsTerm{In::kText, "words", false}}};
  CHECK(desk.store->count_tabs(search, 0)->tabs[static_cast<std::size_t>(Tab::kAll)] == 199);
}

TEST_CASE("days count each comment once, as it was judged last, and what was reported of reasons") {
  Searched desk;
  const SiteId other = add_site(*desk.store, "other.example");
  constexpr UnixMillis kDay = 86'400'000;
  const auto put = [&](unsigned number, SiteId site, std::int64_t day, Outcome outcome, const char* reason,
                       unsigned supersedes = 0) {
    StoredVerdict made = desk.verdict(number, "some words");
    made.site = site;
    made.at = day * kDay + 5;
    made.verdict.outcome = outcome;
    made.verdict.signals = {{reason, 1, ""}, {"text.model", 1, ""}};
    if (supersedes != 0) made.supersedes = id_of(supersedes);
    desk.put(made);
  };
  put(1, desk.site, 20'000, Outcome::kHam, "links.one");
  put(2, desk.site, 20'001, Outcome::kSpam, "links.many", 1);
  put(3, other, 20'001, Outcome::kUnsure, "links.one");
  desk.index();
  FeedbackEvent event = event_of(11, desk.site, Label::kHam);
  event.verdict_id = id_of(2);
  event.at = 20'003 * kDay;
  event.corrects = true;
  REQUIRE(desk.store->put_feedback(event).ok());

  const auto all = *desk.store->day_counts({{}, 20'000, 20'003});
  REQUIRE(all.size() == 3);
  CHECK(all[0].day == 20'000);
  CHECK(all[0].outcomes == std::array<std::int64_t, 4>{0, 0, 1, 0});
  CHECK(all[1].outcomes == std::array<std::int64_t, 4>{0, 1, 0, 0});
  CHECK(all[2].wrongly_flagged == 1);
  CHECK(desk.store->day_counts({{{other}}, 20'000, 20'003})->size() == 1);
  const auto hits = [&](const char* signal) {
    const auto reasons = desk.store->reason_counts({{}, 20'000, 20'003});
    REQUIRE(reasons.ok());
    for (const ReasonCounts& each : *reasons)
      if (each.signal == signal) return each;
    return ReasonCounts{};
  };
  CHECK(hits("links.one").hits == 1);
  CHECK(hits("links.many").hits == 1);
  CHECK(hits("text.model").hits == 2);
  CHECK(hits("links.many").reported_ham == 1);
  REQUIRE(desk.store->withdraw_feedback(id_of(11), {1, 0, ""}).ok());
  CHECK(hits("links.many").reported_ham == 0);
}
