// Who calls the admin API.
#pragma once

#include "service/http/context.h"
#include "service/http/message.h"

namespace winnow::http::admin {

// The program whose administrator's key the request bears: an owner where the key is good for any site, else
// a moderator of its sites. kUnauthenticated without a good key; kForbidden if it is no administrator's, or
// suspended.
Result<Person> caller(const Context& context, const Request& request);

}  // namespace winnow::http::admin
