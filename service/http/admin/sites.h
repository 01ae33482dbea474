// /api/v1/admin/sites.
#pragma once

#include "service/http/routes.h"

namespace winnow::http::admin {

Reply sites(const Context& context, const Call& call);
Reply add_site(const Context& context, const Call& call);
Reply change_site(const Context& context, const Call& call);

}  // namespace winnow::http::admin
