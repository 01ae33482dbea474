// Where a request carries its key, and whether that lets it in.
#pragma once

#include <string>

#include "service/gate.h"
#include "service/http/context.h"
#include "service/http/fields.h"
#include "service/http/message.h"

namespace winnow::http {

// What Gate::enter() says of a request that shows this key for something that takes one of these scopes. The
// one place where keys of requests are judged; a use of one that is let in is noted.
Entrance enter(const Context& context, const Request& request, std::string_view key, KeyScopes any_of);

// The token of `Authorization: Bearer TOKEN` (RFC 6750), or empty.
std::string bearer_token(const Request& request);

// The key of an Akismet call: field `key` if the call defines it and it is not empty, else field `api_key`
// (body or query), else the first label of the Host if that has the form of an Akismet key and stands before
// one of `key_domains` (lower case; none: before any name). Empty if there is none. kInvalid (field "key" or
// "api_key") if the field that counts was sent with two different values.
Result<std::string> akismet_key(const Request& request, const Fields& fields, bool call_defines_key,
                                const std::vector<std::string>& key_domains);

}  // namespace winnow::http
