// What else the author of a comment wrote on its site, as JSON.
#pragma once

#include "classifier/json.h"
#include "service/http/context.h"
#include "service/store/search.h"

namespace winnow::http::admin {

// {by, verdicts: [row], ham, spam}: the newest 20 others of the same e-mail address or, without one, name or,
// without either, client's address; and the reports that stand on the author's comments. Fails as the store
// does.
Result<Json> author_history(const Context& context, const ShownVerdict& shown);

}  // namespace winnow::http::admin
