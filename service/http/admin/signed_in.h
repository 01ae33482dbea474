// What sign-in and set-up answer, and what they note of those who are refused.
#pragma once

#include <string>
#include <string_view>

#include "service/http/routes.h"

namespace winnow::http::admin {

// {"person", "csrf", "version"}. `token`: of the session; empty for a program, which has no csrf (null).
Result<Json> session_json(const Context& context, const Account& account, const std::string& token);

// Begins a session: the answer of session_json(), with the cookie. The session that the request came with
// ends.
Reply welcome(const Context& context, const Call& call, const Account& account, int status);

// The Set-Cookie that keeps the token, or with an empty one makes the browser forget it.
Field session_cookie(const Request& request, const std::string& token);

// Notes in the log, and where Fail2Ban reads, that somebody was refused. `account`: whose name was given,
// where there is such a person; a name that nobody has may be a password typed into the wrong field.
void note_refusal(const Context& context, const Call& call, std::string_view reason,
                  const std::optional<Account>& account = {});

// 429, noted where Fail2Ban reads.
Reply must_wait(const Call& call, std::int64_t seconds);

// 429 where too many passwords are checked at this moment, else problem().
Reply hasher_problem(const Error& error);

}  // namespace winnow::http::admin
