#include "tools/training/mistakes.h"

#include <algorithm>
#include <utility>

#include "classifier/fingerprint.h"
#include "classifier/normalize.h"

namespace winnow {

Mistakes::Mistakes(bool spam, std::size_t most, Words words) : spam_(spam), most_(most), words_(words) {}

bool Mistakes::is_worse(const Mistake& a, const Mistake& b) const {
  if (a.verdict.score != b.verdict.score) return (a.verdict.score < b.verdict.score) == spam_;
  return a.id < b.id;
}

void Mistakes::keep_worst(std::vector<Kept>& kept) const {
  std::sort(kept.begin(), kept.end(),
            [this](const Kept& a, const Kept& b) { return is_worse(a.mistake, b.mistake); });
  kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(std::min(most_, kept.size())), kept.end());
}

void Mistakes::add(const Row& row, const Verdict& verdict) {
  if (row.spam != spam_ || verdict.is_spam() == row.spam) return;
  ++count_;
  const std::uint64_t key = text_key(normalize(row.comment.content).folded);
  ++copies_[key];
  Mistake mistake{row.id, row.source, row.lang, verdict, "", 1};
  if (words_ == Words::kKept) {
    mistake.content = row.comment.content;
  } else {
    for (Signal& signal : mistake.verdict.signals) signal.detail.clear();
  }
  const auto same =
      std::find_if(kept_.begin(), kept_.end(), [&](const Kept& one) { return one.text_key == key; });
  if (same == kept_.end()) {
    kept_.push_back({key, std::move(mistake)});
  } else if (is_worse(mistake, same->mistake)) {
    same->mistake = std::move(mistake);
  }
  if (kept_.size() > 2 * most_) keep_worst(kept_);
}

std::vector<Mistake> Mistakes::worst() const {
  std::vector<Kept> kept = kept_;
  keep_worst(kept);
  std::vector<Mistake> found;
  for (Kept& one : kept) {
    one.mistake.copies = copies_.at(one.text_key);
    found.push_back(std::move(one.mistake));
  }
  return found;
}

}  // namespace winnow
