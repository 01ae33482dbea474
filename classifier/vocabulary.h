// Vocabulary: the word and host lists of data/words, embedded in the binary, ready to be looked up.
// Pure and thread-safe; built once, on first use.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace winnow {

// One list of phrases each, named as its file in data/words.
enum class Topic {
  kPharmacy,
  kGambling,
  kAdult,
  kLoans,
  kCrypto,
  kEssays,
  kCounterfeit,
  kMarketing,
  kSupport,
  kOccult,
  kWarez,
  kFlattery,
  kTemplatePraise,
  kAction,
  kPromotion,
  kOffer,
  kTestimony,
  kConversation,
  kSelling,
  kBusiness,
};
inline constexpr std::size_t kTopicCount = 20;

// How many phrases of each topic a text holds.
class TopicCounts {
 public:
  int operator[](Topic topic) const { return counts_[static_cast<std::size_t>(topic)]; }
  void add(Topic topic) { ++counts_[static_cast<std::size_t>(topic)]; }
  // Phrases of all trades (kPharmacy to kWarez) together.
  int trades() const;

 private:
  std::array<int, kTopicCount> counts_{};
};

// Words of folded text: runs of letters, marks and digits, an apostrophe between letters kept. Addresses of
// mail and web are left out. The views point into `folded`.
std::vector<std::string_view> split_words(std::string_view folded);

// Counts the phrases in `words` (split_words of `folded`, `hashes` their word_hash()); in scripts without
// blanks, entries are looked for anywhere in the first 64 KiB of `folded`. Of each topic the longest phrase
// at a place counts, and phrases do not overlap; topics do not hide each other's phrases.
TopicCounts count_topics(const std::vector<std::string_view>& words, std::span<const std::uint64_t> hashes,
                         std::string_view folded);
TopicCounts count_topics(const std::vector<std::string_view>& words, std::string_view folded);

// `word` (folded) is a given name somewhere in the world.
bool is_given_name(std::string_view word);

// Calls visit(language, word) for every function word of every language that is listed, language by language.
void for_each_function_word(const std::function<void(std::string_view, std::string_view)>& visit);

// Lists of hosts. A host is listed if it or its registrable domain is.
bool is_shortener(std::string_view host, std::string_view domain);
bool is_disposable_mail(std::string_view domain);
bool is_reputable(std::string_view host, std::string_view domain);
// A host where people keep a profile that they sign with (blogger.com/profile/1, disqus.com/by/ann).
bool is_identity(std::string_view host, std::string_view domain);
// `host`'s last label is given away or sold by the thousand.
bool has_cheap_suffix(std::string_view host);

}  // namespace winnow
