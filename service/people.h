// Use case: who may use the admin pages.
#pragma once

#include <string>
#include <string_view>

#include "classifier/result.h"
#include "service/password.h"
#include "service/secret.h"
#include "service/store/store.h"

namespace winnow {

// A person to be: what a form or the command line says of them.
struct NewPerson {
  std::string name;
  Role role = Role::kViewer;
  SiteScope scope;
  std::string password;
};

// The name without blanks around it. kInvalid (field "name") if it has no letter, more than 100 characters or
// such as no name has.
Result<std::string> person_name(std::string_view text);

// kInvalid (field "role") if it is none of viewer, moderator and owner.
Result<Role> role_of(std::string_view text);

// kInvalid (field "sites") for an owner of some sites, or another with none: an owner sees all.
Result<void> check_scope(Role role, const SiteScope& scope);

// Fails as the checks above, check_password() and Store::add_account do.
Result<Account> add_person(Store& store, PasswordHasher& passwords, const NewPerson& person, UnixMillis now,
                           bool only_first = false);

// What makes the first person of an installation its owner: 24 hex digits, of no use once there is a person.
std::string set_up_code(const InstallSecret& secret);

// True while there is no person.
Result<bool> needs_set_up(Store& store);

}  // namespace winnow
