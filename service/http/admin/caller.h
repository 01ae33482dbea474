// Who calls the admin API: a person by the cookie of their session, or a program by its key.
#pragma once

#include <string>

#include "service/http/context.h"
#include "service/http/message.h"

namespace winnow::http::admin {

inline constexpr const char* kSessionCookie = "winnow_session";

// The person whose session the request's cookie names; else the program whose key it bears: an owner where
// the key is good for any site, else a moderator of its sites. kUnauthenticated if it is neither, kTooMany as
// Gate::enter(). kForbidden if the key has not the scope admin, or is suspended; or if a call by cookie that
// may change something (all but GET and HEAD) does not show that a page of ours sends it: by X-CSRF-Token,
// and by came_from_here().
Result<Person> caller(const Context& context, const Request& request);

// The token in the request's cookie; empty if there is none of the form that tokens have.
std::string session_token(const Request& request);

// False if the browser says that another site's page sent the request: by Sec-Fetch-Site or, where it does
// not send that, by an Origin that is not the request's own Host.
bool came_from_here(const Request& request);

}  // namespace winnow::http::admin
