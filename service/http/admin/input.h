// What callers of the admin API send, beside what json.h reads: numbers and times of a body, and parameters
// of a query. Errors are kInvalid and name the field.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "classifier/json.h"
#include "classifier/result.h"
#include "service/http/message.h"
#include "service/store/store.h"

namespace winnow::http::admin {

// A member; none where it is missing or null.
Result<std::optional<std::int64_t>> optional_number(const Json& object, std::string_view name);
// "2026-01-31T23:59:59Z", with fraction or offset too; "2026-01-31" is the beginning of that day in UTC.
Result<std::optional<UnixMillis>> optional_time(const Json& object, std::string_view name);

// A parameter of the query; "" if there is none.
std::string parameter(const Request& request, std::string_view name);
// The same as a number from `least` to `most`; `fallback` if there is none.
Result<std::int64_t> parameter(const Request& request, std::string_view name, std::int64_t fallback,
                               std::int64_t least, std::int64_t most);

}  // namespace winnow::http::admin
