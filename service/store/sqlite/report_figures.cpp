// SqliteStore: what is counted over the table feedback.
#include "classifier/json.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/sqlite_store.h"

namespace winnow {
namespace {

using sqlite::Connection;
using sqlite::Query;
using sqlite::Value;

// Parameters of all: JSON list of sites or NULL. The first is answered from the index feedback_by_text alone.
constexpr std::string_view kReports =
    "SELECT label, count(*), sum(seq > ?2) FROM feedback WHERE is_test = 0 "
    "AND (?1 IS NULL OR site IN (SELECT value FROM json_each(?1))) GROUP BY label";
constexpr std::string_view kWithdrawn =
    "SELECT report.label, count(*), sum(report.seq > ?2) FROM withdrawal "
    "JOIN feedback AS report ON report.seq = withdrawal.feedback WHERE report.is_test = 0 "
    "AND (?1 IS NULL OR report.site IN (SELECT value FROM json_each(?1))) GROUP BY report.label";

}  // namespace

Result<ReportCounts> SqliteStore::report_counts(const std::optional<std::vector<SiteId>>& sites,
                                                std::int64_t since) {
  const std::string list = sites ? to_text(Json(*sites)) : "";
  const Value of_sites = sites ? Value(std::string_view(list)) : Value(nullptr);
  return readers_->read([&](Connection& connection) -> Result<ReportCounts> {
    ReportCounts counts;
    Query reported(connection, kReports, {of_sites, since});
    while (reported.next()) {
      (reported.integer(0) == 1 ? counts.spam : counts.ham) += reported.integer(1);
      counts.since += reported.integer(2);
    }
    Query withdrawn(connection, kWithdrawn, {of_sites, since});
    while (withdrawn.next()) {
      (withdrawn.integer(0) == 1 ? counts.spam : counts.ham) -= withdrawn.integer(1);
      counts.since -= withdrawn.integer(2);
      counts.withdrawn += withdrawn.integer(1);
    }
    return counts;
  });
}

}  // namespace winnow
