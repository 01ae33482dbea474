#include "service/http/akismet_api.h"

#include <optional>

#include "service/feedback.h"
#include "service/http/akismet_call.h"
#include "service/http/decode.h"
#include "service/http/encode.h"
#include "service/http/errors.h"
#include "service/recheck.h"

namespace winnow::http::akismet {
namespace {

constexpr Demands kVerifyKey = {.key_field = true, .blog = Demands::kAsInvalid};
constexpr Demands kCommentCheck = {.blog = Demands::kByName, .user_ip = true};
constexpr Demands kSubmit = {.blog = Demands::kIfUnclear};
constexpr std::string_view kThanks = "Thanks for making the web a better place.";
constexpr std::size_t kMaxName = 256;  // bytes of a reporter's name or a guid

// comment_check_response: `true`, `false`, or empty where the client does not know.
std::optional<bool> answered_spam(const Fields& fields) {
  const std::string answer = lower(fields.text("comment_check_response", kMaxName));
  if (answer != "true" && answer != "false") return std::nullopt;
  return answer == "true";
}

Reply submit(const Context& context, const Call& call, Label label) {
  const Admission admission = admit(context, call, kSubmit);
  if (admission.refusal) return *admission.refusal;
  Report submitted;
  submitted.label = label;
  submitted.verdict_id = admission.fields.text("guid", kMaxName);
  submitted.comment = to_comment(admission.fields, context.max_body_bytes);
  submitted.reporter = admission.fields.text("reporter", kMaxName);
  submitted.answered_spam = answered_spam(admission.fields);
  submitted.origin = "akismet";
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
                 {"verdict", reported->verdict_id},
                 {"effect", std::string(to_string(reported->effect))}};
  return reply;
}

// Where the site wants to be told of a better answer, if it may be told.
std::optional<Callback> callback_of(const Context& context, const Admission& admission) {
  std::string url = admission.fields.text("callback", kMaxFieldBytes);
  if (url.empty() || !may_call(context.services.recheck, url)) return std::nullopt;
  return Callback{std::move(url), context.secret.seal(admission.key_text)};
}

// A suspended key gets an answer that holds the comment for a person: WordPress looks at the error's header
// first, other clients read "no spam".
Reply not_checked() {
  Reply reply = suspended("false");
  reply.headers.emplace_back("X-akismet-error", "suspended");
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
  if (admission.is_suspended) return not_checked();
  if (admission.refusal) return *admission.refusal;
  CheckRequest request;
  request.comment = to_comment(admission.fields, context.max_body_bytes);
  request.is_test = admission.fields.flag("is_test");
  request.callback = callback_of(context, admission);
  request.store = lower(admission.fields.text("store", kMaxName)) != "false";
  // A test client asks to see what the answer to blatant spam looks like.
  const bool shows_discard = request.is_test && admission.fields.flag("test_discard");
  Reply reply;
  reply.later = [store = begin_check(context.services, admission.caller, request, context.services.new_id()),
                 site = admission.caller.site.url, shows_discard](Respond respond) {
    store([=, respond = std::move(respond)](Result<CheckReply> checked) {
      if (!checked) return respond(plain_error(checked.error()));
      if (shows_discard) checked->verdict.outcome = Outcome::kDiscard;
      Reply answer = akismet_verdict(*checked);
      answer.notes = notes_of(*checked, site);
      respond(std::move(answer));
    });
  };
  return reply;
}

Reply submit_spam(const Context& context, const Call& call) {
  return submit(context, call, Label::kSpam);
}

Reply submit_ham(const Context& context, const Call& call) {
  return submit(context, call, Label::kHam);
}

}  // namespace winnow::http::akismet
