#include "service/http/admin/caller.h"

#include <algorithm>

#include "service/http/auth.h"
#include "service/sign_in.h"

namespace winnow::http::admin {
namespace {

constexpr std::size_t kTokenDigits = 64;

// The value of one cookie of "a=1; b=2", or empty.
std::string_view cookie(std::string_view list, std::string_view name) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(';'), list.size());
    std::string_view pair = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
    if (pair.starts_with(name) && pair.substr(name.size()).starts_with('='))
      return pair.substr(name.size() + 1);
  }
  return {};
}

Result<void> must_be_our_page(const Context& context, const Request& request, std::string_view token) {
  if (request.method == "GET" || request.method == "HEAD") return {};
  if (!came_from_here(request))
    return Error{ErrorKind::kForbidden, "This request comes from a page of another site.", "Origin"};
  if (!same_secret(csrf_token(context.secret, token), request.header("x-csrf-token")))
    return Error{ErrorKind::kForbidden, "The header X-CSRF-Token is missing or wrong: load the page anew.",
                 "X-CSRF-Token"};
  return {};
}

Result<Person> program(const Context& context, const Request& request) {
  const std::string bearer = bearer_token(request);
  if (bearer.empty())
    return Error{ErrorKind::kUnauthenticated, "Sign in first, or send a key with the scope admin.",
                 "Authorization"};
  Entrance entrance = enter(context, request, bearer, {KeyScope::kAdmin});
  if (entrance.outcome != Entrance::Outcome::kLetIn) {
    entrance.error.field = "Authorization";
    return entrance.error;
  }
  Key& key = entrance.key;
  Person person;
  person.key = key.id;
  person.name = "key " + key.hint;
  person.role = key.any_site ? Role::kOwner : Role::kModerator;
  person.any_site = key.any_site;
  person.sites = std::move(key.sites);
  return person;
}

}  // namespace

std::string session_token(const Request& request) {
  const std::string_view token = cookie(request.header("cookie"), kSessionCookie);
  const bool has_form =
      token.size() == kTokenDigits && token.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  return has_form ? std::string(token) : std::string();
}

bool came_from_here(const Request& request) {
  const std::string_view site = request.header("sec-fetch-site");
  if (!site.empty()) return site == "same-origin" || site == "none";
  std::string_view origin = request.header("origin");
  if (origin.empty()) return true;
  const std::size_t scheme = origin.find("://");
  if (scheme == std::string_view::npos) return false;  // "null"
  return lower(origin.substr(scheme + 3)) == lower(request.header("host"));
}

Result<Person> caller(const Context& context, const Request& request) {
  const std::string token = session_token(request);
  if (token.empty()) return program(context, request);
  Result<std::optional<Account>> account = find_session(context.services, context.secret, token);
  if (!account) return account.error();
  if (!account->has_value()) return program(context, request);
  if (Result<void> ours = must_be_our_page(context, request, token); !ours) return ours.error();
  return std::move((*account)->person);
}

}  // namespace winnow::http::admin
