#include "service/http/akismet_api.h"

#include <optional>

#include "service/access.h"
#include "service/feedback.h"
#include "service/http/auth.h"
#include "service/http/decode.h"
#include "service/http/encode.h"
#include "service/http/errors.h"

namespace winnow::http::akismet {
namespace {

constexpr std::string_view kThanks = "Thanks for making the web a better place.";
constexpr std::size_t kMaxName = 256;  // bytes of a reporter's name or a guid

// What a call insists on beside a good key.
struct Demands {
  bool key_field = false;  // the call defines the field `key`
  bool blog = true;        // even where the key is bound to one site
  bool user_ip = false;
  bool blog_as_invalid = false;  // a missing blog is answered `invalid`, not by its name
};

constexpr Demands kVerifyKey = {.key_field = true, .blog_as_invalid = true};
constexpr Demands kCommentCheck = {.user_ip = true};
constexpr Demands kSubmit = {.blog = false};

// A request that may go on, or the reply that ends it.
struct Admission {
  std::optional<Reply> refusal;
  Fields fields;
  Caller caller;
};

Reply with_help(std::string body, std::string help) {
  Reply reply;
  reply.body = std::move(body);
  reply.notes.emplace_back("error", help.empty() ? reply.body : help);
  if (!help.empty()) reply.headers.emplace_back("X-akismet-debug-help", std::move(help));
  return reply;
}

std::string empty_value(std::string_view field) {
  return "Empty \"" + std::string(field) + "\" value";
}

Reply missing(std::string_view field) {
  return with_help("Missing required field: " + std::string(field) + ".", empty_value(field));
}

Reply refused_key(const Error& error, const Demands& demands) {
  if (error.kind != ErrorKind::kUnauthenticated) return plain_error(error);
  return with_help("invalid", demands.key_field ? "" : "Invalid key");
}

Reply refused_site(const Error& error) {
  if (error.kind == ErrorKind::kInvalid) return with_help("invalid", "We were unable to parse your blog URI");
  if (error.kind == ErrorKind::kForbidden) return with_help("invalid", error.message);
  return plain_error(error);
}

// Key, then fields, then site: the order in which Akismet complains.
Admission admit(const Context& context, const Call& call, const Demands& demands) {
  Admission admission;
  Result<Fields> fields = Fields::read(call.request);
  const auto refuse = [&admission](Reply reply) {
    admission.refusal = std::move(reply);
    return std::move(admission);
  };
  if (!fields) return refuse(plain_error({ErrorKind::kInvalid, "The body cannot be read.", ""}));
  admission.fields = std::move(*fields);

  const std::string key_text = akismet_key(call.request, admission.fields, demands.key_field);
  if (key_text.empty())
    return refuse(with_help("invalid", empty_value(demands.key_field ? "key" : "api_key")));
  Store& store = context.services.store;
  const Result<Key> key = authenticate(store, context.secret, key_text);
  if (!key) return refuse(refused_key(key.error(), demands));

  const std::string blog = admission.fields.text("blog", kMaxFieldBytes);
  if (blog.empty() && (demands.blog || !key->site))
    return refuse(demands.blog_as_invalid ? with_help("invalid", empty_value("blog")) : missing("blog"));
  if (demands.user_ip && !admission.fields.has("user_ip")) return refuse(missing("user_ip"));

  Result<Caller> caller = resolve_site(store, *key, blog, context.services.now(), context.max_sites);
  if (!caller) return refuse(refused_site(caller.error()));
  admission.caller = std::move(*caller);
  return admission;
}

Reply submit(const Context& context, const Call& call, Label label) {
  const Admission admission = admit(context, call, kSubmit);
  if (admission.refusal) return *admission.refusal;
  Report submitted;
  submitted.label = label;
  submitted.verdict_id = admission.fields.text("guid", kMaxName);
  submitted.comment = to_comment(admission.fields, context.max_body_bytes);
  submitted.reporter = admission.fields.text("reporter", kMaxName);
  submitted.is_test = admission.fields.flag("is_test");
  const Result<ReportReply> reported = report(context.services, admission.caller, submitted);
  if (!reported && reported.error().kind == ErrorKind::kNotFound)
    return with_help("There is no check with this guid.", "Unknown \"guid\" value");
  if (!reported) return plain_error(reported.error());
  Reply reply;
  reply.content_type = "text/html; charset=utf-8";
  reply.body = kThanks;
  reply.notes = {{"id", reported->id},
                 {"site", admission.caller.site.url},
                 {"label", std::string(to_string(label))},
                 {"verdict", reported->verdict_id}};
  return reply;
}

}  // namespace

Reply verify_key(const Context& context, const Call& call) {
  const Admission admission = admit(context, call, kVerifyKey);
  if (admission.refusal) return *admission.refusal;
  Reply reply;
  reply.body = "valid";
  reply.notes = {{"site", admission.caller.site.url}};
  return reply;
}

Reply comment_check(const Context& context, const Call& call) {
  const Admission admission = admit(context, call, kCommentCheck);
  if (admission.refusal) return *admission.refusal;
  CheckRequest request;
  request.comment = to_comment(admission.fields, context.max_body_bytes);
  request.is_test = admission.fields.flag("is_test");
  Result<CheckReply> checked = check(context.services, admission.caller, request, context.services.new_id());
  if (!checked) return plain_error(checked.error());
  // A test client asks to see what the answer to blatant spam looks like.
  if (request.is_test && admission.fields.flag("test_discard")) checked->verdict.outcome = Outcome::kDiscard;
  Reply reply = akismet_verdict(*checked);
  reply.notes = notes_of(*checked, admission.caller.site);
  return reply;
}

Reply submit_spam(const Context& context, const Call& call) {
  return submit(context, call, Label::kSpam);
}

Reply submit_ham(const Context& context, const Call& call) {
  return submit(context, call, Label::kHam);
}

}  // namespace winnow::http::akismet
