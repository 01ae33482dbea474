// The log of reports, from its beginning to its end.
#pragma once

#include <functional>

#include "service/store/store.h"

namespace winnow {

// Calls `visit` for each entry behind `after` (a LoggedEvent::seq, 0 for all) and up to the end that the log
// has at the call, in order of arrival, tests and withdrawn ones included. Reads page by page. An Error of
// `visit` ends it; fails as the store does.
Result<void> for_each_logged(Store& store, std::int64_t after,
                             const std::function<Result<void>(const LoggedEvent&)>& visit);

}  // namespace winnow
