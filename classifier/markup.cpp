#include "classifier/markup.h"

#include <algorithm>
#include <iterator>

#include "classifier/byte_set.h"
#include "classifier/html_entities.h"

namespace winnow {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kMaxTag = 2048;
constexpr std::size_t kMaxUnquotedTag = 16384;
constexpr std::size_t kMaxName = 14;
constexpr ByteSet kMarkup("<&[");

// Sorted.
constexpr std::string_view kBlockTags[] = {
    "address", "article",  "aside",    "blockquote", "br",     "center",  "dd",      "details", "div",
    "dl",      "dt",       "fieldset", "figcaption", "figure", "footer",  "form",    "h1",      "h2",
    "h3",      "h4",       "h5",       "h6",         "header", "hr",      "legend",  "li",      "main",
    "nav",     "ol",       "option",   "p",          "pre",    "section", "summary", "table",   "tbody",
    "td",      "textarea", "tfoot",    "th",         "thead",  "title",   "tr",      "ul"};

constexpr std::string_view kBbcodeTags[] = {
    "*",     "align", "attach",  "b",      "background", "big",     "center", "code", "color", "colour",
    "email", "font",  "h1",      "h2",     "h3",         "hide",    "hr",     "i",    "img",   "indent",
    "left",  "li",    "link",    "list",   "media",      "noparse", "ol",     "php",  "quote", "right",
    "s",     "size",  "spoiler", "strike", "sub",        "sup",     "table",  "td",   "th",    "tr",
    "u",     "ul",    "url",     "user",   "video",      "youtube"};

static_assert(std::is_sorted(std::begin(kBlockTags), std::end(kBlockTags)));
static_assert(std::is_sorted(std::begin(kBbcodeTags), std::end(kBbcodeTags)));

constexpr std::string_view kSingleLetters = "bius";

template <std::size_t N>
bool contains(const std::string_view (&sorted)[N], std::string_view name) {
  return std::binary_search(std::begin(sorted), std::end(sorted), name);
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool is_name_start(char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}

bool is_name_char(char c) {
  return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_';
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool starts_with_lower(std::string_view text, std::size_t pos, std::string_view prefix) {
  if (text.size() - pos < prefix.size()) return false;
  return std::equal(prefix.begin(), prefix.end(), text.begin() + static_cast<std::ptrdiff_t>(pos),
                    [](char p, char t) { return p == lower(t); });
}

// Position of the '>' that closes a tag whose attributes are text[pos..limit); '>' and '<' in quotes are
// skipped. A
// '<' outside of quotes ends the search; `ran_out` tells that nothing did.
std::size_t tag_close(std::string_view text, std::size_t pos, std::size_t limit, bool& ran_out) {
  char quote = 0;
  char before = ' ';
  for (std::size_t i = pos; i < limit; ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '>') {
      return i;
    } else if (c == '<') {
      return npos;
    } else if ((c == '"' || c == '\'') && before == '=') {
      quote = c;
    }
    if (!is_blank(c)) before = c;
  }
  ran_out = true;
  return npos;
}

}  // namespace

std::size_t TagReader::next_close(std::size_t pos) {
  if (next_gt_ != npos && next_gt_ <= pos) next_gt_ = text_.find('>', pos);
  return next_gt_;
}

std::optional<Tag> TagReader::comment_at(std::size_t pos) {
  if (no_comment_end_) return std::nullopt;
  const std::size_t end = text_.find("-->", pos + 4);
  if (end == npos) {
    no_comment_end_ = true;
    return std::nullopt;
  }
  return Tag{"!--", {}, false, end + 3};
}

// Where no closing bracket is found with respect for quotes, a quote is probably not closed: then the first
// '>' counts.
std::size_t TagReader::close_of(std::size_t pos) {
  std::size_t close = npos;
  if (pos >= ran_out_until_) {
    const std::size_t limit = std::min(text_.size(), pos + kMaxTag);
    bool ran_out = false;
    close = tag_close(text_, pos, limit, ran_out);
    if (ran_out) ran_out_until_ = limit;
  }
  if (close != npos) return close;
  const std::size_t first_gt = next_close(pos - 1);
  if (first_gt == npos || first_gt - pos > kMaxUnquotedTag) return npos;
  return text_.substr(pos, first_gt - pos).find('<') == npos ? first_gt : npos;
}

std::optional<Tag> TagReader::html_at(std::size_t pos) {
  std::size_t i = pos + 1;
  if (i >= text_.size()) return std::nullopt;
  if (text_.substr(pos, 4) == "<!--") return comment_at(pos);
  const std::size_t first_gt = next_close(pos);
  if (first_gt == npos) return std::nullopt;
  if (text_[i] == '!' || text_[i] == '?') {
    if (first_gt - pos > kMaxTag || text_.substr(i, first_gt - i).find('<') != npos) return std::nullopt;
    return Tag{"!", {}, false, first_gt + 1};
  }
  Tag tag;
  // cppcheck-suppress containerOutOfBounds ; the size was looked at above
  tag.closing = text_[i] == '/';
  if (tag.closing) ++i;
  if (i >= text_.size() || !is_name_start(text_[i])) return std::nullopt;
  while (i < text_.size() && is_name_char(text_[i])) {
    if (tag.name.size() < kMaxName) tag.name += lower(text_[i]);
    ++i;
    if (i - pos > kMaxTag) return std::nullopt;
  }
  if (i >= text_.size() || (!is_blank(text_[i]) && text_[i] != '>' && text_[i] != '/')) return std::nullopt;
  if (text_[i] == '/' && text_[i - 1] == ':') return std::nullopt;
  const std::size_t close = close_of(i);
  if (close == npos) return std::nullopt;
  tag.attributes = text_.substr(i, close - i);
  tag.end = close + 1;
  return tag;
}

bool TagReader::closes_single_letter(char letter) {
  if (!closed_letters_) {
    closed_letters_ = 0;
    for (std::size_t i = text_.find("[/"); i != npos && i + 3 < text_.size(); i = text_.find("[/", i + 2)) {
      const std::size_t which = kSingleLetters.find(lower(text_[i + 2]));
      if (which != npos && text_[i + 3] == ']') *closed_letters_ |= 1U << which;
    }
  }
  const std::size_t which = kSingleLetters.find(letter);
  return which == npos || (*closed_letters_ >> which & 1U) != 0;
}

std::optional<Tag> TagReader::bbcode_at(std::size_t pos) {
  Tag tag;
  std::size_t i = pos + 1;
  tag.closing = i < text_.size() && text_[i] == '/';
  if (tag.closing) ++i;
  while (i < text_.size() &&
         (is_name_start(text_[i]) || (text_[i] >= '0' && text_[i] <= '9') || text_[i] == '*')) {
    tag.name += lower(text_[i++]);
    if (tag.name.size() > kMaxName) return std::nullopt;
  }
  if (i >= text_.size() || (text_[i] != ']' && text_[i] != '=' && text_[i] != ' ')) return std::nullopt;
  if (!contains(kBbcodeTags, tag.name)) return std::nullopt;
  if (tag.name.size() == 1 && !closes_single_letter(tag.name[0])) return std::nullopt;
  const std::size_t limit = std::min(text_.size(), pos + kMaxTag);
  for (std::size_t j = i; j < limit; ++j) {
    if (text_[j] == '[' || text_[j] == '\n') return std::nullopt;
    if (text_[j] != ']') continue;
    tag.attributes = text_.substr(i, j - i);
    tag.end = j + 1;
    // "[code below]" is no tag, "[quote author=x]" is.
    if (text_[i] == ' ' && tag.attributes.find('=') == npos) return std::nullopt;
    return tag;
  }
  return std::nullopt;
}

std::size_t TagReader::behind_closing(std::string_view name, std::size_t pos) {
  bool& missing = name == "style" ? no_style_end_ : no_script_end_;
  if (missing) return npos;
  for (std::size_t i = text_.find("</", pos); i != npos; i = text_.find("</", i + 2)) {
    if (!starts_with_lower(text_, i + 2, name)) continue;
    const std::size_t close = text_.find('>', i);
    return close == npos ? text_.size() : close + 1;
  }
  missing = true;
  return npos;
}

std::optional<std::string_view> attribute(std::string_view attributes, std::string_view name) {
  std::size_t i = 0;
  const auto skip_blanks = [&] {
    while (i < attributes.size() && is_blank(attributes[i])) ++i;
  };
  while (i < attributes.size()) {
    while (i < attributes.size() && (is_blank(attributes[i]) || attributes[i] == '/')) ++i;
    const std::size_t start = i;
    while (i < attributes.size() && !is_blank(attributes[i]) && attributes[i] != '=' && attributes[i] != '/')
      ++i;
    const bool wanted = i - start == name.size() && starts_with_lower(attributes, start, name);
    skip_blanks();
    if (i >= attributes.size() || attributes[i] != '=') {
      if (i == start) ++i;
      continue;
    }
    ++i;
    skip_blanks();
    std::string_view value;
    if (i < attributes.size() && (attributes[i] == '"' || attributes[i] == '\'')) {
      const std::size_t close = std::min(attributes.find(attributes[i], i + 1), attributes.size());
      value = attributes.substr(i + 1, close - i - 1);
      i = close + 1;
    } else {
      const std::size_t value_start = i;
      while (i < attributes.size() && !is_blank(attributes[i])) ++i;
      value = attributes.substr(value_start, i - value_start);
    }
    if (wanted) return value;
  }
  return std::nullopt;
}

std::string strip_markup(std::string_view text, MarkupCounts& counts) {
  std::string out;
  out.reserve(text.size());
  TagReader reader(text);
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t next = kMarkup.find_in(text, pos);
    out.append(text.substr(pos, next - pos));
    pos = next;
    if (pos == text.size()) break;
    std::size_t behind = pos;
    if (text[pos] == '&') {
      behind = pos + decode_entity(text, pos, out);
      counts.entities += behind > pos ? 1 : 0;
    } else if (text[pos] == '<') {
      if (const auto tag = reader.html_at(pos)) {
        behind = tag->end;
        ++counts.tags;
        if (contains(kBlockTags, tag->name)) out += ' ';
        if (!tag->closing && (tag->name == "script" || tag->name == "style")) {
          const std::size_t end = reader.behind_closing(tag->name, behind);
          if (end != npos) behind = end;
        }
      }
    } else if (const auto tag = reader.bbcode_at(pos)) {
      behind = tag->end;
      ++counts.bbcode;
      if (tag->name == "*" || tag->name == "quote" || tag->name == "li") out += ' ';
    }
    if (behind == pos) out += text[behind++];
    pos = behind;
  }
  return out;
}

}  // namespace winnow
