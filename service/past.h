// StoreHistory: the past of one site as the judge asks for it, answered by the store.
#pragma once

#include "classifier/history.h"
#include "service/store/store.h"

namespace winnow {

// Thread rule: one thread at a time; made for one request. A store that fails answers {0, 0}: the comment is
// then judged without its past, and failed() tells the caller.
class StoreHistory final : public HistoryView {
 public:
  StoreHistory(Store& store, SiteId site) : store_(store), site_(site) {}

  // The key of a text without any letter or other byte is no campaign: {0, 0}.
  Past reports_of_text(std::uint64_t text_key) const override;
  Past sites_on_text(std::uint64_t text_key) const override;
  Past reports_of_author(const std::string& author_email) const override;

  bool failed() const { return failed_; }

 private:
  Past remember(const Result<Past>& past) const;

  Store& store_;
  SiteId site_;
  mutable bool failed_ = false;
};

// The key under which a comment's content is remembered: text_key() of its normalized text.
std::uint64_t content_key(const Comment& comment);

// True if `text_key` is that of empty content, which says nothing about a comment.
bool is_empty_text(std::uint64_t text_key);

}  // namespace winnow
