#include "service/people.h"

#include <doctest/doctest.h>

#include "tests/unit/service/installation.h"

using namespace winnow;

TEST_CASE("names") {
  CHECK(*person_name("  Zoë B. ") == "Zoë B.");
  for (const char* bad : {"", "  ", "...", "a\nb", "a\u200bb", "\u202eann", "\xff"}) {
    CAPTURE(bad);
    CHECK(person_name(bad).error().field == "name");
  }
  CHECK(person_name(std::string(100, 'a')).ok());
  CHECK_FALSE(person_name(std::string(101, 'a')).ok());
}

TEST_CASE("roles, and the sites that go with them") {
  CHECK(*role_of("moderator") == Role::kModerator);
  CHECK(role_of("Owner").error().field == "role");
  CHECK(check_scope(Role::kOwner, {true, {}}).ok());
  CHECK_FALSE(check_scope(Role::kOwner, {false, {1}}).ok());
  CHECK(check_scope(Role::kViewer, {false, {1}}).ok());
  CHECK(check_scope(Role::kViewer, {true, {}}).ok());
  CHECK_FALSE(check_scope(Role::kViewer, {false, {}}).ok());
}

TEST_CASE("a person is added with the hash of the password, the first one once") {
  Installation home;
  PasswordHasher passwords;
  CHECK(*needs_set_up(*home.store));
  const NewPerson ann{"Ann", Role::kOwner, {true, {}}, "correct horse"};
  const Account added = must(add_person(*home.store, passwords, ann, 7, true));
  CHECK_FALSE(*needs_set_up(*home.store));
  const Account found = *must(home.store->find_account("ann"));
  CHECK(found.person.id == added.person.id);
  CHECK(found.created_at == 7);
  CHECK(*passwords.matches(found.password, "correct horse"));
  CHECK(add_person(*home.store, passwords, {"Bob", Role::kOwner, {true, {}}, "correct horse"}, 7, true)
            .error()
            .kind == ErrorKind::kConflict);
  CHECK(add_person(*home.store, passwords, {"Bob", Role::kViewer, {true, {}}, "short"}, 7).error().field ==
        "password");
}

TEST_CASE("each installation has a set-up code of its own") {
  const Installation one, other;
  CHECK(set_up_code(one.secret).size() == 24);
  CHECK(set_up_code(one.secret) == set_up_code(one.secret));
  CHECK(set_up_code(one.secret) != set_up_code(other.secret));
}
