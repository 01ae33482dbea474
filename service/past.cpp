#include "service/past.h"

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

Past StoreHistory::remember(const Result<Past>& past) const {
  if (past) return *past;
  failed_ = true;
  return {};
}

Past StoreHistory::reports_of_text(std::uint64_t key) const {
  if (is_empty_text(key)) return {};
  return remember(store_.reports_of_text(site_, key));
}

Past StoreHistory::sites_on_text(std::uint64_t key) const {
  if (is_empty_text(key)) return {};
  return remember(store_.sites_on_text(site_, key));
}

Past StoreHistory::reports_of_author(const std::string& author_email) const {
  if (author_email.empty()) return {};
  return remember(store_.reports_of_author(site_, author_email));
}

}  // namespace winnow
