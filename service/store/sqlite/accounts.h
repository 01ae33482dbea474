// How a person is read from a row.
#pragma once

#include <string>
#include <vector>

#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace winnow::sqlite {

// Of the columns id, name, role, any_site, sites ("3,17" or NULL), password, second_factor, pending_factor,
// factor_step, language, created_at, last_seen.
Account account_of(const Query& row);

// "3,17" as numbers.
std::vector<SiteId> site_ids_of(const std::string& list);

}  // namespace winnow::sqlite
