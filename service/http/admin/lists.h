// The allow and the block list, in the admin API (service/http/admin/README.md).
#pragma once

#include "service/http/routes.h"

namespace winnow::http::admin {

// GET ?site=&q=&before=&limit= -> {entries, next}
Reply list_entries(const Context& context, const Call& call);
// POST {list, field, pattern, site?, note?, until?} -> 201 the entry
Reply add_list_entry(const Context& context, const Call& call);
// DELETE {id} -> 204
Reply remove_list_entry(const Context& context, const Call& call);

}  // namespace winnow::http::admin
