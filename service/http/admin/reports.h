// What a person says of comments at the desk, and takes back (service/http/admin/README.md, "Verdicts").
#pragma once

#include "service/http/routes.h"

namespace winnow::http::admin {

// POST {ids, label, everywhere?} -> 200 {results, alike}
Reply report_verdicts(const Context& context, const Call& call);

// POST {ids} -> 200 {results, in_force}
Reply withdraw_reports(const Context& context, const Call& call);

}  // namespace winnow::http::admin
