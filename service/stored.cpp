#include "service/stored.h"

#include <string>

#include "service/log.h"

namespace winnow {

void Stored::note(const Result<void>& put, std::int64_t verdicts) {
  if (!put) lost_ += verdicts;
  if (failing_.exchange(!put) == !put) return;
  if (!put)
    log(LogLevel::kError, "verdicts are not stored, checks are answered without",
        {{"error", put.error().message}});
  else
    log(LogLevel::kInfo, "verdicts are stored again", {{"lost", std::to_string(lost_)}});
}

}  // namespace winnow
