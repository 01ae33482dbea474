#include "service/alike.h"

#include <algorithm>
#include <set>

#include "classifier/features.h"
#include "classifier/fingerprint.h"
#include "classifier/memory/report_index.h"
#include "classifier/memory/sketch.h"
#include "service/content_key.h"

namespace winnow {
namespace {

constexpr std::size_t kMost = 200;
constexpr std::size_t kFewestTried = 50;
constexpr std::size_t kLongestWord = 47;  // bytes; model_line() cuts longer ones

std::vector<std::string> words_of(std::string_view line) {
  std::set<std::string> words;
  for (std::size_t start = 0; start < line.size();) {
    const std::size_t end = std::min(line.find(' ', start), line.size());
    const std::string_view word = line.substr(start, end - start);
    if (word.size() > 1 && word.size() <= kLongestWord &&
        word.find_first_of("0123456789") == std::string_view::npos)
      words.emplace(word);
    start = end + 1;
  }
  return {words.begin(), words.end()};
}

// 0 where the two are not nearly the same.
double likeness_of(const Sketch& one, const Sketch& other) {
  const double like = likeness(one, other);
  const double in_both = like * (one.words + other.words) / (1 + like);
  return like >= kNearLikeness && in_both >= kNearWords ? like : 0;
}

}  // namespace

Result<std::vector<AlikeVerdict>> alike(const Services& services,
                                        const std::optional<std::vector<SiteId>>& sites,
                                        const Comment& comment, std::size_t limit) {
  limit = std::min(limit, kMost);
  const Features features(comment);
  const std::string line = model_line(features);
  const std::uint64_t key = text_key(features.content.folded);
  const bool has_text = !is_empty_text(key);
  Result<std::vector<ShownVerdict>> maybe =
      has_text ? services.store.maybe_alike(sites, key, words_of(line), std::max(limit, kFewestTried))
               : std::vector<ShownVerdict>();
  if (!maybe) return maybe.error();
  const Sketch sketch = sketch_of(line);
  std::vector<AlikeVerdict> found;
  for (ShownVerdict& each : *maybe) {
    if (found.size() == limit) break;
    const bool is_same = each.verdict.text_key == key;
    const double like =
        is_same ? 1 : likeness_of(sketch, sketch_of(model_line(Features(each.verdict.comment))));
    if (like > 0) found.push_back({std::move(each), like});
  }
  return found;
}

}  // namespace winnow
