#include "classifier/vocabulary.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>

#include "classifier/byte_set.h"
#include "classifier/fingerprint.h"
#include "classifier/unicode.h"
#include "classifier/word_table.h"

namespace winnow {

namespace embedded {
const std::vector<std::pair<std::string_view, std::string_view>>& word_lists();
}

namespace {

constexpr std::array<std::string_view, kTopicCount> kTopicFiles = {
    "pharmacy",  "gambling", "adult",     "loans",        "crypto",   "essays",          "counterfeit",
    "marketing", "support",  "occult",    "warez",        "flattery", "template_praise", "action",
    "promotion", "offer",    "testimony", "conversation", "selling",  "business"};
constexpr std::size_t kMaxSearchBytes = 64 * 1024;

std::string_view list_text(std::string_view file) {
  for (const auto& [name, text] : embedded::word_lists())
    if (name == file) return text;
  return {};
}

template <typename Visit>
void for_each_entry(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (!line.empty() && line[0] != '#') visit(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

bool has_no_blanks(Script script) {
  return script == Script::kHan || script == Script::kKana || script == Script::kThai ||
         script == Script::kHangul;
}

bool is_written_without_blanks(std::string_view text) {
  for (std::size_t pos = 0; pos < text.size();)
    if (has_no_blanks(script_of(next_code_point(text, pos)))) return true;
  return false;
}

// Bit set.
using Topics = std::uint32_t;

struct Phrase {
  std::vector<std::string_view> words;
  Topics topics = 0;
};

// What begins with a word.
struct FirstWord {
  Topics alone = 0;      // as a phrase of its own
  bool goes_on = false;  // there are longer ones
};

// Two words that stand side by side, by their word_hash(): the finaliser's multiplier of MurmurHash3.
std::uint64_t pair_hash(std::uint64_t first, std::uint64_t second) {
  return first * 0xff51afd7ed558ccd + second;
}

constexpr int kPairBits = 18;  // some ten times as many places as pairs

// An entry that is looked for at every character; `number` is its own.
struct Anywhere {
  std::string_view text;
  std::size_t number = 0;
  Topics topics = 0;
};

struct PhraseBook {
  WordTable<FirstWord> by_first_word;
  // Of two words and more, by the pair_hash() of the first two: so many begin with "i" that looking through
  // these would be most of the work. Longest first.
  std::unordered_map<std::uint64_t, std::vector<Phrase>> by_two_words;
  // Small enough to stay at hand, and most pairs of a text begin no phrase: those that may, by the upper bits
  // of their hash.
  std::vector<bool> may_begin = std::vector<bool>(std::size_t{1} << kPairBits);
  // Entries of scripts without blanks, by their first character.
  std::unordered_map<char32_t, std::vector<Anywhere>> anywhere;

  std::size_t entry_count = 0;  // in `anywhere`

  PhraseBook() {
    for (std::size_t topic = 0; topic < kTopicCount; ++topic) {
      for_each_entry(list_text(kTopicFiles[topic]), [&](std::string_view entry) { add(entry, 1u << topic); });
    }
    for (auto& [words, phrases] : by_two_words)
      std::ranges::stable_sort(phrases, std::ranges::greater(),
                               [](const Phrase& p) { return p.words.size(); });
  }

  void add(std::string_view entry, Topics bit) {
    if (is_written_without_blanks(entry)) {
      std::size_t pos = 0;
      const char32_t first = next_code_point(entry, pos);
      anywhere[first].push_back({entry, entry_count++, bit});
      return;
    }
    std::vector<std::string_view> words = split_words(entry);
    if (words.empty()) return;
    FirstWord& first = by_first_word[words[0]];
    if (words.size() == 1) {
      first.alone |= bit;
      return;
    }
    first.goes_on = true;
    const std::uint64_t pair = pair_hash(word_hash(words[0]), word_hash(words[1]));
    may_begin[pair >> (64 - kPairBits)] = true;
    std::vector<Phrase>& phrases = by_two_words[pair];
    const auto same = std::ranges::find(phrases, words, &Phrase::words);
    if (same != phrases.end())
      same->topics |= bit;
    else
      phrases.push_back({std::move(words), bit});
  }
};

const PhraseBook& phrase_book() {
  static const PhraseBook book;
  return book;
}

void add_topics(TopicCounts& counts, Topics topics) {
  for (std::size_t topic = 0; topic < kTopicCount; ++topic)
    if (topics & (1u << topic)) counts.add(static_cast<Topic>(topic));
}

struct Listed {};

WordTable<Listed> entry_set(std::string_view file) {
  WordTable<Listed> entries;
  for_each_entry(list_text(file), [&](std::string_view entry) { entries[entry]; });
  return entries;
}

constexpr ByteSet kBlanks(" \n\t\r");
constexpr ByteSet kAddressSigns(":@");

// True if the blank-delimited chunk is an address of mail or web rather than words.
bool is_address(std::string_view chunk) {
  if (chunk.starts_with("www.")) return true;
  if (!kAddressSigns.is_any_in(chunk)) return false;
  if (chunk.find("://") != std::string_view::npos) return true;
  const std::size_t at = chunk.find('@');
  return at != std::string_view::npos && at > 0 && chunk.find('.', at) != std::string_view::npos;
}

void split_chunk(std::string_view chunk, std::vector<std::string_view>& words) {
  std::size_t start = 0, end = 0;  // of the word at hand
  for (std::size_t pos = 0; pos < chunk.size();) {
    const std::size_t here = pos;
    const char32_t c = next_code_point(chunk, pos);
    const bool inside =
        is_letter(c) || is_digit(c) || ((c == U'\'' || c == U'’') && end == here && end > start);
    if (inside) {
      if (end != here || end == start) start = here;
      end = pos;
    } else if (end > start) {
      words.push_back(chunk.substr(start, end - start));
      start = end = pos;
    } else {
      start = end = pos;
    }
  }
  if (end > start) words.push_back(chunk.substr(start, end - start));
}

}  // namespace

int TopicCounts::trades() const {
  int sum = 0;
  for (auto topic = static_cast<std::size_t>(Topic::kPharmacy);
       topic <= static_cast<std::size_t>(Topic::kWarez); ++topic)
    sum += counts_[topic];
  return sum;
}

std::vector<std::string_view> split_words(std::string_view folded) {
  std::vector<std::string_view> words;
  words.reserve(folded.size() / 6);
  for (std::size_t pos = 0; pos < folded.size();) {
    while (pos < folded.size() && kBlanks.contains(folded[pos])) ++pos;
    const std::size_t start = pos;
    pos = kBlanks.find_in(folded, pos);
    const std::string_view chunk = folded.substr(start, pos - start);
    if (!is_address(chunk)) split_chunk(chunk, words);
  }
  for (std::string_view& word : words)
    if (word.ends_with('\'')) word.remove_suffix(1);
  return words;
}

TopicCounts count_topics(const std::vector<std::string_view>& words, std::span<const std::uint64_t> hashes,
                         std::string_view folded) {
  const PhraseBook& book = phrase_book();
  TopicCounts counts;
  std::array<std::size_t, kTopicCount> free_from{};  // by topic: where its last phrase ended
  const auto found = [&](Topics topics, std::size_t begin, std::size_t end) {
    for (; topics != 0; topics &= topics - 1) {
      const auto topic = static_cast<std::size_t>(std::countr_zero(topics));
      if (free_from[topic] > begin) continue;
      counts.add(static_cast<Topic>(topic));
      free_from[topic] = end;
    }
  };
  book.by_first_word.prefetch(hashes);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const FirstWord* const first = book.by_first_word.find(words[i], hashes[i]);
    if (!first) continue;
    const std::uint64_t pair = i + 1 < words.size() ? pair_hash(hashes[i], hashes[i + 1]) : 0;
    if (first->goes_on && i + 1 < words.size() && book.may_begin[pair >> (64 - kPairBits)]) {
      const std::span<const std::string_view> rest = std::span(words).subspan(i);
      const auto phrases = book.by_two_words.find(pair);
      if (phrases != book.by_two_words.end()) {
        for (const Phrase& phrase : phrases->second)
          if (phrase.words.size() <= rest.size() &&
              std::ranges::equal(phrase.words, rest.first(phrase.words.size())))
            found(phrase.topics, i, i + phrase.words.size());
      }
    }
    found(first->alone, i, i + 1);
  }
  const std::string_view start = clip_utf8(folded, kMaxSearchBytes);
  if (is_written_without_blanks(start)) {
    std::vector<bool> seen(book.entry_count);  // an entry counts once
    for (std::size_t pos = 0; pos < start.size();) {
      const std::size_t here = pos;
      const auto entries = book.anywhere.find(next_code_point(start, pos));
      if (entries == book.anywhere.end()) continue;
      for (const Anywhere& entry : entries->second) {
        if (seen[entry.number] || !start.substr(here).starts_with(entry.text)) continue;
        seen[entry.number] = true;
        add_topics(counts, entry.topics);
      }
    }
  }
  return counts;
}

TopicCounts count_topics(const std::vector<std::string_view>& words, std::string_view folded) {
  return count_topics(words, word_hashes(words), folded);
}

bool is_given_name(std::string_view word) {
  static const auto names = entry_set("given_names");
  return names.contains(word);
}

void for_each_function_word(const std::function<void(std::string_view, std::string_view)>& visit) {
  for_each_entry(list_text("function_words"), [&](std::string_view line) {
    const std::string_view language = line.substr(0, line.find(' '));
    for (std::size_t start = language.size() + 1; start < line.size();) {
      const std::size_t end = std::min(line.find(' ', start), line.size());
      visit(language, line.substr(start, end - start));
      start = end + 1;
    }
  });
}

bool is_shortener(std::string_view host, std::string_view domain) {
  static const auto hosts = entry_set("shorteners");
  return hosts.contains(host) || hosts.contains(domain);
}

bool is_disposable_mail(std::string_view domain) {
  static const auto domains = entry_set("disposable");
  return domains.contains(domain);
}

bool is_reputable(std::string_view host, std::string_view domain) {
  static const auto hosts = entry_set("reputable");
  return hosts.contains(host) || hosts.contains(domain);
}

bool is_identity(std::string_view host, std::string_view domain) {
  static const auto hosts = entry_set("identities");
  return hosts.contains(host) || hosts.contains(domain);
}

bool has_cheap_suffix(std::string_view host) {
  static const auto suffixes = entry_set("cheap_tlds");
  const std::size_t dot = host.rfind('.');
  return dot != std::string_view::npos && suffixes.contains(host.substr(dot + 1));
}

}  // namespace winnow
