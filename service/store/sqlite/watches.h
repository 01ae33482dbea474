// The table watch, as the other files of this folder use it.
#pragma once

#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace winnow::sqlite {

// In place of an earlier watch of the verdict. On the writer's connection, inside its transaction.
Result<void> put_watch(Connection& connection, const Watch& watch);

// The watch of the verdict (16 bytes), or of one that it replaced, is to be told the label now. Likewise.
void tell(Connection& connection, std::string_view verdict, Label label, UnixMillis at);

}  // namespace winnow::sqlite
