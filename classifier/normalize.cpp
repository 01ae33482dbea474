#include "classifier/normalize.h"

#include <algorithm>
#include <cstddef>

#include "classifier/disguise.h"
#include "classifier/markup.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

std::string strip_into(std::string_view text, Disguise& disguise) {
  MarkupCounts counts;
  std::string out = strip_markup(text, counts);
  disguise.entities = counts.entities;
  disguise.tags = counts.tags;
  disguise.bbcode = counts.bbcode;
  return out;
}

bool is_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

NormalizedText normalize(std::string_view text) {
  NormalizedText result;
  Disguise& disguise = result.disguise;
  std::string unslashed;
  if (text.find('\\') != std::string_view::npos) {
    unslashed = unslash(text);
    text = unslashed;
  }
  const bool marked_up = text.find_first_of("<&[") != std::string_view::npos;
  result.plain = visible_characters(marked_up ? strip_into(text, disguise) : std::string(text), disguise);
  std::string folded = is_ascii(result.plain) ? result.plain : without_stacked_marks(result.plain, disguise);
  folded = without_spacing(folded, disguise);
  folded = without_look_alikes(folded, disguise);
  folded = without_leet(folded, disguise);
  result.folded = fold(folded);
  return result;
}

std::string unslash(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      const char next = text[i + 1];
      if (next == '"' || next == '\'' || next == '\\') ++i;
    }
    out += text[i];
  }
  return out;
}

}  // namespace winnow
