// /api/v1/admin/privacy: what is kept of one person, and what was cleaned up.
#pragma once

#include "service/http/routes.h"

namespace winnow::http::admin {

Reply find_person(const Context& context, const Call& call);
Reply export_person(const Context& context, const Call& call);
Reply erase_person(const Context& context, const Call& call);
Reply cleanups(const Context& context, const Call& call);

}  // namespace winnow::http::admin
