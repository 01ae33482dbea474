// Use case: judge one comment and remember the verdict.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "classifier/engine.h"
#include "classifier/result.h"
#include "service/store/store.h"

namespace winnow {

// Who asks: an accepted key, and the site that it speaks for.
struct Caller {
  KeyId key = 0;
  Site site;
};

// What the use cases stand on; made by the composition root (service/app.h), shared by all threads.
struct Services {
  Store& store;
  std::function<std::shared_ptr<const Engine>()> engine;  // the engine of this moment; never null
  std::function<UnixMillis()> now;
  std::function<std::string()> new_id;                               // 32 hex digits, unique
  std::function<Thresholds(const Thresholds& of_model)> thresholds;  // the operator's, else the model's
};

struct CheckRequest {
  Comment comment;
  bool is_test = false;  // judged and stored as usual, but never learned from or counted
};

struct CheckReply {
  std::string id;  // of the verdict, 32 hex digits
  Verdict verdict;
};

// Judges and stores; durable when it returns. Fails as Store::put_verdict does.
Result<CheckReply> check(const Services& services, const Caller& caller, const CheckRequest& request,
                         const std::string& id);

// Many at once, stored in one transaction; all or nothing.
Result<std::vector<CheckReply>> check_batch(const Services& services, const Caller& caller,
                                            const std::vector<CheckRequest>& requests);

}  // namespace winnow
