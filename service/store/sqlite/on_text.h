// Verdicts on one text.
#pragma once

#include <cstdint>
#include <vector>

#include "service/store/site.h"
#include "service/store/sqlite/seq_stream.h"

namespace winnow::sqlite {

// The newest `limit` verdicts, without tests, of these sites on comments with this text_key, newest first.
// What is not indexed yet is gone through from the newest down, for 50 ms at most: some 100,000 verdicts. In
// a ReadTransaction.
std::vector<Seq> on_text(Connection& connection, const std::vector<SiteId>& sites, std::uint64_t text_key,
                         std::size_t limit);

}  // namespace winnow::sqlite
