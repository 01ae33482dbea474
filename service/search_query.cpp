#include "service/search_query.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "classifier/links.h"
#include "classifier/pseudonym.h"
#include "classifier/unicode.h"
#include "service/alike.h"
#include "service/concealment.h"
#include "service/store/search_text.h"

namespace winnow {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::size_t kFewestOpen = 2;  // characters before a *
constexpr std::size_t kMostAlike = 200;
constexpr UnixMillis kMillisPerDay = 86'400'000;
// Days outside of 1970 to 9999 are no times of verdicts.
constexpr UnixMillis kEndOfTime = 253'402'300'800'000;

// A term as it is written: -field:"value"*
struct Written {
  bool unwanted = false;
  std::string_view field;  // empty: none
  std::string_view value;  // without quotes and the * behind it
  bool is_open = false;
};

using Term = decltype(SearchTerm::what);
// What a field's value means; the message of an error ends the sentence "Term 3 cannot be read: ".
using Reader = Result<Term> (*)(const Services& services, const VerdictSearch& search,
                                const Written& written);

Error unreadable(std::string why) {
  return {ErrorKind::kInvalid, std::move(why), "q"};
}

Result<Term> read_words(WordsTerm::In in, const Written& written) {
  if (searched_words(written.value).is_empty) return unreadable("it has no letter or digit to look for");
  const SearchedWords searched = searched_words(written.value);
  const std::size_t last = searched.words.find_last_of(' ') + 1;
  std::size_t characters = 0;
  for (std::size_t pos = last; pos < searched.words.size(); ++characters)
    next_code_point(searched.words, pos);
  if (written.is_open && !searched.is_open && characters < kFewestOpen)
    return unreadable("a * takes two characters before it");
  return Term(WordsTerm{in, std::string(written.value), written.is_open});
}

template <WordsTerm::In in>
Result<Term> words(const Services&, const VerdictSearch&, const Written& written) {
  return read_words(in, written);
}

// What is typed may be a clear address, which is kept as a pseudonym, or a pseudonym that the desk shows.
std::vector<std::string> pseudonyms_of(const Services& services, std::string_view typed,
                                       std::vector<std::string> (Concealment::*of_clear)(std::string_view)
                                           const) {
  if (const std::optional<Pseudonym> pseudonym = Pseudonym::parse(typed)) return {pseudonym->name()};
  return services.concealment ? (services.concealment->*of_clear)(typed) : std::vector<std::string>();
}

Result<Term> email(const Services& services, const VerdictSearch&, const Written& written) {
  Result<Term> term = read_words(WordsTerm::In::kEmail, written);
  if (term)
    std::get<WordsTerm>(*term).pseudonyms =
        pseudonyms_of(services, written.value, &Concealment::email_pseudonyms);
  return term;
}

Result<Term> domain(const Services&, const VerdictSearch&, const Written& written) {
  const std::string host = parse_url(written.value).host;
  return Term(DomainTerm{host.empty() ? fold(written.value) : fold(host)});
}

Result<Term> address(const Services& services, const VerdictSearch&, const Written& written) {
  return Term(AddressTerm{std::string(written.value),
                          pseudonyms_of(services, written.value, &Concealment::address_pseudonyms)});
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

Result<Term> site(const Services& services, const VerdictSearch& search, const Written& written) {
  std::optional<SiteId> id;
  if (is_number(written.value)) {
    SiteId number = 0;
    std::from_chars(written.value.data(), written.value.data() + written.value.size(), number);
    const Result<Site> found = services.store.site(number);
    if (found) id = found->id;
    if (!found && found.error().kind != ErrorKind::kNotFound) return found.error();
  } else if (const Result<std::string> url = canonical_site(written.value); url) {
    const Result<std::optional<Site>> found = services.store.find_site(*url);
    if (!found) return found.error();
    if (found->has_value()) id = (*found)->id;
  }
  const bool may_see = id && (!search.sites || std::ranges::find(*search.sites, *id) != search.sites->end());
  if (!may_see) return unreadable("there is no such site");
  return Term(SiteTerm{*id});
}

Result<Term> outcome(const Services&, const VerdictSearch&, const Written& written) {
  for (const Outcome each : {Outcome::kHam, Outcome::kUnsure, Outcome::kSpam, Outcome::kDiscard})
    if (to_string(each) == written.value) return Term(OutcomeTerm{each});
  return unreadable("an outcome is ham, unsure, spam or discard");
}

Result<Term> reason(const Services&, const VerdictSearch&, const Written& written) {
  return Term(ReasonTerm{std::string(written.value)});
}

// "from..to"; without dots both are the same.
std::pair<std::string_view, std::string_view> ends_of(std::string_view range) {
  const std::size_t dots = range.find("..");
  if (dots == std::string_view::npos) return {range, range};
  return {range.substr(0, dots), range.substr(dots + 2)};
}

// `fallback` for an empty text; none for what is no score.
std::optional<double> score_of(std::string_view text, double fallback) {
  if (text.empty()) return fallback;
  double score = -1;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), score);
  if (failed != std::errc() || end != text.data() + text.size() || !(score >= 0 && score <= 1))
    return std::nullopt;
  return score;
}

Result<Term> score(const Services&, const VerdictSearch&, const Written& written) {
  const auto [from, to] = ends_of(written.value);
  const std::optional<double> low = score_of(from, 0), high = score_of(to, 1);
  if (!low || !high || *low > *high) return unreadable("a score is written 0.5..0.9, from 0 to 1");
  return Term(ScoreTerm{*low, *high});
}

