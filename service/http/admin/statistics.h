// Statistics in the admin API; README.md beside this file is their contract.
#pragma once

#include "service/http/routes.h"

namespace winnow::http::admin {

Reply statistics(const Context& context, const Call& call);

}  // namespace winnow::http::admin
