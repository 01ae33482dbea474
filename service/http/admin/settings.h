// /api/v1/admin/settings and /api/v1/admin/log: what the process runs with, and what was done.
#pragma once

#include "service/http/routes.h"

namespace winnow::http::admin {

Reply settings(const Context& context, const Call& call);
Reply acts(const Context& context, const Call& call);

}  // namespace winnow::http::admin
