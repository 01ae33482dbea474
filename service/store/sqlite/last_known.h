// LastKnown: values as they were last read, for when the database cannot be read.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "classifier/result.h"
#include "service/store/store.h"

namespace winnow::sqlite {

// Keeps kMost at most; when there are more, all are forgotten but those that come then.
// Thread rule: any thread.
template <typename Name, typename Value>
class LastKnown {
 public:
  static constexpr std::size_t kMost = 10'000;

  // `read`: what was read of `name` now. Gives it; where it is a failure of the database, what was read last.
  Result<std::optional<Value>> after(const Name& name, Result<std::optional<Value>> read) {
    const std::lock_guard lock(mutex_);
    if (!read) {
      const auto found = known_.find(name);
      return found == known_.end() ? read : Result<std::optional<Value>>(found->second);
    }
    if (!read->has_value()) {
      known_.erase(name);
      return read;
    }
    if (known_.size() >= kMost) known_.clear();
    known_.insert_or_assign(name, **read);
    return read;
  }

 private:
  std::mutex mutex_;
  std::map<Name, Value> known_;  // guarded by mutex_
};

// What a check reads of the database before it is judged.
struct LastKnownAccess {
  LastKnown<std::string, Key> keys;  // by hash
  LastKnown<std::string, Site> sites_by_url;
  LastKnown<SiteId, Site> sites;
};

}  // namespace winnow::sqlite
