#include "service/sign_in.h"

#include <doctest/doctest.h>

#include "service/people.h"
#include "service/totp.h"
#include "tests/unit/service/installation.h"

using namespace winnow;
using Answer = SignIn::Answer;

namespace {

struct House {
  Installation home;
  SignInGuard guard;
  Account ann = must(
      add_person(*home.store, guard.passwords, {"Ann", Role::kOwner, {true, {}}, "correct horse"}, home.now));

  SignIn try_in(const std::string& name, const std::string& password, const std::string& code = "",
                const std::string& address = "203.0.113.7") {
    return must(sign_in(home.services, home.secret, guard, {name, password, code, address}));
  }
  bool knows(const std::string& token) {
    return must(find_session(home.services, home.secret, token)).has_value();
  }
};

}  // namespace

TEST_CASE("name and password, in any case of the name") {
  House house;
  CHECK(house.try_in("ann", "correct horse").answer == Answer::kWelcome);
  CHECK(house.try_in("ANN", "correct horse").account->person.id == house.ann.person.id);
  CHECK(house.try_in("ann", "Correct horse").answer == Answer::kWrong);
  const SignIn nobody = house.try_in("bob", "correct horse");
  CHECK(nobody.answer == Answer::kWrong);
  CHECK_FALSE(nobody.account.has_value());
}

TEST_CASE("who guesses waits, also with the right password; who was right begins anew") {
  House house;
  for (int i = 0; i < 4; ++i) CHECK(house.try_in("ann", "wrong guess").answer == Answer::kWrong);
  CHECK(house.try_in("ann", "correct horse").answer == Answer::kWelcome);
  // The network's four stand.
  for (int i = 0; i < 5; ++i)
    CHECK(house.try_in("Ann", "wrong guess", "", "198.51.100." + std::to_string(i)).answer == Answer::kWrong);
  const SignIn throttled = house.try_in("ann", "correct horse", "", "192.0.2.1");
  CHECK(throttled.answer == Answer::kTooMany);
  CHECK(throttled.wait_seconds == 30);
  house.home.now += 30'000;
  CHECK(house.try_in("ann", "correct horse", "", "192.0.2.1").answer == Answer::kWelcome);
}

TEST_CASE("with a second factor the code is needed, right, and new") {
  House house;
  const std::string secret = generate_totp_secret();
  must(house.home.store->change_account(house.ann.person.id,
                                        {.second_factor = house.home.secret.seal(secret)}));
  const std::string code = totp_code(secret, totp_step(house.home.now));
  for (int i = 0; i < 6; ++i)  // asking for the code is no guess
    CHECK(house.try_in("ann", "correct horse").answer == Answer::kCodeNeeded);
  CHECK(house.try_in("ann", "wrong guess", code).answer == Answer::kWrong);
  CHECK(house.try_in("ann", "correct horse", "000000").answer == Answer::kWrongCode);
  CHECK(house.try_in("ann", "correct horse", code).answer == Answer::kWelcome);
  CHECK(house.try_in("ann", "correct horse", code).answer == Answer::kWrongCode);
  house.home.now += 30'000;
  CHECK(house.try_in("ann", "correct horse", totp_code(secret, totp_step(house.home.now))).answer ==
        Answer::kWelcome);
}

TEST_CASE("codes cannot be guessed for long, not even with asking between") {
  House house;
  const std::string secret = generate_totp_secret();
  must(house.home.store->change_account(house.ann.person.id,
                                        {.second_factor = house.home.secret.seal(secret)}));
  int looked_at = 0;
  for (int i = 0; i < 10; ++i) {
    looked_at += house.try_in("ann", "correct horse", "nocode").answer == Answer::kWrongCode;
    house.try_in("ann", "correct horse");
  }
  CHECK(looked_at == 5);
}

TEST_CASE("a password is confirmed under the same throttle") {
  House house;
  for (int i = 0; i < 5; ++i)
    CHECK(must(confirm(house.home.services, house.guard, house.ann, "wrong guess", "203.0.113.7")).answer ==
          Answer::kWrong);
  CHECK(must(confirm(house.home.services, house.guard, house.ann, "correct horse", "203.0.113.7")).answer ==
        Answer::kTooMany);
  CHECK(house.try_in("ann", "correct horse", "", "192.0.2.1").answer == Answer::kTooMany);
}

TEST_CASE("a session is known by its token until it ends, is idle for a week, or is a month old") {
  House house;
  const std::string token = must(begin_session(house.home.services, house.home.secret, house.ann.person.id));
  CHECK(token.size() == 64);
  CHECK(house.knows(token));
  CHECK_FALSE(house.knows(std::string(64, '0')));
  CHECK_FALSE(must(house.home.store->find_session(token)).has_value());  // its hash alone is stored
  for (int week = 0; week < 4; ++week) {
    house.home.now += kSessionIdle;
    CHECK(house.knows(token));
  }
  house.home.now += kSessionLife - 4 * kSessionIdle;
  CHECK(house.knows(token));
  house.home.now += 1;
  CHECK_FALSE(house.knows(token));

  const std::string idle = must(begin_session(house.home.services, house.home.secret, house.ann.person.id));
  house.home.now += kSessionIdle + 1;
  CHECK_FALSE(house.knows(idle));
}

TEST_CASE("that a session was seen is written once a minute") {
  House house;
  const std::string token = must(begin_session(house.home.services, house.home.secret, house.ann.person.id));
  const UnixMillis begun = house.home.now;
  const auto seen = [&] { return must(house.home.store->account(house.ann.person.id))->last_seen; };
  house.home.now += 59'999;
  CHECK(house.knows(token));
  CHECK(seen() == begun);
  house.home.now += 1;
  CHECK(house.knows(token));
  CHECK(seen() == begun + 60'000);
}

TEST_CASE("the CSRF token is of the session, and no hash that is stored") {
  const Installation home;
  const std::string token(64, 'a');
  CHECK(csrf_token(home.secret, token) == csrf_token(home.secret, token));
  CHECK(csrf_token(home.secret, token) != csrf_token(home.secret, std::string(64, 'b')));
  CHECK(csrf_token(home.secret, token) != session_hash(home.secret, token));
}
