// /api/v1/admin/keys: what clients show.
#pragma once

#include "service/http/routes.h"

namespace winnow::http::admin {

Reply keys(const Context& context, const Call& call);
Reply create_key(const Context& context, const Call& call);
Reply change_key(const Context& context, const Call& call);
Reply suspend_key(const Context& context, const Call& call);
Reply resume_key(const Context& context, const Call& call);
Reply revoke_key(const Context& context, const Call& call);

}  // namespace winnow::http::admin
