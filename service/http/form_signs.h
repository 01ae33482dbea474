// Form signs: what the dump of a visitor's request (POST_*, HTTP_*), which WordPress' plugins send beside a
// comment, tells of the form and the browser. A few small values are read; of the dump itself nothing is
// kept. Pure, thread-safe, linear in the number of fields.
#pragma once

#include "classifier/comment.h"
#include "service/http/fields.h"

namespace winnow::http {

// Sets the members of `comment` from javascript to author_total (classifier/comment.h) that the fields tell;
// leaves the others. What is told of a form is read only where a form was posted (there are POST_ fields): a
// comment by REST or XML-RPC has no token, no script and often no Accept-Language, and is none the worse.
//
// - javascript: POST_ak_js. The server writes a random 0 to 250, the page's script puts the time in
//   milliseconds in its place.
// - form_token: akismet_comment_nonce. `inactive` means that the site does not use it.
// - form_seconds: POST_ak_js to POST_ak_bfs, both by the visitor's clock.
// - accept_language: HTTP_ACCEPT_LANGUAGE. "none" only if HTTP_HOST is there, so that all headers were sent
// on.
// - parent: comment_parent, if not 0.
// - pings_closed: pingbacks_closed.
// - multicall_count: multicall_count, if is_multicall.
// - author_total: comment_total.
void read_form_signs(const Fields& fields, Comment& comment);

}  // namespace winnow::http
