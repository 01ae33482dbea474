// What reports taught, who reports, and the models, in the admin API (service/http/admin/README.md).
#pragma once

#include "service/http/routes.h"

namespace winnow::http::admin {

// GET -> {reports, waiting, reporters, models, promotions, can_promote, retrain}
Reply training(const Context& context, const Call& call);
// POST {reason} -> 200 the promotion
Reply promote_model(const Context& context, const Call& call);
Reply roll_back_model(const Context& context, const Call& call);

}  // namespace winnow::http::admin
