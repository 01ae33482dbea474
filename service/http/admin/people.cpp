#include "service/http/admin/people.h"

#include "service/http/admin/audit.h"
#include "service/http/admin/caller.h"
#include "service/http/admin/json.h"
#include "service/http/admin/signed_in.h"
#include "service/http/encode.h"
#include "service/http/errors.h"
#include "service/people.h"

namespace winnow::http::admin {
namespace {

Json json_of(const Account& account, const SiteNames& names) {
  const Person& person = account.person;
  return {{"id", person.id},
          {"name", person.name},
          {"role", to_string(person.role)},
          {"sites", names.of(person.any_site, person.sites)},
          {"created_at", rfc3339(account.created_at)},
          {"last_seen", time_or_null(account.last_seen)},
          {"second_factor", !account.second_factor.empty()}};
}

Reply reply_of(const Context& context, const Account& account, int status) {
  const Result<SiteNames> names = SiteNames::read(context.services.store);
  if (!names) return problem(names.error());
  return json_reply(status, json_of(account, *names));
}

// A site of the body that is not there is a mistake in the body, not in the address.
Error of_body(const Error& error) {
  if (error.kind == ErrorKind::kNotFound && error.field == "sites")
    return {ErrorKind::kInvalid, error.message, error.field};
  return error;
}

Reply refused(const Error& error) {
  return error.kind == ErrorKind::kUnavailable ? hasher_problem(error) : problem(of_body(error));
}

Result<NewPerson> new_person(const Request& request) {
  const Result<Json> body = object_of(request, {"name", "role", "sites", "password"});
  if (!body) return body.error();
  NewPerson person;
  for (const auto& [name, to] : {std::pair("name", &person.name), std::pair("password", &person.password)}) {
    Result<std::string> text = text_of(*body, name);
    if (!text) return text.error();
    *to = std::move(*text);
  }
  const Result<std::string> role_text = text_of(*body, "role");
  if (!role_text) return role_text.error();
  const Result<Role> role = role_of(*role_text);
  if (!role) return role.error();
  person.role = *role;
  if (!body->contains("sites"))
    return Error{ErrorKind::kInvalid, "The member is missing; null is all sites.", "sites"};
  Result<SiteScope> scope = scope_of(body->at("sites"));
  if (!scope) return scope.error();
  person.scope = std::move(*scope);
  return person;
}

// Role and sites as they are asked for, together good for each other.
Result<void> read_rights(const Json& body, const Account& account, AccountChange& change) {
  const Result<std::optional<std::string>> role_text = optional_text(body, "role");
  if (!role_text) return role_text.error();
  if (*role_text) {
    const Result<Role> role = role_of(**role_text);
    if (!role) return role.error();
    change.role = *role;
  }
  if (body.contains("sites")) {
    Result<SiteScope> scope = scope_of(body.at("sites"));
    if (!scope) return scope.error();
    change.scope = std::move(*scope);
  }
  const Role role = change.role.value_or(account.person.role);
  if (change.role == Role::kOwner && !change.scope) change.scope = SiteScope{true, {}};
  return check_scope(role, change.scope.value_or(SiteScope{account.person.any_site, account.person.sites}));
}

// A password that is set for somebody, a second factor that is taken off.
Result<void> read_secrets(const Context& context, const Json& body, AccountChange& change) {
  const Result<std::optional<std::string>> password = optional_text(body, "password");
  if (!password) return password.error();
  if (*password) {
    if (Result<void> good = check_password(**password); !good) return good;
    Result<std::string> hash = context.sign_in_guard->passwords.hash(**password);
    if (!hash) return hash.error();
    change.password = std::move(*hash);
  }
  const Result<std::optional<bool>> factor = optional_flag(body, "second_factor");
  if (!factor) return factor.error();
  if (!*factor) return {};
  if (**factor)
    return Error{ErrorKind::kInvalid, "Only its owner can turn a second factor on.", "second_factor"};
  change.second_factor = "";
  change.pending_factor = "";
  return {};
}

Json what_changed(const Account& account, const AccountChange& change) {
  Json what = {{"name", account.person.name}};
  if (change.role) what["role"] = to_string(*change.role);
  if (change.scope) what["sites"] = change.scope->any_site ? Json(nullptr) : Json(change.scope->sites);
  if (change.password) what["password"] = true;
  if (change.second_factor) what["second_factor"] = false;
  return what;
}

Result<Account> person_of(const Context& context, const Call& call) {
  const Result<std::int64_t> id = number_of(call.id);
  if (!id) return id.error();
  Result<std::optional<Account>> account = context.services.store.account(*id);
  if (!account) return account.error();
  if (!account->has_value()) return Error{ErrorKind::kNotFound, "There is no person with this id.", "id"};
  return std::move(**account);
}

}  // namespace

Reply people(const Context& context, const Call&) {
  const Result<std::vector<Account>> accounts = context.services.store.accounts();
  if (!accounts) return problem(accounts.error());
  const Result<SiteNames> names = SiteNames::read(context.services.store);
  if (!names) return problem(names.error());
  Json list = Json::array();
  for (const Account& account : *accounts) list.push_back(json_of(account, *names));
  return json_reply(200, {{"people", std::move(list)}});
}

Reply add_person(const Context& context, const Call& call) {
  const Result<NewPerson> person = new_person(call.request);
  if (!person) return problem(person.error());
  const Result<Account> account = winnow::add_person(context.services.store, context.sign_in_guard->passwords,
                                                     *person, context.services.now());
  if (!account) return refused(account.error());
  record(context, call, "person.add", {},
         {{"name", account->person.name},
          {"role", to_string(account->person.role)},
          {"sites", person->scope.any_site ? Json(nullptr) : Json(person->scope.sites)}});
  return reply_of(context, *account, 201);
}

Reply change_person(const Context& context, const Call& call) {
  const Result<Json> body = object_of(call.request, {"role", "sites", "password", "second_factor"});
  if (!body) return problem(body.error());
  const Result<Account> account = person_of(context, call);
  if (!account) return problem(account.error());
  AccountChange change;
  if (const Result<void> read = read_rights(*body, *account, change); !read) return problem(read.error());
  if (const Result<void> read = read_secrets(context, *body, change); !read) return refused(read.error());
  const PersonId id = account->person.id;
  Store& store = context.services.store;
  if (const Result<void> changed = store.change_account(id, change); !changed)
    return refused(changed.error());
  if (change.password) {
    const std::string own =
        id == call.person.id ? session_hash(context.secret, session_token(call.request)) : "";
    if (const Result<void> ended = store.end_sessions(id, own); !ended) return problem(ended.error());
  }
  record(context, call, "person.change", {}, what_changed(*account, change));
  const Result<Account> now = person_of(context, call);
  if (!now) return problem(now.error());
  return reply_of(context, *now, 200);
}

Reply delete_person(const Context& context, const Call& call) {
  const Result<Account> account = person_of(context, call);
  if (!account) return problem(account.error());
  const Result<void> removed = context.services.store.remove_account(account->person.id);
  if (!removed) return problem(removed.error());
  record(context, call, "person.delete", {}, {{"name", account->person.name}});
  Reply reply;
  reply.status = 204;
  return reply;
}

}  // namespace winnow::http::admin
