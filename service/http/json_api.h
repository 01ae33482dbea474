// winnow's own API: JSON in, JSON out, errors as application/problem+json (service/http/errors.h).
// The site is that of the key, or the one that the comment's `blog` names where the key is good for any site.
#pragma once

#include "service/http/routes.h"

namespace winnow::http::api {

// POST {comment members, is_test?} -> 200 {id, outcome, score, reasons, model, rules_version}
Reply check(const Context& context, const Call& call);

// POST {"comments": [...]} of one site -> 200 {"results": [...]} in the same order
Reply check_batch(const Context& context, const Call& call);

// POST {id or comment, label, reporter?, is_test?} -> 201 {id, verdict_id, label, effect, ...}; 200 with the
// earlier report's id for a duplicate
Reply feedback(const Context& context, const Call& call);

// DELETE -> 200 the report, which counts for nothing now; 404 if there is none, or if it is another site's
Reply withdraw_feedback(const Context& context, const Call& call);

// GET -> 200 the verdict with its comment; 404 if there is none, or if it is another site's
Reply verdict(const Context& context, const Call& call);

}  // namespace winnow::http::api
