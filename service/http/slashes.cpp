#include "service/http/slashes.h"

#include "classifier/comment_json.h"
#include "classifier/normalize.h"

namespace winnow::http {

bool is_from_slasher(const Fields& fields) {
  return fields.has("akismet_comment_nonce") && !fields.has("comment_approved");
}

bool is_slashed(std::string_view text) {
  bool any = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"' || text[i] == '\'') return false;
    if (text[i] != '\\') continue;
    ++i;
    if (i == text.size() || (text[i] != '"' && text[i] != '\'' && text[i] != '\\')) return false;
    any = true;
  }
  return any;
}

void unslash_texts(Comment& comment) {
  for (const CommentField& field : comment_fields()) {
    std::string& text = comment.*field.member;
    if (is_slashed(text)) text = unslash(text);
  }
}

}  // namespace winnow::http
