// The table day_count: what happened by site and day, and on all sites.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <tuple>

#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace winnow::sqlite {

// The numbers are part of the database's form; the first four are those of Outcome.
enum class Happened {
  kJudgedHam = 0,
  kJudgedUnsure = 1,
  kJudgedSpam = 2,
  kJudgedDiscard = 3,
  kWronglyFlagged = 4,
  kMissed = 5,
  kSpoke = 6,         // the reason
  kReportedHam = 7,   // a comment in which the reason spoke
  kReportedSpam = 8,  // likewise
};

// Sums, put into the table together. Of the writer's connection, inside its transaction.
class DaySums {
 public:
  void add(SiteId site, UnixMillis at, Happened what, std::int64_t reason, std::int64_t n);
  void put(Connection& connection) const;

 private:
  std::map<std::tuple<SiteId, std::int64_t, Happened, std::int64_t>, std::int64_t> sums_;
};

// A report on this verdict (16 bytes) came (1) or was withdrawn (-1): its reasons are counted on the day of
// the report.
void count_reasons_of_report(Connection& connection, std::string_view verdict, SiteId site, UnixMillis at,
                             Label label, std::int64_t n);

}  // namespace winnow::sqlite
