// Text as a reader sees it, its words, and the way back to what was written. Input: the text.
#include "classifier/normalize.h"

#include "classifier/accents.h"
#include "classifier/alignment.h"
#include "classifier/fingerprint.h"
#include "classifier/language.h"
#include "classifier/lists/list_pattern.h"
#include "classifier/unicode.h"
#include "classifier/vocabulary.h"
#include "service/store/search_text.h"
#include "tests/fuzz/property.h"

namespace winnow::fuzz {
namespace {

// The most that NFKC makes of a character: U+FDFA, three bytes, becomes 33.
constexpr std::size_t kMostGrowth = 11;

void require_text(std::string_view text, std::size_t written) {
  require(is_valid_utf8(text), "what becomes of a text is valid UTF-8");
  require(text.size() <= written * kMostGrowth, "a text grows no more than NFKC makes it");
}

void require_inside(std::string_view part, std::string_view whole) {
  require(part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size(),
          "a word lies within its text");
}

void try_places(const NormalizedText& text) {
  const Alignment alignment(text);
  for (const std::string_view word : split_words(text.folded)) {
    require_inside(word, text.folded);
    const auto begin = static_cast<std::size_t>(word.data() - text.folded.data());
    const std::optional<TextRange> place = alignment.in_plain({begin, begin + word.size()});
    if (!place) continue;
    require(place->begin <= place->end && place->end <= text.plain.size(), "a place lies within the text");
    require(is_valid_utf8(std::string_view(text.plain).substr(place->begin, place->end - place->begin)),
            "a place is of whole characters");
  }
  for (std::size_t at = 0; at < text.folded.size() && at < 64; ++at)
    if (const auto place = alignment.in_plain({at, at + 1}))
      require(place->end <= text.plain.size(), "the place of a byte lies within the text");
}

}  // namespace
}  // namespace winnow::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace winnow;
  using namespace winnow::fuzz;
  const std::string_view bytes = Parts(data, size).rest();
  const std::string text = to_valid_utf8(bytes);
  require(is_valid_utf8(text) && to_valid_utf8(text) == text, "valid text stays as it is");
  require(!is_valid_utf8(bytes) || text == bytes, "text that is valid comes back unchanged");
  require(is_valid_utf8(clip_utf8(text, size / 2)), "a clipped text is valid");
  for (const char* charset : {"windows-1251", "Shift_JIS", "GB18030", "UTF-16", "nonsense"})
    require(is_valid_utf8(from_charset(bytes, charset)), "what is read in a charset is valid UTF-8");

  const NormalizedText normal = normalize(text);
  require_text(normal.plain, size + text.size());
  require_text(normal.folded, size + text.size());
  require(unslash(text).size() <= text.size(), "slashes are only taken away");
  const Disguise& undone = normal.disguise;
  for (const int count : {undone.entities, undone.tags, undone.bbcode, undone.invisible, undone.compatibility,
                          undone.look_alikes, undone.stacked_marks, undone.leet_words, undone.spaced_words})
    require(count >= 0 && static_cast<std::size_t>(count) <= text.size() * kMostGrowth,
            "no more is undone than there is");
  try_places(normal);

  const std::string folded = fold(text);
  require(fold(folded) == folded, "folding twice is folding once");
  require(nfkc(nfkc(text)) == nfkc(text), "normalising twice is normalising once");
  const std::string listed = list_text(normal.folded);
  require(list_text(listed) == listed, "what lists compare is in its last form");
  require(is_valid_utf8(searched_words(text).words), "what is searched is valid UTF-8");
  count_topics(split_words(normal.folded), normal.folded);
  language_of(split_words(normal.folded), 2);
  text_key(normal.folded);
  simhash(normal.folded);
  return 0;
}