// The first millisecond of "2026-01-31".
std::optional<UnixMillis> day_of(std::string_view text) {
  using namespace std::chrono;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::array<std::string_view, 3> parts = {text.substr(0, 4), text.substr(5, 2), text.substr(8, 2)};
  std::array<int, 3> numbers{};
  for (std::size_t i = 0; i < 3; ++i) {
    if (!is_number(parts[i])) return std::nullopt;
    std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), numbers[i]);
  }
  const year_month_day date{year{numbers[0]}, month{static_cast<unsigned>(numbers[1])},
                            day{static_cast<unsigned>(numbers[2])}};
  if (!date.ok() || numbers[0] < 1970) return std::nullopt;
  return sys_days(date).time_since_epoch().count() * kMillisPerDay;
}

Result<Term> date(const Services&, const VerdictSearch&, const Written& written) {
  const auto [from, to] = ends_of(written.value);
  const std::optional<UnixMillis> since = from.empty() ? 0 : day_of(from);
  const std::optional<UnixMillis> last = to.empty() ? kEndOfTime : day_of(to);
  if (!since || !last || *since > *last || written.value == "..")
    return unreadable("a date is written 2026-01-01..2026-01-31");
  return Term(TimeTerm{*since, to.empty() ? kEndOfTime : *last + kMillisPerDay});
}

Result<Term> like(const Services& services, const VerdictSearch& search, const Written& written) {
  const Result<std::optional<StoredVerdict>> found = services.store.find_verdict(written.value);
  if (!found) return found.error();
  const bool may_see =
      found->has_value() &&
      (!search.sites || std::ranges::find(*search.sites, (*found)->site) != search.sites->end());
  if (!may_see) return unreadable("there is no verdict with this id");
  const Result<std::vector<AlikeVerdict>> verdicts =
      alike(services, search.sites, (*found)->comment, kMostAlike);
  if (!verdicts) return verdicts.error();
  AmongTerm among;
  for (const AlikeVerdict& each : *verdicts) among.seqs.push_back(each.shown.seq);
  return Term(std::move(among));
}

constexpr std::pair<std::string_view, Reader> kFields[] = {
    {"text", words<WordsTerm::In::kText>},
    {"author", words<WordsTerm::In::kAuthor>},
    {"email", email},
    {"page", words<WordsTerm::In::kPage>},
    {"domain", domain},
    {"address", address},
    {"site", site},
    {"outcome", outcome},
    {"reason", reason},
    {"score", score},
    {"date", date},
    {"like", like},
};

Reader reader_of(std::string_view field) {
  for (const auto& [name, reader] : kFields)
    if (name == field) return reader;
  return words<WordsTerm::In::kAnywhere>;
}

// Takes the next term off `typed`; what is no known field before a colon is part of the words.
Written take_term(std::string_view& typed) {
  Written written;
  if (typed.size() > 1 && typed.front() == '-' && kBlanks.find(typed[1]) == std::string_view::npos) {
    written.unwanted = true;
    typed.remove_prefix(1);
  }
  const std::size_t colon = typed.find(':');
  for (const auto& [name, reader] : kFields)
    if (typed.substr(0, colon) == name && colon != std::string_view::npos) written.field = name;
  if (!written.field.empty()) typed.remove_prefix(colon + 1);
  if (typed.starts_with('"')) {
    const std::size_t end = std::min(typed.find('"', 1), typed.size());
    written.value = typed.substr(1, end - 1);
    typed.remove_prefix(std::min(end + 1, typed.size()));
    written.is_open = typed.starts_with('*');
    typed.remove_prefix(written.is_open ? 1 : 0);
    return written;
  }
  written.value = typed.substr(0, typed.find_first_of(kBlanks));
  typed.remove_prefix(written.value.size());
  if (written.value.ends_with('*')) {
    written.is_open = true;
    written.value.remove_suffix(1);
  }
  return written;
}

}  // namespace

std::optional<std::vector<SiteId>> sites_of(const Person& person) {
  if (person.any_site) return std::nullopt;
  return person.sites;
}

Result<VerdictSearch> read_search(const Services& services, const Person& person, std::string_view typed) {
  if (typed.size() > kMaxQueryBytes)
    return unreadable("A search has at most " + std::to_string(kMaxQueryBytes) + " bytes.");
  const std::string valid = to_valid_utf8(typed);
  typed = valid;
  VerdictSearch search;
  search.sites = sites_of(person);
  for (std::size_t number = 1;; ++number) {
    typed.remove_prefix(std::min(typed.find_first_not_of(kBlanks), typed.size()));
    if (typed.empty()) return search;
    if (number > kMaxQueryTerms)
      return unreadable("A search has at most " + std::to_string(kMaxQueryTerms) + " terms.");
    const Written written = take_term(typed);
    const std::string which = "Term " + std::to_string(number) +
                              (written.field.empty() ? "" : " (" + std::string(written.field) + ":)") +
                              " cannot be read: ";
    if (written.value.empty()) return unreadable(which + "there is nothing to look for.");
    Result<Term> term = reader_of(written.field)(services, search, written);
    if (!term && term.error().kind == ErrorKind::kInvalid)
      return unreadable(which + term.error().message + ".");
    if (!term) return term.error();
    search.terms.push_back({*std::move(term), written.unwanted});
  }
}

}  // namespace winnow
