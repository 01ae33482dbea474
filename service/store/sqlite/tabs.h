// The column verdict.tab (service/store/search.h), as the other files of this folder keep it. All on the
// writer's connection, inside its transaction, but for last_report().
#pragma once

#include <optional>
#include <string_view>

#include "service/store/search.h"
#include "service/store/sqlite/connection.h"

namespace winnow::sqlite {

// The tab of a verdict that is about to be stored; takes the one that it replaces out of its tab.
Value tab_of_new(Connection& connection, const StoredVerdict& verdict);

// A report on the verdict with this id (16 bytes) was put, or is withdrawn: what was judged last on the same
// comment changes its tab.
void report_was_put(Connection& connection, std::string_view verdict);
void report_was_withdrawn(Connection& connection, std::string_view verdict);

// The last report that stands on the verdict with this id (16 bytes) or on one that it replaces. On any
// connection.
std::optional<StandingReport> last_report(Connection& connection, std::string_view verdict);

}  // namespace winnow::sqlite
