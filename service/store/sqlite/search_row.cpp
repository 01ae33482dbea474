// Facets: s7 (site), o2 (outcome), p9 (tenth of the score), rtextzdmodel (reason), i192zd0zd2zd1 (address),
// t7x8f14e45fceea167a (site and text).
#include "service/store/sqlite/search_row.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <set>

#include "classifier/network.h"
#include "classifier/pseudonym.h"

namespace winnow::sqlite {

SearchRow search_row(std::int64_t seq, const StoredVerdict& verdict) {
  SearchRow row{seq, search_text(verdict.comment), ""};
  row.facet = site_facet(verdict.site) + ' ' + outcome_facet(verdict.verdict.outcome) + ' ' +
              score_facet(score_part(verdict.verdict.score));
  if (verdict.text_key != 0) row.facet += ' ' + text_facet(verdict.site, verdict.text_key);
  std::set<std::string_view> reasons;
  for (const Signal& signal : verdict.verdict.signals)
    if (reasons.insert(signal.id).second) row.facet += ' ' + reason_facet(signal.id);
  const Comment& comment = verdict.comment;
  const std::string address = comment.concealed ? address_name_of(comment) : comment.user_ip;
  if (!address.empty()) row.facet += ' ' + address_facet(address);
  return row;
}

void add_search_row(Connection& connection, const SearchRow& row) {
  Query(connection,
        "INSERT INTO search (rowid, text, author, email, domain, page, facet) VALUES (?, ?, ?, ?, ?, ?, ?)",
        {row.seq, std::string_view(row.words.text), std::string_view(row.words.author),
         std::string_view(row.words.email), std::string_view(row.words.domain),
         std::string_view(row.words.page), std::string_view(row.facet)})
      .run();
}

void remove_search_row(Connection& connection, const SearchRow& row) {
  Query(connection,
        "INSERT INTO search (search, rowid, text, author, email, domain, page, facet) "
        "VALUES ('delete', ?, ?, ?, ?, ?, ?, ?)",
        {row.seq, std::string_view(row.words.text), std::string_view(row.words.author),
         std::string_view(row.words.email), std::string_view(row.words.domain),
         std::string_view(row.words.page), std::string_view(row.facet)})
      .run();
}

std::string site_facet(SiteId site) {
  return 's' + std::to_string(site);
}

std::string outcome_facet(Outcome outcome) {
  return 'o' + std::to_string(static_cast<int>(outcome));
}

std::string reason_facet(std::string_view signal) {
  return 'r' + as_one_word(signal);
}

std::string address_facet(std::string_view address) {
  const std::optional<IpAddress> parsed = IpAddress::parse(std::string(address));
  return 'i' + as_one_word(parsed ? parsed->text() : address.substr(0, 64));
}

int score_part(double score) {
  return std::clamp(static_cast<int>(score * kScoreParts), 0, kScoreParts - 1);
}

std::string score_facet(int part) {
  return 'p' + std::to_string(part);
}

std::string text_facet(SiteId site, std::uint64_t text_key) {
  char text[64];
  const int length = std::snprintf(text, sizeof text, "t%" PRId64 "x%016" PRIx64, site, text_key);
  return {text, static_cast<std::size_t>(length)};
}

std::int64_t indexed_up_to(Connection& connection) {
  Query state(connection, "SELECT form, indexed FROM search_state");
  return state.next() && state.integer(0) == kSearchForm ? state.integer(1) : 0;
}

}  // namespace winnow::sqlite
