// The audit log, as the handlers write it.
#pragma once

#include <optional>
#include <string_view>

#include "classifier/json.h"
#include "service/http/routes.h"

namespace winnow::http::admin {

// Notes in the log that the caller did this, now, from where the request came. To be called once an act is
// done, once for each site where several are concerned. A log that cannot be written does not undo the act;
// it is told in the log of the process.
// `act`: NOUN.VERB, as "list.add", "verdict.report"; what deletes is NOUN.delete. `site`: none where it is of
// no site, or of all. `what`: an object of ids, numbers and words of the caller's, as {"verdicts": ["..."],
// "label": "spam"}; no text, name, e-mail or address of a commenter.
void record(const Context& context, const Call& call, std::string_view act, std::optional<SiteId> site = {},
            const Json& what = Json::object());

}  // namespace winnow::http::admin
