// Use case: judge one comment and remember the verdict.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/engine.h"
#include "classifier/result.h"
#include "service/learning.h"
#include "service/store/store.h"

namespace winnow {

class Concealment;  // service/concealment.h
class HouseRules;   // service/house_rules.h
class Metrics;      // service/metrics.h
class Stored;       // service/stored.h

// Who asks: an accepted key, and the site that it speaks for.
struct Caller {
  KeyId key = 0;
  Site site;
  bool is_curator = false;  // its key has that scope: what it reports counts everywhere
};

// Which sites are told, at the callback that their check named, when winnow thinks better of an answer of
// ham.
struct RecheckPolicy {
  std::vector<std::string> hosts;   // that may be called: "example.org", "*.example.org", "127.0.0.1:8080"
  std::int64_t hold_seconds = 120;  // a site is asked to hold a comment in doubt for so long; 0: never
  std::int64_t watch_hours = 24;    // for so long after the answer
};

// What the use cases stand on; made by the composition root (service/app.h), shared by all threads.
struct Services {
  Store& store;
  Learning& learning;
  std::function<std::shared_ptr<const Engine>()> engine;  // the engine of this moment; never null
  std::function<UnixMillis()> now;
  std::function<std::string()> new_id;                               // 32 hex digits, unique
  std::function<Thresholds(const Thresholds& of_model)> thresholds;  // the operator's, else the model's
  RecheckPolicy recheck = {};
  // The engine of a model that runs in shadow; null where it is not loaded.
  std::function<std::shared_ptr<const Engine>(std::string_view model_id)> shadow = {};
  HouseRules* house = nullptr;  // null: no lists, and all rules are on
  // Where a verdict cannot be stored now, the check is answered without, and noted here; null: it fails.
  Stored* answers_unstored = nullptr;
  const Concealment* concealment = nullptr;  // null: comments are stored as they came
  Metrics* metrics = nullptr;                // where checks and reports are counted; null: nowhere

  // `comment` as it may be stored.
  Comment as_kept(Comment comment) const;
};

// Where a site wants to be told.
struct Callback {
  std::string url;         // one that may_call() allows (service/recheck.h)
  std::string sealed_key;  // the client's key, InstallSecret::seal()ed
};

struct CheckRequest {
  Comment comment;
  bool is_test = false;  // judged and stored as usual, but never learned from or counted
  std::optional<Callback> callback;
  bool store = true;  // false: answered, and kept nowhere; the site's figures count it
};

struct CheckReply {
  std::string id;  // of the verdict, 32 hex digits
  Verdict verdict;
  std::optional<std::int64_t> hold_seconds;  // the site does well to wait so long for a better answer
  bool log_only = false;                     // whoever acts on the answer is to be told ham (Site::log_only)
  bool is_unstored = false;  // the database could not take the verdict: nothing of it is remembered
  bool is_declined = false;  // the same, as the request wanted it (CheckRequest::store)
};

// The verdict on a comment, unstored: by model and rules, what reports taught, the lists, and the site's own
// thresholds.
Verdict judge(const Services& services, const Site& site, const Comment& comment);
// The same of a site known by its id; of one that does not exist, or cannot be read now, by the default
// thresholds.
Verdict judge(const Services& services, SiteId site, const Comment& comment);

// What is given the reply to a check.
using TakeCheck = std::function<void(Result<CheckReply>)>;

// Judges. What it returns stores, once, without waiting for the disk: the reply is given when the verdict is
// durable (but for CheckReply::is_unstored), on another thread, or before that call returns. Fails as
// Store::put_verdict does.
std::function<void(TakeCheck)> begin_check(const Services& services, const Caller& caller,
                                           const CheckRequest& request, std::string id);
// Judges and stores, and waits for it.
Result<CheckReply> check(const Services& services, const Caller& caller, const CheckRequest& request,
                         const std::string& id);

// Many at once, stored in one transaction; all or nothing.
Result<std::vector<CheckReply>> check_batch(const Services& services, const Caller& caller,
                                            const std::vector<CheckRequest>& requests);

}  // namespace winnow
