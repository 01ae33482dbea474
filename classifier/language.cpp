#include "classifier/language.h"

#include <algorithm>
#include <bit>

#include "classifier/fingerprint.h"
#include "classifier/vocabulary.h"
#include "classifier/word_table.h"

namespace winnow {
namespace {

struct FunctionWords {
  std::vector<std::string_view> languages;
  WordTable<std::uint32_t> languages_of;  // bit set by word

  FunctionWords() {
    for_each_function_word([this](std::string_view language, std::string_view word) {
      if (languages.empty() || languages.back() != language) languages.push_back(language);
      languages_of[word] |= 1u << (languages.size() - 1);
    });
  }
};

}  // namespace

std::string_view language_of(const std::vector<std::string_view>& words,
                             std::span<const std::uint64_t> hashes, int least) {
  static const FunctionWords known;
  std::vector<int> counts(known.languages.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::uint32_t* const languages = known.languages_of.find(words[i], hashes[i]);
    for (std::uint32_t rest = languages ? *languages : 0; rest != 0; rest &= rest - 1)
      ++counts[static_cast<std::size_t>(std::countr_zero(rest))];
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  if (*most < least) return "";
  for (auto other = counts.begin(); other != counts.end(); ++other)
    if (other != most && *other * 3 > *most * 2) return "";
  return known.languages[static_cast<std::size_t>(most - counts.begin())];
}

std::string_view language_of(const std::vector<std::string_view>& words, int least) {
  return language_of(words, word_hashes(words), least);
}

}  // namespace winnow
