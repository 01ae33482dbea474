// Use case: a person signs in, is known by a session, and leaves.
//
// A session's token is 256 random bits that the browser keeps; winnow keeps its keyed hash alone. The token
// that every call but GET must bring besides (CSRF) is another keyed hash of it, so that it need not be kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "service/check.h"
#include "service/password.h"
#include "service/secret.h"
#include "service/throttle.h"

namespace winnow {

inline constexpr UnixMillis kSessionLife = 30LL * 86'400'000;
inline constexpr UnixMillis kSessionIdle = 7LL * 86'400'000;

// What guards the door, for all requests at once. Thread rule: as its parts.
struct SignInGuard {
  Throttle throttle;
  PasswordHasher passwords;
};

struct Credentials {
  std::string name;
  std::string password;
  std::string code;     // of the second factor; may be empty
  std::string address;  // where they come from
};

// What became of somebody who wants in.
struct SignIn {
  enum class Answer {
    kWelcome,
    kWrong,       // name or password
    kCodeNeeded,  // both are right, the code is missing
    kWrongCode,
    kTooMany,  // not looked at
  };
  Answer answer = Answer::kWrong;
  std::int64_t wait_seconds = 0;  // of kTooMany
  std::optional<Account>
      account;  // of that name, where there is one; whose password it is, with kWelcome alone
};

// Wrong names, passwords and codes count against the name and the client's network; a wrong name takes as
// long as a wrong password. A code is good once.
Result<SignIn> sign_in(const Services& services, const InstallSecret& secret, SignInGuard& guard,
                       const Credentials& credentials);

// Whether it is the person's password, for what a person who is signed in must say it again. Counts as
// sign_in() does.
Result<SignIn> confirm(const Services& services, SignInGuard& guard, const Account& account,
                       const std::string& password, const std::string& address);

// The new session's token: 64 hex digits.
Result<std::string> begin_session(const Services& services, const InstallSecret& secret, PersonId person);

// Whose session it is; none if it is over or there is none. Notes, at most once a minute, that it was seen.
Result<std::optional<Account>> find_session(const Services& services, const InstallSecret& secret,
                                            std::string_view token);

// As Store keeps it, and as the page sends it.
std::string session_hash(const InstallSecret& secret, std::string_view token);
std::string csrf_token(const InstallSecret& secret, std::string_view token);

}  // namespace winnow
