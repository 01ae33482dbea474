// The rules, in the admin API (service/http/admin/README.md).
#pragma once

#include "service/http/routes.h"

namespace winnow::http::admin {

// GET ?days= -> {rules, days}
Reply list_rules(const Context& context, const Call& call);
// POST {on} -> 200 the rule's id and state
Reply switch_rule(const Context& context, const Call& call);

}  // namespace winnow::http::admin
