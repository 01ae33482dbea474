#include "service/store/sqlite/author_key.h"

#include <bit>
#include <string>

#include "classifier/fingerprint.h"
#include "classifier/pseudonym.h"
#include "classifier/unicode.h"

namespace winnow::sqlite {

std::optional<std::int64_t> author_key(std::string_view email, std::string_view name) {
  if (email.empty() && name.empty()) return std::nullopt;
  const std::string text = email.empty() ? "name " + fold(name) : "email " + fold(email);
  return std::bit_cast<std::int64_t>(word_hash(text));
}

std::optional<std::int64_t> author_key(const Comment& comment) {
  return author_key(email_name_of(comment), comment.author);
}

}  // namespace winnow::sqlite
