// Lists of verdicts in the admin API; README.md beside this file is their contract.
#pragma once

#include "service/http/routes.h"

namespace winnow::http::admin {

Reply verdicts(const Context& context, const Call& call);
Reply verdict_counts(const Context& context, const Call& call);
Reply delete_verdicts(const Context& context, const Call& call);

}  // namespace winnow::http::admin
