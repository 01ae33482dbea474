#include "classifier/normalize.h"

#include <cstddef>

#include "classifier/byte_set.h"
#include "classifier/disguise.h"
#include "classifier/markup.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

constexpr ByteSet kMarkup("<&[");

std::string strip_into(std::string_view text, Disguise& disguise) {
  MarkupCounts counts;
  std::string out = strip_markup(text, counts);
  disguise.entities = counts.entities;
  disguise.tags = counts.tags;
  disguise.bbcode = counts.bbcode;
  return out;
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
  result.plain =
      visible_characters(kMarkup.is_any_in(text) ? strip_into(text, disguise) : std::string(text), disguise);
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
