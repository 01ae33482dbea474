// A row of the table `search`: the words of a comment (service/store/search_text.h), and facets, which are
// words too: what was known when it was judged and never changes.
#pragma once

#include <string>
#include <string_view>

#include "service/store/search_text.h"
#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace winnow::sqlite {

struct SearchRow {
  std::int64_t seq = 0;
  SearchText words;
  std::string facet;
};
SearchRow search_row(std::int64_t seq, const StoredVerdict& verdict);

// On the writer's connection. remove() of a row that is there takes the very words that it was made of.
void add_search_row(Connection& connection, const SearchRow& row);
void remove_search_row(Connection& connection, const SearchRow& row);

std::string site_facet(SiteId site);
std::string outcome_facet(Outcome outcome);
std::string reason_facet(std::string_view signal);
std::string address_facet(std::string_view address);
inline constexpr int kScoreParts = 10;
int score_part(double score);  // 0 to kScoreParts - 1
std::string score_facet(int part);
// Of a site's comments with this text_key.
std::string text_facet(SiteId site, std::uint64_t text_key);

// The verdict.seq up to which `search` has all verdicts but tests.
std::int64_t indexed_up_to(Connection& connection);

}  // namespace winnow::sqlite
