// What callers of the admin API send, read piece by piece. Errors are kInvalid and name the field.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "classifier/json.h"
#include "classifier/result.h"
#include "service/http/message.h"
#include "service/store/store.h"

namespace winnow::http::admin {

// The body as one object that has no other members than these.
Result<Json> read_object(const Request& request, std::initializer_list<std::string_view> members);

// A member; none where it is missing or null.
Result<std::optional<std::string>> read_text(const Json& object, const char* name);
Result<std::optional<std::int64_t>> read_number(const Json& object, const char* name);
// "2026-01-31T23:59:59Z", with fraction or offset too; "2026-01-31" is the beginning of that day in UTC.
Result<std::optional<UnixMillis>> read_time(const Json& object, const char* name);

// A whole number above 0, as in a path; none if it is none.
std::optional<std::int64_t> id_of(std::string_view text);

// A parameter of the query; "" if there is none.
std::string parameter(const Request& request, std::string_view name);
// The same as a number from `least` to `most`; `fallback` if there is none.
Result<std::int64_t> parameter(const Request& request, std::string_view name, std::int64_t fallback,
                               std::int64_t least, std::int64_t most);

}  // namespace winnow::http::admin
