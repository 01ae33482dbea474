// Slashes: WordPress puts a backslash before every quote and every backslash of what a visitor sends, and its
// Akismet plugin hands the text on in this form when the form is posted. When the same comment is checked
// again or reported, it comes from the database, without them.
//
// Who sends decides, not the text alone: C:\\new, \'e (LaTeX) and \"...\" (code) are honest text elsewhere
// and must stay. The plugin's check of a posted form is known by two fields together. `akismet_comment_nonce`
// is sent by no other client, and by the plugin with neither rechecks nor reports; `comment_approved` is
// there once WordPress has a comment in its own, unslashed form (REST API, rechecks, reports). The plugin's
// User-Agent would not do: it is the same for all its calls, and form plugins that send plain text borrow it.
// The text has a veto: one bare quote or backslash proves that nobody slashed it.
//
// Pure, thread-safe, linear.
#pragma once

#include <string_view>

#include "classifier/comment.h"
#include "service/http/fields.h"

namespace winnow::http {

// True if these are the fields of a request whose sender slashes.
bool is_from_slasher(const Fields& fields);

// True if `text` can be slashed text: it has a backslash, and every quote and every backslash of it belongs
// to one of the pairs \" \' \\ .
bool is_slashed(std::string_view text);

// Undoes the slashes of every text of `comment` that is_slashed(). For comments of a slasher only.
void unslash_texts(Comment& comment);

}  // namespace winnow::http
