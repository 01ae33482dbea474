// What lists show of a verdict, read.
#pragma once

#include <map>
#include <optional>
#include <utility>

#include "service/store/search.h"
#include "service/store/sqlite/connection.h"

namespace winnow::sqlite {

// For the verdicts of one page: counts the reports on each author once. Thread rule: that of the connection.
class Shower {
 public:
  explicit Shower(Connection& connection) : connection_(connection) {}

  // None if there is no verdict with this seq; kCorrupt if its row is damaged.
  Result<std::optional<ShownVerdict>> show(std::int64_t seq);

 private:
  using HamAndSpam = std::pair<std::int64_t, std::int64_t>;
  HamAndSpam reports_on_author_of(const StoredVerdict& verdict);

  Connection& connection_;
  std::map<std::pair<SiteId, std::int64_t>, HamAndSpam> authors_;
};

}  // namespace winnow::sqlite
