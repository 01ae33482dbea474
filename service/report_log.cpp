#include "service/report_log.h"

namespace winnow {

Result<void> for_each_logged(Store& store, std::int64_t after,
                             const std::function<Result<void>(const LoggedEvent&)>& visit) {
  constexpr std::size_t kPage = 500;
  const Result<LogEnd> end = store.log_end();
  if (!end) return end.error();
  while (after < end->event) {
    const Result<std::vector<LoggedEvent>> page = store.feedback_log(after, kPage);
    if (!page) return page.error();
    for (const LoggedEvent& logged : *page) {
      if (logged.seq > end->event) return {};
      after = logged.seq;
      if (Result<void> visited = visit(logged); !visited) return visited;
    }
    if (page->empty()) return {};
  }
  return {};
}

}  // namespace winnow
