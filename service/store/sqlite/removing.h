// Removing reports from the log, which else is only added to.
#pragma once

#include <cstdint>
#include <vector>

#include "service/store/sqlite/connection.h"

namespace winnow::sqlite {

// Removes the reports with these seqs and their withdrawals, as if they had never been; figures by day stay.
// Gives how many there were. On the writer's connection, inside its transaction.
std::size_t remove_reports(Connection& connection, const std::vector<std::int64_t>& seqs);

}  // namespace winnow::sqlite
