#include "classifier/comment_json.h"

#include <array>

#include "classifier/unicode.h"

namespace winnow {

std::span<const CommentField> comment_fields() {
  static constexpr std::array<CommentField, 25> fields = {{
      {"content", &Comment::content},
      {"author", &Comment::author},
      {"author_email", &Comment::author_email},
      {"author_url", &Comment::author_url},
      {"blog", &Comment::blog},
      {"permalink", &Comment::permalink},
      {"post_title", &Comment::post_title},
      {"type", &Comment::type},
      {"user_ip", &Comment::user_ip},
      {"user_agent", &Comment::user_agent},
      {"referrer", &Comment::referrer},
      {"blog_lang", &Comment::blog_lang},
      {"user_role", &Comment::user_role},
      {"honeypot", &Comment::honeypot},
      {"date_gmt", &Comment::date_gmt},
      {"post_modified_gmt", &Comment::post_modified_gmt},
      {"recheck_reason", &Comment::recheck_reason},
      {"javascript", &Comment::javascript},
      {"form_token", &Comment::form_token},
      {"form_seconds", &Comment::form_seconds},
      {"accept_language", &Comment::accept_language},
      {"parent", &Comment::parent},
      {"pings_closed", &Comment::pings_closed},
      {"multicall_count", &Comment::multicall_count},
      {"author_total", &Comment::author_total},
  }};
  return fields;
}

Result<Comment> comment_from_json(const Json& object) {
  Comment comment;
  for (const CommentField& field : comment_fields()) {
    const auto found = object.find(std::string(field.name));
    if (found == object.end() || found->is_null()) continue;
    if (!found->is_string())
      return Error{ErrorKind::kInvalid, std::string(field.name) + " must be a string",
                   std::string(field.name)};
    comment.*field.member = to_valid_utf8(found->get_ref<const std::string&>());
  }
  if (const auto context = object.find("context"); context != object.end() && !context->is_null()) {
    const Error wrong{ErrorKind::kInvalid, "context must be a list of strings", "context"};
    if (!context->is_array()) return wrong;
    for (const Json& tag : *context) {
      if (!tag.is_string()) return wrong;
      comment.context.push_back(to_valid_utf8(tag.get_ref<const std::string&>()));
    }
  }
  return comment;
}

}  // namespace winnow
