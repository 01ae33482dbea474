// Errors on the wire: each kind of error has one status, and one form for the JSON API.
#pragma once

#include <string>

#include "classifier/result.h"
#include "service/http/message.h"

namespace winnow::http {

int status_of(ErrorKind kind);

// What a client may read of an error. Internal kinds (unavailable, corrupt, internal) say nothing of the
// inside; their own message belongs in the log.
std::string public_message(const Error& error);

// application/problem+json (RFC 9457): type, title, status, detail, and `field` where there is one. With
// Retry-After on 429 and 503, and WWW-Authenticate on 401. The error's own message goes into the notes of the
// reply.
Reply problem(const Error& error);

// 422: what the call names is there, and cannot be used as it is. `error`'s own message is shown.
Reply unusable(const Error& error);

// The same error as a plain sentence, for everything outside /api. Some Akismet clients look for true, false,
// valid and invalid anywhere in a body: messages that come here do without these words.
Reply plain_error(const Error& error);

// 405 with Allow, in either form.
Reply method_not_allowed(const std::string& allow, bool as_problem);

}  // namespace winnow::http
