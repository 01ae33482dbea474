// The steps from plain to folded are done again one by one (classifier/normalize.cpp), and each is followed:
//
//   stacked marks, spacing   only take characters away
//   look-alikes, leet        put one character in the place of one
//   fold                     changes a character by itself, or a letter with its marks
#include "classifier/alignment.h"

#include <algorithm>
#include <string>

#include "classifier/disguise.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

// A form of the text on its way, and of which part of `plain` each of its characters is made.
struct Form {
  std::u32string characters;
  std::vector<TextRange> from;
};

std::u32string characters_of(std::string_view text) {
  std::u32string characters;
  characters.reserve(text.size());
  for (std::size_t pos = 0; pos < text.size();) characters += next_code_point(text, pos);
  return characters;
}

Form form_of(std::string_view plain) {
  Form form;
  for (std::size_t pos = 0; pos < plain.size();) {
    const std::size_t begin = pos;
    form.characters += next_code_point(plain, pos);
    form.from.push_back({begin, pos});
  }
  return form;
}

bool is_same(char32_t before, char32_t after) {
  if (before == after) return true;
  const bool is_single = (before >= 0x2018 && before <= 0x201B) || before == 0x2BC;
  const bool is_double = before >= 0x201C && before <= 0x201F;
  return (is_single && after == U'\'') || (is_double && after == U'"');
}

// `form` becomes `after`, in which some of its characters are missing. A mark that is gone stays with its
// letter. False if `after` has others.
bool follow_removal(Form& form, std::u32string after) {
  std::vector<TextRange> from;
  from.reserve(after.size());
  std::size_t i = 0;
  const auto pass_by = [&] {
    if (!from.empty() && is_combining(form.characters[i]) && from.back().end == form.from[i].begin)
      from.back().end = form.from[i].end;
    ++i;
  };
  for (const char32_t c : after) {
    while (i < form.characters.size() && !is_same(form.characters[i], c)) pass_by();
    if (i == form.characters.size()) return false;
    from.push_back(form.from[i++]);
  }
  while (i < form.characters.size()) pass_by();
  form = {std::move(after), std::move(from)};
  return true;
}

bool follow_replacement(Form& form, std::u32string after) {
  if (after.size() != form.characters.size()) return false;
  form.characters = std::move(after);
  return true;
}

std::string utf8(std::u32string_view characters) {
  std::string text;
  for (const char32_t c : characters) append_utf8(text, c);
  return text;
}

// The last form before fold(), with the text of that form; nothing if it cannot be followed.
std::optional<Form> followed(const std::string& plain) {
  Disguise ignored;
  Form form = form_of(plain);
  const std::string unmarked = without_stacked_marks(plain, ignored);
  if (!follow_removal(form, characters_of(unmarked))) return std::nullopt;
  const std::string joined = without_spacing(unmarked, ignored);
  if (!follow_removal(form, characters_of(joined))) return std::nullopt;
  const std::string of_one_script = without_look_alikes(joined, ignored);
  const std::string spelled = without_leet(of_one_script, ignored);
  if (!follow_replacement(form, characters_of(spelled))) return std::nullopt;
  return form;
}

}  // namespace

// Word by word: a word whose folded form is not that of its letters is left out.
Alignment::Alignment(const NormalizedText& text) {
  const std::optional<Form> form = followed(text.plain);
  if (!form) return;
  const std::string_view folded = text.folded;
  std::size_t begin = 0, folded_begin = 0;
  while (begin < form->characters.size() && folded_begin <= folded.size()) {
    const std::size_t end = std::min(form->characters.find(U' ', begin), form->characters.size());
    const std::size_t folded_end = std::min(folded.find(' ', folded_begin), folded.size());
    add_word(std::u32string_view(form->characters).substr(begin, end - begin), form->from.data() + begin,
             {folded_begin, folded_end}, folded);
    begin = end + 1;
    folded_begin = folded_end + 1;
  }
  const bool ended_together = begin >= form->characters.size() && folded_begin >= folded.size();
  if (!ended_together) pieces_.clear();
}

void Alignment::add_word(std::u32string_view word, const TextRange* from, TextRange place,
                         std::string_view folded) {
  const std::size_t known = pieces_.size();
  std::size_t at = place.begin;
  for (std::size_t i = 0; i < word.size();) {
    std::size_t end = i + 1;
    while (end < word.size() && is_combining(word[end])) ++end;
    std::string letter = utf8(word.substr(i, end - i));
    const std::string_view rest = folded.substr(at, place.end - at);
    if (!rest.starts_with(letter)) letter = fold(letter);
    if (!rest.starts_with(letter)) break;
    if (!letter.empty()) pieces_.push_back({{at, at + letter.size()}, {from[i].begin, from[end - 1].end}});
    at += letter.size();
    i = end;
    if (i == word.size() && at == place.end) return;
  }
  if (!word.empty()) pieces_.resize(known);
}

std::optional<TextRange> Alignment::in_plain(TextRange folded) const {
  const auto first = std::ranges::upper_bound(pieces_, folded.begin, {},
                                              [](const Piece& piece) { return piece.folded.end; });
  if (first == pieces_.end() || first->folded.begin > folded.begin) return std::nullopt;
  auto last = first;
  while (last->folded.end < folded.end) {
    const auto next = last + 1;
    if (next == pieces_.end() || next->folded.begin != last->folded.end) return std::nullopt;
    last = next;
  }
  return TextRange{first->plain.begin, last->plain.end};
}

}  // namespace winnow
