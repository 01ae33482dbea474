// What happened to one comment, as JSON.
#pragma once

#include "classifier/json.h"
#include "service/store/store.h"

namespace winnow::http::admin {

// [{at, what, ...}], oldest first: `what` is judged or judged_again (verdict, outcome, score), reported
// (report, label, by), withdrawn (report, by) or told (label).
Json timeline(const CommentHistory& history);

}  // namespace winnow::http::admin
