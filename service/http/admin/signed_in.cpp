#include "service/http/admin/signed_in.h"

#include "service/config.h"
#include "service/http/admin/audit.h"
#include "service/http/admin/caller.h"
#include "service/http/admin/json.h"
#include "service/http/encode.h"
#include "service/http/errors.h"
#include "service/log.h"

namespace winnow::http::admin {
namespace {

constexpr int kBusySeconds = 2;

// The whole address, which no other line has: what guesses passwords is to be kept out.
void tell_fail2ban(const Call& call, std::string_view reason) {
  log(LogLevel::kWarn, "sign-in refused",
      {{"client", call.request.remote_addr}, {"reason", std::string(reason)}});
}

}  // namespace

Result<Json> session_json(const Context& context, const Account& account, const std::string& token) {
  const Result<SiteNames> names = SiteNames::read(context.services.store);
  if (!names) return names.error();
  const Person& person = account.person;
  return Json{{"person",
               {{"id", person.id},
                {"name", person.name},
                {"role", to_string(person.role)},
                {"language", account.language},
                {"second_factor", !account.second_factor.empty()},
                {"sites", names->of(person.any_site, person.sites)}}},
              {"csrf", token.empty() ? Json(nullptr) : Json(csrf_token(context.secret, token))},
              {"version", version()}};
}

Field session_cookie(const Request& request, const std::string& token) {
  std::string cookie = std::string(kSessionCookie) + "=" + token + "; Path=/; HttpOnly; SameSite=Strict";
  cookie += "; Max-Age=" + std::to_string(token.empty() ? 0 : kSessionLife / 1000);
  if (request.is_https) cookie += "; Secure";
  return {"Set-Cookie", cookie};
}

Reply welcome(const Context& context, const Call& call, const Account& account, int status) {
  if (const std::string old = session_token(call.request); !old.empty()) {
    const Result<void> ended = context.services.store.end_session(session_hash(context.secret, old));
    if (!ended) return problem(ended.error());
  }
  const Result<std::string> token = begin_session(context.services, context.secret, account.person.id);
  if (!token) return problem(token.error());
  const Result<Json> json = session_json(context, account, *token);
  if (!json) return problem(json.error());
  Reply reply = json_reply(status, *json);
  reply.headers.push_back(session_cookie(call.request, *token));
  return reply;
}

void note_refusal(const Context& context, const Call& call, std::string_view reason,
                  const std::optional<Account>& account) {
  Json what = {{"reason", reason}};
  if (account) what["name"] = account->person.name;
  record(context, call, "session.refuse", {}, what);
  tell_fail2ban(call, reason);
}

Reply must_wait(const Call& call, std::int64_t seconds) {
  tell_fail2ban(call, "too many");
  return problem({ErrorKind::kTooMany,
                  "Too many wrong tries: please wait " + std::to_string(seconds) + " seconds.", "",
                  static_cast<int>(seconds)});
}

Reply hasher_problem(const Error& error) {
  if (error.kind != ErrorKind::kUnavailable) return problem(error);
  Reply reply =
      problem({ErrorKind::kTooMany, "Too many people are signing in at this moment: please try again.", "",
               kBusySeconds});
  reply.notes = {{"error", error.message}};
  return reply;
}

}  // namespace winnow::http::admin
