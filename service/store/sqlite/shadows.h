// The table shadow_verdict, as the other files of this folder use it.
#pragma once

#include "service/store/sqlite/connection.h"
#include "service/store/sqlite/phrases.h"
#include "service/store/store.h"

namespace winnow::sqlite {

// Beside the verdict with this row number. On the writer's connection, inside its transaction.
void put_shadow_opinion(Connection& connection, Phrases& phrases, std::int64_t verdict,
                        const ShadowOpinion& opinion);

}  // namespace winnow::sqlite
