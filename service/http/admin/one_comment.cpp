#include "service/http/admin/one_comment.h"

#include "classifier/json_text.h"
#include "service/http/admin/author_history.h"
#include "service/http/admin/review_json.h"
#include "service/http/admin/timeline.h"
#include "service/http/admin/verdict_row.h"
#include "service/http/decode.h"
#include "service/http/encode.h"
#include "service/http/errors.h"
#include "service/review.h"

namespace winnow::http::admin {
namespace {

Error no_such_site() {
  return {ErrorKind::kNotFound, "There is no such site.", "site"};
}

// A site that is there already, by its id or URL.
Result<Site> site_of(const Context& context, const Person& person, const Json& json) {
  const auto named = json.find("site");
  Store& store = context.services.store;
  std::optional<Site> site;
  if (named != json.end() && named->is_number_integer()) {
    const Result<Site> found = store.site(named->get<SiteId>());
    if (!found && found.error().kind != ErrorKind::kNotFound) return found.error();
    if (found) site = *found;
  } else if (named != json.end() && named->is_string()) {
    const Result<std::string> url = canonical_site(named->get<std::string>(), context.sites.form);
    if (!url) return Error{ErrorKind::kInvalid, "site must be the id or the address of a site.", "site"};
    const Result<std::optional<Site>> found = store.find_site(*url);
    if (!found) return found.error();
    site = *found;
  } else {
    return Error{ErrorKind::kInvalid, "site must be the id or the address of a site.", "site"};
  }
  if (!site || !person.may_see(site->id)) return no_such_site();
  return *std::move(site);
}

Result<Comment> comment_of(const Context& context, const Json& json) {
  const auto sent = json.find("comment");
  if (sent == json.end() || !sent->is_object())
    return Error{ErrorKind::kInvalid, "comment must be an object with the fields of a comment.", "comment"};
  Result<CheckRequest> request = to_check(*sent, context.max_body_bytes);
  if (request) return std::move(request->comment);
  const std::string field = request.error().field.empty() ? "comment" : "comment." + request.error().field;
  return Error{request.error().kind, request.error().message, field};
}

}  // namespace

Reply verdict(const Context& context, const Call& call) {
  const Error missing = {ErrorKind::kNotFound, "There is no verdict with this id.", "id"};
  const Result<std::optional<ShownVerdict>> found = context.services.store.shown_verdict(call.id);
  if (!found) return problem(found.error());
  if (!found->has_value() || !call.person.may_see((*found)->verdict.site)) return problem(missing);
  const StoredVerdict& stored = (*found)->verdict;
  const Result<Review> now = review(context.services, stored.site, stored.comment);
  if (!now) return problem(now.error());
  const Result<CommentHistory> history = context.services.store.history_of(stored.id);
  if (!history) return problem(history.error());
  Result<Json> alike = to_json(now->alike, context, call.person);
  if (!alike) return problem(alike.error());

  Result<Json> author = author_history(context, **found);
  if (!author) return problem(author.error());

  Json json = verdict_row(**found);
  json["comment"] = http::to_json(stored.comment);
  json["model"] = stored.verdict.model_id;
  json["rules_version"] = stored.verdict.rules_version;
  json["is_test"] = stored.is_test;
  json["reasons"] = reasons(stored.verdict);
  json["explanation"] = to_json(now->explanation);
  json["today"] = {{"outcome", to_string(now->verdict.outcome)},
                   {"score", rounded(now->verdict.score)},
                   {"reasons", reasons(now->verdict)}};
  json["links"] = to_json(now->links);
  json["alike"] = *std::move(alike);
  json["author_history"] = *std::move(author);
  json["timeline"] = timeline(*history);
  Reply reply = json_reply(200, json);
  reply.notes = {{"id", stored.id}};
  return reply;
}

Reply try_comment(const Context& context, const Call& call) {
  const Result<Json> json = parse_json(call.request.body);
  if (!json) return problem(json.error());
  if (!json->is_object()) return problem({ErrorKind::kInvalid, "The body must be a JSON object.", ""});
  const Result<Site> site = site_of(context, call.person, *json);
  if (!site) return problem(site.error());
  Result<Comment> comment = comment_of(context, *json);
  if (!comment) return problem(comment.error());
  if (comment->blog.empty()) comment->blog = site->url;
  const Result<Review> now = review(context.services, site->id, *comment);
  if (!now) return problem(now.error());
  Result<Json> alike = to_json(now->alike, context, call.person);
  if (!alike) return problem(alike.error());
  Json answer = {{"comment", http::to_json(*comment)},
                 {"outcome", to_string(now->verdict.outcome)},
                 {"score", rounded(now->verdict.score)},
                 {"band", band_of(now->verdict)},
                 {"reasons", reasons(now->verdict)},
                 {"model", now->verdict.model_id},
                 {"rules_version", now->verdict.rules_version},
                 {"explanation", to_json(now->explanation)},
                 {"links", to_json(now->links)},
                 {"alike", *std::move(alike)}};
  Reply reply = json_reply(200, answer);
  reply.notes = {{"site", site->url}, {"outcome", std::string(to_string(now->verdict.outcome))}};
  return reply;
}

}  // namespace winnow::http::admin
