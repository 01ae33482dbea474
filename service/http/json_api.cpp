#include "service/http/json_api.h"

#include "service/access.h"
#include "service/feedback.h"
#include "service/http/decode.h"
#include "service/http/encode.h"
#include "service/http/errors.h"

namespace winnow::http::api {
namespace {

Error no_such_verdict() {
  return {ErrorKind::kNotFound, "There is no verdict with this id.", "id"};
}

Result<Caller> caller_for(const Context& context, const Key& key, std::string_view blog) {
  return resolve_site(context.services.store, key, blog, context.services.now(), context.sites);
}

// The verdict, if this key may see it: a key of some sites sees theirs alone.
Result<StoredVerdict> visible_verdict(const Context& context, const Key& key, std::string_view id) {
  Result<std::optional<StoredVerdict>> found = context.services.store.find_verdict(id);
  if (!found) return found.error();
  if (!found->has_value() || !key.speaks_for((*found)->site)) return no_such_verdict();
  return std::move(**found);
}

// All comments of a batch are of one site: they are stored in one transaction, under one caller.
Result<Caller> caller_for_batch(const Context& context, const Key& key,
                                const std::vector<CheckRequest>& requests) {
  const std::string& blog = requests.front().comment.blog;
  Result<Caller> caller = caller_for(context, key, blog);
  if (!caller) return caller;
  for (std::size_t i = 1; i < requests.size(); ++i) {
    if (requests[i].comment.blog == blog) continue;
    const Result<Caller> other = caller_for(context, key, requests[i].comment.blog);
    const std::string field = "comments[" + std::to_string(i) + "].blog";
    if (!other) return Error{other.error().kind, other.error().message, field};
    if (other->site.id != caller->site.id)
      return Error{ErrorKind::kInvalid, "All comments of a batch must be for one site.", field};
  }
  return caller;
}

// Who reports. A key of several sites that names a verdict alone speaks for that verdict's site.
Result<Caller> caller_for_report(const Context& context, const Key& key, const Report& report) {
  const bool has_one_site = !key.any_site && key.sites.size() == 1;
  if (has_one_site || !report.comment.blog.empty() || report.verdict_id.empty())
    return caller_for(context, key, report.comment.blog);
  const Result<StoredVerdict> known = visible_verdict(context, key, report.verdict_id);
  if (!known) return known.error();
  Caller caller;
  caller.key = key.id;
  caller.site.id = known->site;
  caller.is_curator = key.scopes.has(KeyScope::kCurator);
  return caller;
}

}  // namespace

Reply check(const Context& context, const Call& call) {
  const Result<Json> json = parse_json(call.request.body);
  if (!json) return problem(json.error());
  const Result<CheckRequest> request = to_check(*json, context.max_body_bytes);
  if (!request) return problem(request.error());
  const Result<Caller> caller = caller_for(context, call.key, request->comment.blog);
  if (!caller) return problem(caller.error());
  Reply reply;
  reply.later = [store = begin_check(context.services, *caller, *request, context.services.new_id()),
                 site = caller->site.url](Respond respond) {
    store([site, respond = std::move(respond)](const Result<CheckReply>& checked) {
      if (!checked) return respond(problem(checked.error()));
      Reply answer = json_reply(200, to_json(*checked));
      answer.notes = notes_of(*checked, site);
      respond(std::move(answer));
    });
  };
  return reply;
}

Reply check_batch(const Context& context, const Call& call) {
  const Result<Json> json = parse_json(call.request.body);
  if (!json) return problem(json.error());
  const Result<std::vector<CheckRequest>> requests = to_batch(*json, context.max_body_bytes);
  if (!requests) return problem(requests.error());
  const Result<void> in_time = context.gate->count_more(call.key, call.request.remote_addr,
                                                        requests->size() - 1, context.services.now());
  if (!in_time) return problem(in_time.error());
  const Result<Caller> caller = caller_for_batch(context, call.key, *requests);
  if (!caller) return problem(caller.error());
  const Result<std::vector<CheckReply>> checked = winnow::check_batch(context.services, *caller, *requests);
  if (!checked) return problem(checked.error());
  Json results = Json::array();
  for (const CheckReply& one : *checked) results.push_back(to_json(one));
  Reply reply = json_reply(200, {{"results", std::move(results)}});
  reply.notes = {{"site", caller->site.url}, {"comments", std::to_string(checked->size())}};
  return reply;
}

Reply feedback(const Context& context, const Call& call) {
  const Result<Json> json = parse_json(call.request.body);
  if (!json) return problem(json.error());
  const Result<Report> submitted = to_report(*json, context.max_body_bytes);
  if (!submitted) return problem(submitted.error());
  const Result<Caller> caller = caller_for_report(context, call.key, *submitted);
  if (!caller) return problem(caller.error());
  const Result<ReportReply> reported = report(context.services, *caller, *submitted);
  if (!reported) return problem(reported.error());
  const std::string label(to_string(submitted->label));
  Reply reply = json_reply(reported->effect == Effect::kDuplicate ? 200 : 201,
                           to_json(*reported, submitted->label, context.services.learning.quorum()));
  reply.notes = {{"id", reported->id},
                 {"site", caller->site.url},
                 {"label", label},
                 {"verdict", reported->verdict_id},
                 {"effect", std::string(to_string(reported->effect))}};
  return reply;
}

Reply withdraw_feedback(const Context& context, const Call& call) {
  const Result<std::optional<FeedbackEvent>> found = context.services.store.find_feedback(call.id);
  if (!found) return problem(found.error());
  if (!found->has_value() || !call.key.speaks_for((*found)->site))
    return problem({ErrorKind::kNotFound, "There is no report with this id.", "id"});
  const Withdrawal withdrawal = {context.services.now(), call.key.id, ""};
  const Result<FeedbackEvent> withdrawn = withdraw(context.services, call.id, withdrawal);
  if (!withdrawn) return problem(withdrawn.error());
  Reply reply = json_reply(200, to_json(*withdrawn));
  reply.notes = {{"id", withdrawn->id}, {"label", std::string(to_string(withdrawn->label))}};
  return reply;
}

Reply verdict(const Context& context, const Call& call) {
  const Result<StoredVerdict> found = visible_verdict(context, call.key, call.id);
  if (!found) return problem(found.error());
  Reply reply = json_reply(200, to_json(*found));
  reply.notes = {{"id", found->id}};
  return reply;
}

}  // namespace winnow::http::api
