// What is counted by key, site and day (UTC), beside the rows that are written.
#pragma once

#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace winnow::sqlite {

enum class Counted { kSpam, kHam, kMissedSpam, kFalsePositive };

// One more, or (-1) one less. On the writer's connection, inside its transaction.
void count(Connection& connection, KeyId key, SiteId site, UnixMillis at, Counted what, int by = 1);

}  // namespace winnow::sqlite
