#include "service/content_key.h"

#include "classifier/fingerprint.h"
#include "classifier/normalize.h"

namespace winnow {

std::uint64_t content_key(const Comment& comment) {
  return text_key(normalize(comment.content).folded);
}

bool is_empty_text(std::uint64_t key) {
  static const std::uint64_t empty = text_key("");
  return key == empty;
}

}  // namespace winnow
