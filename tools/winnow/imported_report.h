// A comment of another platform's file as a report in the log.
#pragma once

#include <string>

#include "service/store/store.h"
#include "tools/import/imported_comment.h"

namespace winnow::cli {

inline constexpr const char* kImportOrigin = "import";  // FeedbackEvent::origin, and the reporter

// 32 hex digits that follow from the site, the platform's own id (lacking one: the content and the author)
// and the label alone, so that importing twice adds nothing, and a comment whose label has changed is a new
// report. A row that `winnow export` wrote for this site, and whose label still is what was reported, has the
// report's own id.
std::string report_id(const Site& site, const ImportedComment& imported);

// `imported` is kSpam or kHam. `blog`: address of the site, for comments that do not tell theirs. `now`: for
// those that do not tell when they were written, or tell a time to come.
FeedbackEvent report_of(const Site& site, const std::string& blog, ImportedComment imported, UnixMillis now);

}  // namespace winnow::cli
