// One comment, whole: a stored one, and one that is tried (service/http/admin/README.md, "Verdicts").
#pragma once

#include "service/http/routes.h"

namespace winnow::http::admin {

// GET -> 200 {row members, comment, explanation, today, links, alike, author_history, timeline}
Reply verdict(const Context& context, const Call& call);

// POST {site, comment} -> 200 {comment, outcome, score, band, reasons, explanation, links, alike}; nothing is
// stored
Reply try_comment(const Context& context, const Call& call);

}  // namespace winnow::http::admin
