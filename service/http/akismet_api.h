// The Akismet protocol (https://akismet.com/developers/): the four calls that clients make for comments.
// Answers are byte-exact and without a newline; their status is 200 even for `invalid` and for a missing
// field, because that is what clients were written against. Only an oversized request (413) and a failure of
// winnow itself (500, 503) have another.
#pragma once

#include "service/http/routes.h"

namespace winnow::http::akismet {

inline constexpr std::string_view kVerifyKeyPath = "/1.1/verify-key";
inline constexpr std::string_view kCommentCheckPath = "/1.1/comment-check";
inline constexpr const char* kGuidHeader = "X-akismet-guid";

// `valid` or `invalid`.
Reply verify_key(const Context& context, const Call& call);

// `true`, `false`, `invalid` or `Missing required field: NAME.` The router gives an answer without
// X-akismet-guid one of its own.
Reply comment_check(const Context& context, const Call& call);

// `Thanks for making the web a better place.` (text/html, as Akismet has it) or `invalid`.
Reply submit_spam(const Context& context, const Call& call);
Reply submit_ham(const Context& context, const Call& call);

}  // namespace winnow::http::akismet
