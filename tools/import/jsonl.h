// Jsonl: one JSON object a line, as data/seed has them and `winnow export` writes them.
#pragma once

#include "tools/import/imported_comment.h"
#include "tools/import/input.h"

namespace winnow {

// label ("spam" or "ham"; a row without one waits), content and, where known, id, date and the fields of
// Comment; blank lines are passed over. Of provenance, which `winnow export` adds, "at" is the time.
// kInvalid, with file and line, for anything else.
Result<void> read_jsonl(Input& input, const VisitComment& visit);

}  // namespace winnow
