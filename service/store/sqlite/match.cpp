#include "service/store/sqlite/match.h"

#include "service/store/sqlite/search_row.h"

namespace winnow::sqlite {
namespace {

constexpr std::string_view kNothing = "{facet} : \"nothing\"";  // no row has it

// A phrase: its words one behind the other. What is searched has no quotes but those that part words.
std::string phrase_of(std::string_view words) {
  std::string text = "\"";
  for (const char c : words) text += c == '"' ? ' ' : c;
  return text + '"';
}

std::string facet(std::string_view word) {
  return "{facet} : " + phrase_of(word);
}

std::string any_of(const std::vector<std::string>& matches) {
  if (matches.empty()) return std::string(kNothing);
  std::string all;
  for (const std::string& match : matches) all += (all.empty() ? "(" : " OR ") + match;
  return all + ")";
}

std::string_view columns(WordsTerm::In in) {
  switch (in) {
    case WordsTerm::In::kText:
      return "{text} : ";
    case WordsTerm::In::kAuthor:
      return "{author} : ";
    case WordsTerm::In::kEmail:
      return "{email} : ";
    case WordsTerm::In::kPage:
      return "{page} : ";
    case WordsTerm::In::kAnywhere:
      break;
  }
  return "{text author email domain page} : ";
}

struct MatchOf {
  std::string operator()(const WordsTerm& term) const {
    if (is_open(term)) return "";
    const SearchedWords searched = searched_words(term.text);
    std::vector<std::string> matches;
    if (!searched.is_empty) matches.push_back(std::string(columns(term.in)) + phrase_of(searched.words));
    for (const std::string& pseudonym : term.pseudonyms)
      matches.push_back("{email} : " + phrase_of(as_one_word(pseudonym)));
    return matches.size() == 1 ? matches.front() : any_of(matches);
  }
  std::string operator()(const DomainTerm& term) const {
    return "{domain} : " + phrase_of(as_one_word(term.domain));
  }
  std::string operator()(const AddressTerm& term) const {
    std::vector<std::string> matches = {facet(address_facet(term.address))};
    for (const std::string& pseudonym : term.pseudonyms) matches.push_back(facet(address_facet(pseudonym)));
    return matches.size() == 1 ? matches.front() : any_of(matches);
  }
  std::string operator()(const SiteTerm& term) const { return facet(site_facet(term.site)); }
  std::string operator()(const OutcomeTerm& term) const { return facet(outcome_facet(term.outcome)); }
  std::string operator()(const ReasonTerm& term) const { return facet(reason_facet(term.signal)); }
  std::string operator()(const ScoreTerm& term) const {
    std::vector<std::string> parts;
    for (int part = score_part(term.from); part <= score_part(term.to); ++part)
      parts.push_back(facet(score_facet(part)));
    return static_cast<int>(parts.size()) == kScoreParts ? "" : any_of(parts);
  }
  std::string operator()(const TimeTerm&) const { return ""; }
  std::string operator()(const AmongTerm&) const { return ""; }
};

std::string every_row() {
  std::vector<std::string> outcomes;
  for (int outcome = 0; outcome <= static_cast<int>(Outcome::kDiscard); ++outcome)
    outcomes.push_back(facet(outcome_facet(static_cast<Outcome>(outcome))));
  return any_of(outcomes);
}

// A verdict has one outcome and one site: two that are wanted at once find nothing, and FTS5 would walk long
// lists to see that.
bool is_contradiction(const std::vector<SearchTerm>& terms) {
  const OutcomeTerm* outcome = nullptr;
  const SiteTerm* site = nullptr;
  for (const SearchTerm& term : terms) {
    if (term.unwanted) continue;
    if (const auto* another = std::get_if<OutcomeTerm>(&term.what)) {
      if (outcome && outcome->outcome != another->outcome) return true;
      outcome = another;
    }
    if (const auto* another = std::get_if<SiteTerm>(&term.what)) {
      if (site && site->site != another->site) return true;
      site = another;
    }
  }
  return false;
}

}  // namespace

std::string match_of(const std::vector<SearchTerm>& terms, const std::vector<SiteId>& sites) {
  if (is_contradiction(terms)) return std::string(kNothing);
  std::string wanted, unwanted;
  for (const SearchTerm& term : terms) {
    if (term.unwanted && std::holds_alternative<ScoreTerm>(term.what)) continue;  // tenths are too coarse
    const std::string match = std::visit(MatchOf(), term.what);
    if (match.empty()) continue;
    if (term.unwanted)
      unwanted += (unwanted.empty() ? "" : " OR ") + match;
    else
      wanted += (wanted.empty() ? "" : " AND ") + match;
  }
  std::vector<std::string> of_sites;
  of_sites.reserve(sites.size());
  for (const SiteId site : sites) of_sites.push_back(facet(site_facet(site)));
  if ((!wanted.empty() || !unwanted.empty()) && !of_sites.empty())
    wanted += (wanted.empty() ? "" : " AND ") + any_of(of_sites);
  if (unwanted.empty()) return wanted;
  return "(" + (wanted.empty() ? every_row() : wanted) + ") NOT (" + unwanted + ")";
}

std::string text_match(const std::vector<SiteId>& sites, std::uint64_t text_key) {
  std::vector<std::string> matches;
  matches.reserve(sites.size());
  for (const SiteId site : sites) matches.push_back(facet(text_facet(site, text_key)));
  return any_of(matches);
}

bool is_open(const WordsTerm& words) {
  const SearchedWords searched = searched_words(words.text);
  return !searched.is_empty && (words.is_open || searched.is_open);
}

std::string open_match(const WordsTerm& words) {
  return std::string(columns(words.in)) + phrase_of(searched_words(words.text).words) + " *";
}

// FTS5 keeps each segment's words in order on pages of about 4,000 bytes; search_idx has the first of a page
// behind a '0', and the page's number twice, with a bit of its own.
std::int64_t open_bytes(Connection& connection, const WordsTerm& words) {
  constexpr std::int64_t kPage = 4000;
  const std::string searched = searched_words(words.text).words;
  const std::size_t end = searched.find_last_not_of(' ') + 1;
  if (end == 0) return 0;
  const std::size_t begin = searched.find_last_of(' ', end - 1) + 1;
  const std::string first = "0" + searched.substr(begin, end - begin);
  const std::string last = first + "\xff";
  std::int64_t pages = 0;
  for (std::int64_t segment = 0;;) {
    Query next(connection, "SELECT segid FROM search_idx WHERE segid > ? ORDER BY segid LIMIT 1", {segment});
    if (!next.next()) return pages * kPage;
    segment = next.integer(0);
    const auto page_of = [&](std::string_view word) {
      Query page(connection,
                 "SELECT pgno / 2 FROM search_idx WHERE segid = ? AND term <= ? ORDER BY term DESC LIMIT 1",
                 {segment, Blob{word}});
      return page.next() ? page.integer(0) : 0;
    };
    pages += page_of(last) - page_of(first);
  }
}

}  // namespace winnow::sqlite
