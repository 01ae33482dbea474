#include "service/people.h"

#include <algorithm>

#include "classifier/unicode.h"

namespace winnow {
namespace {

constexpr std::size_t kMostCharacters = 100;
constexpr std::size_t kCodeDigits = 24;

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || is_invisible(c);
}

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

}  // namespace

Result<std::string> person_name(std::string_view text) {
  const auto wrong = [](const char* message) { return Error{ErrorKind::kInvalid, message, "name"}; };
  text = trim(text);
  if (!is_valid_utf8(text)) return wrong("The name is not written in UTF-8.");
  std::size_t characters = 0;
  bool has_letter = false;
  for (std::size_t at = 0; at < text.size(); ++characters) {
    const char32_t c = next_code_point(text, at);
    if (is_control(c)) return wrong("The name has characters that cannot be seen.");
    has_letter = has_letter || is_letter(c) || is_digit(c);
  }
  if (!has_letter) return wrong("A person needs a name.");
  if (characters > kMostCharacters) return wrong("A name has at most 100 characters.");
  return std::string(text);
}

Result<Role> role_of(std::string_view text) {
  for (const Role role : {Role::kViewer, Role::kModerator, Role::kOwner})
    if (text == to_string(role)) return role;
  return Error{ErrorKind::kInvalid, "A role is owner, moderator or viewer.", "role"};
}

Result<void> check_scope(Role role, const SiteScope& scope) {
  if (role == Role::kOwner && !scope.any_site)
    return Error{ErrorKind::kInvalid, "An owner sees all sites: name none.", "sites"};
  if (!scope.any_site && scope.sites.empty())
    return Error{ErrorKind::kInvalid, "Name the sites that the person may see, or none for all.", "sites"};
  return {};
}

Result<Account> add_person(Store& store, PasswordHasher& passwords, const NewPerson& person, UnixMillis now,
                           bool only_first) {
  Result<std::string> name = person_name(person.name);
  if (!name) return name.error();
  if (Result<void> good = check_scope(person.role, person.scope); !good) return good.error();
  if (Result<void> good = check_password(person.password); !good) return good.error();
  Result<std::string> hash = passwords.hash(person.password);
  if (!hash) return hash.error();
  Account account;
  account.person.name = std::move(*name);
  account.person.role = person.role;
  account.person.any_site = person.scope.any_site;
  account.person.sites = person.scope.sites;
  account.password = std::move(*hash);
  account.created_at = now;
  const Result<PersonId> id = store.add_account(account, only_first);
  if (!id) return id.error();
  account.person.id = *id;
  return account;
}

std::string set_up_code(const InstallSecret& secret) {
  return secret.hash("admin set-up").substr(0, kCodeDigits);
}

Result<bool> needs_set_up(Store& store) {
  const Result<std::vector<Account>> accounts = store.accounts();
  if (!accounts) return accounts.error();
  return accounts->empty();
}

}  // namespace winnow
