// /api/v1/admin/people: who may use the admin pages.
#pragma once

#include "service/http/routes.h"

namespace winnow::http::admin {

Reply people(const Context& context, const Call& call);
Reply add_person(const Context& context, const Call& call);
Reply change_person(const Context& context, const Call& call);
Reply delete_person(const Context& context, const Call& call);

}  // namespace winnow::http::admin
