#include "service/check.h"

#include "service/content_key.h"
#include "service/recheck.h"

namespace winnow {

Verdict judge(const Services& services, SiteId site, const Comment& comment) {
  const std::shared_ptr<const Engine> engine = services.engine();
  return engine->judge(comment, services.learning.of(site), services.thresholds(engine->model().thresholds));
}

namespace {

StoredVerdict judge(const Services& services, const Caller& caller, const CheckRequest& request,
                    std::string id) {
  StoredVerdict stored;
  stored.id = std::move(id);
  stored.site = caller.site.id;
  stored.key = caller.key;
  stored.at = services.now();
  stored.comment = request.comment;
  stored.verdict = judge(services, caller.site.id, request.comment);
  stored.text_key = content_key(request.comment);
  stored.is_test = request.is_test;
  return stored;
}

}  // namespace

Result<CheckReply> check(const Services& services, const Caller& caller, const CheckRequest& request,
                         const std::string& id) {
  StoredVerdict stored = judge(services, caller, request, id);
  const std::optional<Watch> watch = watch_for(services, request, stored);
  const Result<void> put = services.store.put_verdict(stored, watch);
  if (!put) return put.error();
  CheckReply reply{std::move(stored.id), std::move(stored.verdict), {}};
  if (watch && watch->held_until) reply.hold_seconds = services.recheck.hold_seconds;
  return reply;
}

Result<std::vector<CheckReply>> check_batch(const Services& services, const Caller& caller,
                                            const std::vector<CheckRequest>& requests) {
  std::vector<StoredVerdict> stored;
  stored.reserve(requests.size());
  for (const CheckRequest& request : requests)
    stored.push_back(judge(services, caller, request, services.new_id()));
  const Result<void> put = services.store.put_verdicts(stored);
  if (!put) return put.error();
  std::vector<CheckReply> replies;
  replies.reserve(stored.size());
  for (StoredVerdict& one : stored) replies.push_back({std::move(one.id), std::move(one.verdict), {}});
  return replies;
}

}  // namespace winnow
