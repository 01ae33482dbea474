// /api/v1/admin/setup and /api/v1/admin/session: how a person comes in, what they may change of themselves,
// and how they leave.
#pragma once

#include "service/http/routes.h"

namespace winnow::http::admin {

Reply setup_state(const Context& context, const Call& call);
Reply set_up(const Context& context, const Call& call);

Reply sign_in(const Context& context, const Call& call);
Reply session(const Context& context, const Call& call);
Reply sign_out(const Context& context, const Call& call);

Reply change_password(const Context& context, const Call& call);
Reply change_language(const Context& context, const Call& call);
Reply begin_second_factor(const Context& context, const Call& call);
Reply confirm_second_factor(const Context& context, const Call& call);
Reply end_second_factor(const Context& context, const Call& call);

}  // namespace winnow::http::admin
