#include "service/http/akismet_call.h"

#include "service/access.h"
#include "service/http/auth.h"
#include "service/http/decode.h"
#include "service/http/errors.h"

namespace winnow::http::akismet {
namespace {

std::string empty_value(std::string_view field) {
  return "Empty \"" + std::string(field) + "\" value";
}

Reply missing(std::string_view field) {
  return with_help("Missing required field: " + std::string(field) + ".", empty_value(field));
}

// The parser's own message could hold words that clients look for.
Reply unreadable() {
  return plain_error({ErrorKind::kInvalid, "The body is not what its Content-Type says.", ""});
}

// No key: where the body is plainly not of its type, that is why. (JSON that is none never comes this far.)
Reply no_key(const Request& request, const Fields& fields, const Demands& demands) {
  const std::string type = lower(request.header("content-type"));
  const std::string_view body = request.body;
  if (type.starts_with("multipart/form-data")) {
    if (!body.empty() && !fields.has_any(""))
      return with_help("invalid", "The body is no multipart form, as its Content-Type says");
  } else if (!type.starts_with("application/json") && (body.starts_with('{') || body.starts_with("--"))) {
    return with_help("invalid", "The body is no form, as its Content-Type says");
  }
  return with_help("invalid", empty_value(demands.key_field ? "key" : "api_key"));
}

Reply refused_key(const Entrance& entrance, const Demands& demands) {
  using Outcome = Entrance::Outcome;
  if (entrance.outcome == Outcome::kSuspended) return suspended("invalid");
  if (entrance.outcome == Outcome::kUnknown)
    return with_help("invalid", demands.key_field ? "" : "Invalid key");
  if (entrance.outcome != Outcome::kLacksScope) return plain_error(entrance.error);
  Reply reply = with_help("invalid", entrance.error.message);
  add_alert(reply, kAlertNotAllowed, "winnow: " + entrance.error.message);
  return reply;
}

Reply refused_site(const Error& error, const Key& key) {
  if (error.kind == ErrorKind::kInvalid) return with_help("invalid", "We were unable to parse your blog URI");
  if (error.kind != ErrorKind::kForbidden) return plain_error(error);
  Reply reply = with_help("invalid", error.message);
  add_alert(reply, key.any_site ? kAlertTooManySites : kAlertOtherSite, "winnow: " + error.message);
  return reply;
}

// The site, as far as the call demands one; sets the caller or the refusal.
void admit_site(const Context& context, const Demands& demands, Admission& admission) {
  const Key& key = admission.key;
  admission.caller.key = key.id;
  if (demands.blog == Demands::kNone) return;
  const std::string blog = admission.fields.text("blog", kMaxFieldBytes);
  const bool is_clear = demands.blog == Demands::kIfUnclear && !key.any_site && key.sites.size() == 1;
  if (blog.empty() && !is_clear) {
    admission.refusal =
        demands.blog == Demands::kAsInvalid ? with_help("invalid", empty_value("blog")) : missing("blog");
    return;
  }
  if (demands.user_ip && !admission.fields.has("user_ip")) {
    admission.refusal = missing("user_ip");
    return;
  }
  Result<Caller> caller =
      resolve_site(context.services.store, key, blog, context.services.now(), context.sites);
  if (caller)
    admission.caller = std::move(*caller);
  else
    admission.refusal = refused_site(caller.error(), key);
}

}  // namespace

void add_alert(Reply& reply, std::string_view code, std::string_view message) {
  reply.headers.emplace_back("X-akismet-alert-code", code);
  reply.headers.emplace_back("X-akismet-alert-msg", message);
}

Reply with_help(std::string body, std::string help) {
  Reply reply;
  reply.body = std::move(body);
  reply.notes.emplace_back("error", help.empty() ? reply.body : help);
  if (!help.empty()) reply.headers.emplace_back("X-akismet-debug-help", std::move(help));
  return reply;
}

Reply suspended(std::string body) {
  Reply reply;
  reply.body = std::move(body);
  reply.notes.emplace_back("error", "the key is suspended");
  add_alert(reply, kAlertSuspended, "winnow: this key is suspended. Ask whoever runs your winnow.");
  return reply;
}

Admission admit(const Context& context, const Call& call, const Demands& demands) {
  Admission admission;
  const auto refuse = [&admission](Reply reply) {
    admission.refusal = std::move(reply);
    return std::move(admission);
  };
  Result<Fields> fields = Fields::read(call.request);
  if (!fields) return refuse(unreadable());
  admission.fields = std::move(*fields);

  Result<std::string> key_text =
      akismet_key(call.request, admission.fields, demands.key_field, context.key_domains);
  if (!key_text)
    return refuse(with_help("invalid", "Two different \"" + key_text.error().field + "\" values"));
  if (key_text->empty()) return refuse(no_key(call.request, admission.fields, demands));
  Entrance entrance = enter(context, call.request, *key_text, call.any_of);
  admission.key_text = std::move(*key_text);
  admission.key = std::move(entrance.key);
  admission.is_suspended = entrance.outcome == Entrance::Outcome::kSuspended;
  if (entrance.outcome != Entrance::Outcome::kLetIn) return refuse(refused_key(entrance, demands));
  admit_site(context, demands, admission);
  return admission;
}

}  // namespace winnow::http::akismet
