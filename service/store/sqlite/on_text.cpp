#include "service/store/sqlite/on_text.h"

#include <algorithm>
#include <bit>

#include "service/store/sqlite/match.h"
#include "service/store/sqlite/search_row.h"

namespace winnow::sqlite {
namespace {

constexpr std::chrono::milliseconds kTime{50};
constexpr Seq kPiece = 1000;

std::vector<Seq> not_indexed(Connection& connection, const std::vector<SiteId>& sites, std::uint64_t text_key,
                             std::size_t limit) {
  const Budget budget{std::chrono::steady_clock::now() + kTime};
  const Seq indexed = indexed_up_to(connection);
  std::vector<Seq> found;
  for (Seq to = newest_seq(connection); to > indexed && found.size() < limit && !budget.is_over();
       to -= kPiece) {
    Query row(connection,
              "SELECT seq, site FROM verdict WHERE seq > ? AND seq <= ? AND text_key = ? AND is_test = 0 "
              "ORDER BY seq DESC",
              {std::max(to - kPiece, indexed), to, std::bit_cast<std::int64_t>(text_key)});
    while (row.next())
      if (std::ranges::find(sites, row.integer(1)) != sites.end()) found.push_back(row.integer(0));
  }
  return found;
}

}  // namespace

std::vector<Seq> on_text(Connection& connection, const std::vector<SiteId>& sites, std::uint64_t text_key,
                         std::size_t limit) {
  std::vector<Seq> found = not_indexed(connection, sites, text_key, limit);
  Query row(connection, "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?",
            {std::string_view(text_match(sites, text_key)), static_cast<std::int64_t>(limit)});
  while (found.size() < limit && row.next()) found.push_back(row.integer(0));
  if (found.size() > limit) found.resize(limit);
  return found;
}

}  // namespace winnow::sqlite
