// What of a search the table `search` can answer, as an FTS5 expression. Only match.cpp knows that language.
#pragma once

#include <string>

#include "service/store/search.h"
#include "service/store/sqlite/connection.h"

namespace winnow::sqlite {

// The expression for the terms that are words or facets; empty where no term is, and `sites` need none. Words
// that may go on (is_open()) are not in it: open_match() is theirs. A score is matched by tenths.
std::string match_of(const std::vector<SearchTerm>& terms, const std::vector<SiteId>& sites);

// The expression for the comments of any of these sites with this text_key.
std::string text_match(const std::vector<SiteId>& sites, std::uint64_t text_key);

// The last of the words may go on.
bool is_open(const WordsTerm& words);
// The expression for such words.
std::string open_match(const WordsTerm& words);

// About how many bytes of the index FTS5 reads for them, all before it gives the first row.
std::int64_t open_bytes(Connection& connection, const WordsTerm& words);

}  // namespace winnow::sqlite
