// Where a request carries its key.
#pragma once

#include <string>

#include "service/http/fields.h"
#include "service/http/message.h"

namespace winnow::http {

// The token of `Authorization: Bearer TOKEN` (RFC 6750), or empty.
std::string bearer_token(const Request& request);

// The key of an Akismet call: field `key` if the call defines it and it is not empty, else field `api_key`
// (body or query), else the first label of the Host if that has the form of an Akismet key and stands before
// one of `key_domains` (lower case; none: before any name). Empty if there is none. kInvalid (field "key" or
// "api_key") if the field that counts was sent with two different values.
Result<std::string> akismet_key(const Request& request, const Fields& fields, bool call_defines_key,
                                const std::vector<std::string>& key_domains);

}  // namespace winnow::http
