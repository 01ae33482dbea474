#include "service/http/admin/session.h"

#include "service/http/admin/audit.h"
#include "service/http/admin/caller.h"
#include "service/http/admin/json.h"
#include "service/http/admin/signed_in.h"
#include "service/http/encode.h"
#include "service/http/errors.h"
#include "service/people.h"
#include "service/totp.h"

namespace winnow::http::admin {
namespace {

using Answer = SignIn::Answer;

Reply no_content() {
  Reply reply;
  reply.status = 204;
  return reply;
}

Error of_another_site() {
  return {ErrorKind::kForbidden, "This request comes from a page of another site.", "Origin"};
}

// As caller() found it, with the parts that only the person needs.
Result<Account> own_account(const Context& context, const Call& call) {
  if (call.person.id == 0)
    return Error{ErrorKind::kForbidden, "This is for people who signed in, not for keys.", ""};
  Result<std::optional<Account>> account = context.services.store.account(call.person.id);
  if (!account) return account.error();
  if (!account->has_value()) return Error{ErrorKind::kUnauthenticated, "Sign in first.", ""};
  return std::move(**account);
}

Reply wrong_credentials(const char* detail, bool code_needed) {
  Reply reply = problem({ErrorKind::kUnauthenticated, detail, code_needed ? "code" : ""});
  if (!code_needed) return reply;
  Json json = *parse_json(reply.body);
  json["code_needed"] = true;
  reply.body = to_text(json);
  return reply;
}

// The person says their password again. None: it is right.
std::optional<Reply> refuse_password(const Context& context, const Call& call, const Account& account,
                                     const std::string& password) {
  const Result<SignIn> said =
      confirm(context.services, *context.sign_in_guard, account, password, call.request.remote_addr);
  if (!said) return hasher_problem(said.error());
  if (said->answer == Answer::kTooMany) return must_wait(call, said->wait_seconds);
  if (said->answer == Answer::kWelcome) return std::nullopt;
  note_refusal(context, call, "password", account);
  return problem({ErrorKind::kForbidden, "The password is wrong.", "password"});
}

// The own account of a person who gave their password in the body; none of it else.
struct Confirmed {
  std::optional<Reply> refusal;
  Account account;
  Json body;
};
Confirmed confirmed(const Context& context, const Call& call,
                    std::initializer_list<std::string_view> members) {
  Result<Json> body = object_of(call.request, members);
  if (!body) return {problem(body.error()), {}, {}};
  const Result<std::string> password = text_of(*body, "password");
  if (!password) return {problem(password.error()), {}, {}};
  Result<Account> account = own_account(context, call);
  if (!account) return {problem(account.error()), {}, {}};
  std::optional<Reply> refusal = refuse_password(context, call, *account, *password);
  return {std::move(refusal), std::move(*account), std::move(*body)};
}

}  // namespace

Reply setup_state(const Context& context, const Call&) {
  const Result<bool> needed = needs_set_up(context.services.store);
  if (!needed) return problem(needed.error());
  return json_reply(200, {{"needed", *needed}});
}

Reply set_up(const Context& context, const Call& call) {
  if (!came_from_here(call.request)) return problem(of_another_site());
  const Result<Json> body = object_of(call.request, {"code", "name", "password"});
  if (!body) return problem(body.error());
  NewPerson owner{"", Role::kOwner, {true, {}}, ""};
  std::string code;
  for (const auto& [name, to] :
       {std::pair("code", &code), std::pair("name", &owner.name), std::pair("password", &owner.password)}) {
    Result<std::string> text = text_of(*body, name);
    if (!text) return problem(text.error());
    *to = std::move(*text);
  }
  const Result<bool> needed = needs_set_up(context.services.store);
  if (!needed) return problem(needed.error());
  if (!*needed) return problem({ErrorKind::kConflict, "There is a person already: sign in.", ""});
  Throttle& throttle = context.sign_in_guard->throttle;
  const std::vector<std::string> keys = {throttle_key_of_address(call.request.remote_addr)};
  const std::int64_t wait = throttle.begin(keys, context.services.now());
  if (wait > 0) return must_wait(call, wait);
  if (!same_secret(code, set_up_code(context.secret))) {
    note_refusal(context, call, "set-up code");
    return problem({ErrorKind::kForbidden,
                    "The set-up code is wrong: `winnow person setup` prints the link with the right one.",
                    "code"});
  }
  throttle.take_back(keys);
  const Result<Account> account = add_person(context.services.store, context.sign_in_guard->passwords, owner,
                                             context.services.now(), true);
  if (!account)
    return account.error().field.empty() ? hasher_problem(account.error()) : problem(account.error());
  Call acting = call;
  acting.person = account->person;
  record(context, acting, "person.setup");
  return welcome(context, call, *account, 201);
}

Reply sign_in(const Context& context, const Call& call) {
  if (!came_from_here(call.request)) return problem(of_another_site());
  const Result<Json> body = object_of(call.request, {"name", "password", "code"});
  if (!body) return problem(body.error());
  const Result<std::string> name = text_of(*body, "name");
  if (!name) return problem(name.error());
  const Result<std::string> password = text_of(*body, "password");
  if (!password) return problem(password.error());
  const Result<std::optional<std::string>> code = optional_text(*body, "code");
  if (!code) return problem(code.error());
  const Result<SignIn> done =
      winnow::sign_in(context.services, context.secret, *context.sign_in_guard,
                      {*name, *password, code->value_or(""), call.request.remote_addr});
  if (!done) return hasher_problem(done.error());
  switch (done->answer) {
    case Answer::kTooMany:
      return must_wait(call, done->wait_seconds);
    case Answer::kWrong:
      note_refusal(context, call, "password", done->account);
      return wrong_credentials("The name or the password is wrong.", false);
    case Answer::kCodeNeeded:
      return wrong_credentials("The code of the second factor is needed.", true);
    case Answer::kWrongCode:
      note_refusal(context, call, "code", done->account);
      return wrong_credentials("The code is wrong, or was used before.", true);
    case Answer::kWelcome:
      break;
  }
  Call acting = call;
  acting.person = done->account->person;
  record(context, acting, "session.begin");
  return welcome(context, call, *done->account, 200);
}

Reply session(const Context& context, const Call& call) {
  Account account;
  account.person = call.person;
  if (call.person.id != 0) {
    Result<Account> own = own_account(context, call);
    if (!own) return problem(own.error());
    account = std::move(*own);
  }
  const Result<Json> json =
      session_json(context, account, call.person.id == 0 ? "" : session_token(call.request));
  if (!json) return problem(json.error());
  return json_reply(200, *json);
}

Reply sign_out(const Context& context, const Call& call) {
  const std::string token = session_token(call.request);
  if (call.person.id != 0) {
    const Result<void> ended = context.services.store.end_session(session_hash(context.secret, token));
    if (!ended) return problem(ended.error());
    record(context, call, "session.end");
  }
  Reply reply = no_content();
  reply.headers.push_back(session_cookie(call.request, ""));
  return reply;
}

Reply change_password(const Context& context, const Call& call) {
  Confirmed person = confirmed(context, call, {"password", "new_password"});
  if (person.refusal) return *person.refusal;
  const Result<std::string> wanted = text_of(person.body, "new_password");
  if (!wanted) return problem(wanted.error());
  if (const Result<void> good = check_password(*wanted); !good)
    return problem({good.error().kind, good.error().message, "new_password"});
  const Result<std::string> hash = context.sign_in_guard->passwords.hash(*wanted);
  if (!hash) return hasher_problem(hash.error());
  Store& store = context.services.store;
  if (const Result<void> set = store.change_account(call.person.id, {.password = *hash}); !set)
    return problem(set.error());
  const std::string own = session_hash(context.secret, session_token(call.request));
  if (const Result<void> ended = store.end_sessions(call.person.id, own); !ended)
    return problem(ended.error());
  record(context, call, "password.change");
  return no_content();
}

Reply change_language(const Context& context, const Call& call) {
  const Result<Json> body = object_of(call.request, {"language"});
  if (!body) return problem(body.error());
  const Result<std::string> language = text_of(*body, "language");
  if (!language) return problem(language.error());
  if (*language != "en" && *language != "de" && !language->empty())
    return problem({ErrorKind::kInvalid, "The pages speak en and de; empty is the browser's.", "language"});
  const Result<Account> account = own_account(context, call);
  if (!account) return problem(account.error());
  const Result<void> set = context.services.store.change_account(call.person.id, {.language = *language});
  if (!set) return problem(set.error());
  return no_content();
}

Reply begin_second_factor(const Context& context, const Call& call) {
  const Confirmed person = confirmed(context, call, {"password"});
  if (person.refusal) return *person.refusal;
  const std::string secret = generate_totp_secret();
  const Result<void> set =
      context.services.store.change_account(call.person.id, {.pending_factor = context.secret.seal(secret)});
  if (!set) return problem(set.error());
  return json_reply(200, {{"secret", base32(secret)}, {"uri", totp_uri(secret, person.account.person.name)}});
}

Reply confirm_second_factor(const Context& context, const Call& call) {
  const Result<Json> body = object_of(call.request, {"code"});
  if (!body) return problem(body.error());
  const Result<std::string> code = text_of(*body, "code");
  if (!code) return problem(code.error());
  const Result<Account> account = own_account(context, call);
  if (!account) return problem(account.error());
  if (account->pending_factor.empty()) return problem({ErrorKind::kConflict, "Ask for a secret first.", ""});
  const Result<std::string> secret = context.secret.unseal(account->pending_factor);
  if (!secret) return problem(secret.error());
  const std::optional<std::int64_t> step = matching_step(*secret, *code, context.services.now(), 0);
  if (!step)
    return problem(
        {ErrorKind::kForbidden, "The code is wrong. Is the clock of the authenticator right?", "code"});
  Store& store = context.services.store;
  const Result<void> set = store.change_account(
      call.person.id, {.second_factor = account->pending_factor, .pending_factor = "", .factor_step = *step});
  if (!set) return problem(set.error());
  record(context, call, "second_factor.on");
  return no_content();
}

Reply end_second_factor(const Context& context, const Call& call) {
  const Confirmed person = confirmed(context, call, {"password"});
  if (person.refusal) return *person.refusal;
  const Result<void> set =
      context.services.store.change_account(call.person.id, {.second_factor = "", .pending_factor = ""});
  if (!set) return problem(set.error());
  record(context, call, "second_factor.off");
  return no_content();
}

}  // namespace winnow::http::admin
