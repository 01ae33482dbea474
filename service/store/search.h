// What the admin pages ask of stored verdicts: pages of a search, counts, what happened by day.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "service/store/store.h"

namespace winnow {

// Where a verdict is shown: under what was answered, or, while a report on it stands, under kReported. Tests,
// and verdicts that a newer one on the same comment replaced, are in no tab.
enum class Tab { kHam, kUnsure, kSpam, kDiscard, kReported, kAll };
inline constexpr std::size_t kTabs = 6;
std::string_view to_string(Tab tab);  // "ham", "unsure", "spam", "discard", "reported", "all"
std::optional<Tab> tab_of(std::string_view name);

// Words one behind the other, whatever their case, accents, and disguise. Empty text finds nothing.
struct WordsTerm {
  enum class In { kAnywhere, kText, kAuthor, kEmail, kPage } in = In::kAnywhere;
  std::string text;                          // as typed
  bool is_open = false;                      // the last word may go on
  std::vector<std::string> pseudonyms = {};  // kEmail: or one of these (Pseudonym::name())
};
struct DomainTerm {  // that the text or the author links to, or a host below it
  std::string domain;
};
struct AddressTerm {  // of the client, as a whole
  std::string address;
  std::vector<std::string> pseudonyms = {};  // or one of these
};
struct SiteTerm {
  SiteId site = 0;
};
struct OutcomeTerm {
  Outcome outcome = Outcome::kHam;
};
struct ReasonTerm {  // a signal that spoke
  std::string signal;
};
struct ScoreTerm {  // both included
  double from = 0;
  double to = 1;
};
struct TimeTerm {  // from `since` until before `until`
  UnixMillis since = 0;
  UnixMillis until = 0;
};
struct AmongTerm {  // one of these
  std::vector<std::int64_t> seqs;
};

struct SearchTerm {
  std::variant<WordsTerm, DomainTerm, AddressTerm, SiteTerm, OutcomeTerm, ReasonTerm, ScoreTerm, TimeTerm,
               AmongTerm>
      what;
  bool unwanted = false;  // it must not hold
};

struct VerdictSearch {
  Tab tab = Tab::kAll;
  std::optional<std::vector<SiteId>> sites;  // of these alone; none: of every site
  std::vector<SearchTerm> terms;             // all must hold
};

// The last report on a comment that stands.
struct StandingReport {
  std::string id;
  Label label = Label::kHam;
  UnixMillis at = 0;
  std::string by;  // FeedbackEvent::reporter
};

// A verdict and what a list says beside it.
struct ShownVerdict {
  std::int64_t seq = 0;  // rises with arrival, with gaps
  StoredVerdict verdict;
  std::string site_url;
  std::optional<StandingReport> report;
  // Reports of the site that stand on comments of the same e-mail address or, without one, the same name; at
  // most kMostCounted of both.
  std::int64_t author_ham = 0;
  std::int64_t author_spam = 0;
};

struct SearchPage {
  std::vector<ShownVerdict> verdicts;  // newest first
  // What `before` is for the next page; none behind the last. A page may hold fewer than were asked for, even
  // none, and have a next one: then the search took long and stopped there.
  std::optional<std::int64_t> next;
};

struct TabCounts {
  static constexpr std::int64_t kMost = 10'000;  // counting a tab ends there

  std::array<std::int64_t, kTabs> tabs{};
  bool complete = true;  // false: there may be more of each, for counting took long or ended
};

// How much of the verdicts search and day counts know.
struct IndexState {
  std::int64_t indexed = 0;  // ShownVerdict::seq up to which all is known
  std::int64_t newest = 0;   // of all that are stored

  bool is_behind() const { return indexed < newest; }
};

// Days since 1970-01-01 UTC, both included.
struct DayRange {
  std::optional<std::vector<SiteId>> sites;  // none: of every site
  std::int64_t first_day = 0;
  std::int64_t last_day = 0;
};

// A comment that was judged again counts once, on the day of its first verdict, as it was judged last.
struct DayCounts {
  std::int64_t day = 0;
  std::array<std::int64_t, 4> outcomes{};  // by Outcome
  std::int64_t wrongly_flagged = 0;        // Tally::false_positives
  std::int64_t missed = 0;                 // Tally::missed_spam
};

struct ReasonCounts {
  std::string signal;
  std::int64_t hits = 0;           // verdicts in which it spoke
  std::int64_t reported_spam = 0;  // reports that stand, on verdicts in which it spoke
  std::int64_t reported_ham = 0;
};

}  // namespace winnow
