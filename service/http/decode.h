// What a client sent -> the domain's words: Fields or JSON -> Comment, check, report. Akismet's names are a
// table in decode.cpp, those of the JSON API are comment_fields() (classifier/comment_json.h).
#pragma once

#include <cstddef>
#include <string_view>

#include "classifier/json.h"
#include "service/check.h"
#include "service/feedback.h"
#include "service/http/fields.h"

namespace winnow::http {

// Bounds on one comment; what is longer is cut, at a character.
inline constexpr std::size_t kMaxFieldBytes =
    4096;  // of every text but the content, which the body's limit bounds
inline constexpr std::size_t kMaxContexts = 64;
inline constexpr std::size_t kMaxContactFields = 64;

// Akismet's names; of all others nothing is kept. The honeypot is the field that honeypot_field_name names,
// else hidden_honeypot_field, else POST_ak_hp_textarea (the WordPress plugin's own). `content_type` stands in
// for an absent comment_type, the fields of a contact form for an absent comment_content. Slashes of
// WordPress are undone (slashes.h), so is the HTML of tags in comment_context, once; an IPv4 address in the
// form ::ffff:192.0.2.1 becomes 192.0.2.1, here and in the JSON API.
Comment to_comment(const Fields& fields, std::size_t max_content_bytes);

// {comment members..., is_test?, store?}. kInvalid naming the member: one that is unknown or of the wrong
// type; or where content, author and author_url are all missing.
Result<CheckRequest> to_check(const Json& json, std::size_t max_content_bytes);

// {"comments": [{...}]} with 1 to kMaxBatch elements; the field of an error reads "comments[3].author".
inline constexpr std::size_t kMaxBatch = 100;
Result<std::vector<CheckRequest>> to_batch(const Json& json, std::size_t max_content_bytes);

// {id or comment, label, reporter?, is_test?}.
Result<Report> to_report(const Json& json, std::size_t max_content_bytes);

// The members of `comment` that are not empty, under the names that to_check() takes.
Json to_json(const Comment& comment);

}  // namespace winnow::http
