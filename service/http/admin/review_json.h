// What one comment's page shows, as JSON: the members that a stored comment and one that is tried share.
#pragma once

#include <string>

#include "classifier/json.h"
#include "service/http/context.h"
#include "service/review.h"

namespace winnow::http::admin {

// {model, text, marks: [{begin, end, points}], disguise: {what: how much}, folded}
Json to_json(const Explanation& explanation);

// [{url, host, domain, anchor, form}]
Json to_json(const LinkList& links);

// [{verdict, report, site, label, at, likeness, excerpt}]; of sites that the person may not see neither site,
// verdict nor excerpt.
Result<Json> to_json(const std::vector<AlikeComment>& alike, const Context& context, const Person& person);

}  // namespace winnow::http::admin
