#include "classifier/links.h"

#include <algorithm>
#include <utility>

#include "classifier/bare_link.h"
#include "classifier/byte_set.h"
#include "classifier/html_entities.h"
#include "classifier/markup.h"
#include "classifier/normalize.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kMaxAnchor = 256;
constexpr std::size_t kMaxAnchorMarkup = 4096;  // read to find those 256 bytes
constexpr std::size_t kMaxMarkdownAnchor = 1024;
constexpr std::size_t kMaxOpenBrackets = 32;
constexpr ByteSet kLinkSigns(".:<[/&");

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool is_blank(char c) {
  return static_cast<unsigned char>(c) <= ' ';
}

// Entities decoded, save that those which would read as markup become something harmless that ends a URL as
// well.
std::string without_entities(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t amp = std::min(text.find('&', pos), text.size());
    out.append(text.substr(pos, amp - pos));
    if (amp == text.size()) break;
    const std::size_t start = out.size();
    const std::size_t length = decode_entity(text, amp, out);
    if (length == 0) out += '&';
    if (out.size() == start + 1 && (out[start] == '<' || out[start] == '>' || out[start] == '"'))
      out[start] = ' ';
    if (length > 0 && out.size() == start + 1 && out[start] == '\'') out.replace(start, 1, "\u2019");
    pos = amp + std::max<std::size_t>(length, 1);
  }
  return out;
}

// What a reader sees of the markup between the tags of a link.
std::string anchor_text(std::string_view markup) {
  MarkupCounts counts;
  const std::string text = strip_markup(clip_utf8(markup, kMaxAnchorMarkup), counts);
  std::string out;
  for (const char c : text) {
    if (!is_blank(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  std::string_view clipped = clip_utf8(out, kMaxAnchor);
  while (clipped.ends_with(' ')) clipped.remove_suffix(1);
  return std::string(clipped);
}

// Where the text of a link ends, and where to read on.
struct AnchorEnd {
  std::size_t text_end = 0;
  std::size_t resume = 0;
  bool found = false;
};

class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text), tags_(text) {}

  LinkList run() {
    for (std::size_t pos = 0; pos < text_.size();) pos = step(pos);
    return std::move(list_);
  }

 private:
  // Handles what starts at `pos` and returns where to go on, always further.
  std::size_t step(std::size_t pos) {
    switch (text_[pos]) {
      case '<':
        return at_html(pos);
      case '[':
        return at_bracket(pos);
      case ']':
        return at_closing_bracket(pos);
      default:
        return at_text(pos);
    }
  }

  void add(Link link) {
    ++list_.total;
    if (list_.links.size() < kMaxLinks) list_.links.push_back(std::move(link));
  }

  bool add_marked_up(std::string_view url, LinkForm form, std::string_view anchor) {
    Link link = parse_url(url);
    if (link.host.empty()) return false;
    if (link.form != LinkForm::kDefanged) link.form = form;
    link.anchor = anchor_text(anchor);
    add(std::move(link));
    return true;
  }

  bool has_lower(std::size_t pos, std::string_view word) const {
    if (text_.size() - pos < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (lower(text_[pos + i]) != word[i]) return false;
    }
    return true;
  }

  // --- HTML

  std::size_t at_html(std::size_t pos) {
    const auto tag = tags_.html_at(pos);
    if (!tag) return pos + 1;
    if (tag->closing) return tag->end;
    if (tag->name == "script" || tag->name == "style") {
      const std::size_t end = tags_.behind_closing(tag->name, tag->end);
      return end == npos ? tag->end : end;
    }
    const auto href = attribute(tag->attributes, "href");
    if (!href) return tag->end;
    if (tag->name != "a") {
      add_marked_up(*href, LinkForm::kHtml, {});
      return tag->end;
    }
    const AnchorEnd end = html_anchor_end(tag->end);
    const std::string_view anchor = end.found ? text_.substr(tag->end, end.text_end - tag->end)
                                              : clip_utf8(text_.substr(tag->end), kMaxAnchor);
    const bool added = add_marked_up(*href, LinkForm::kHtml, anchor);
    return added && end.found ? end.resume : tag->end;
  }

  // A link ends with its closing tag or where the next one opens.
  AnchorEnd html_anchor_end(std::size_t pos) {
    for (std::size_t i = text_.find('<', pos); i != npos; i = text_.find('<', i + 1)) {
      const bool closing = has_lower(i, "</a");
      const std::size_t behind = i + (closing ? 3 : 2);
      if (!closing && !has_lower(i, "<a")) continue;
      // What TagReader takes for the end of a tag's name; else each tag would look for its end in all that
      // follows.
      if (behind >= text_.size() ||
          (!is_blank(text_[behind]) && text_[behind] != '>' && text_[behind] != '/'))
        continue;
      if (!closing) return {i, i, true};
      const std::size_t close = text_.find('>', behind);
      return {i, close == npos ? text_.size() : close + 1, true};
    }
    return {};
  }

  // --- BBCode and Markdown

  struct OpenBracket {
    std::size_t pos = 0;
    std::size_t total = 0;  // links before it
  };

  std::size_t at_bracket(std::size_t pos) {
    const auto tag = tags_.bbcode_at(pos);
    if (tag && !tag->closing && (tag->name == "url" || tag->name == "link")) return at_bbcode(*tag);
    if (tag) return tag->end;
    if (brackets_.size() == kMaxOpenBrackets) brackets_.erase(brackets_.begin());
    brackets_.push_back({pos, list_.total});
    return pos + 1;
  }

  std::size_t at_bbcode(const Tag& tag) {
    const AnchorEnd end = bbcode_anchor_end(tag.end);
    const std::size_t text_end = end.found ? end.text_end : tag.end;
    const std::string_view text = text_.substr(tag.end, text_end - tag.end);
    std::string_view target = tag.attributes;
    if (target.starts_with('=')) {
      target.remove_prefix(1);
      const bool quoted = target.starts_with('"') || target.starts_with('\'');
      if (!quoted) target = target.substr(0, target.find(' '));
      return add_marked_up(target, LinkForm::kBbcode, text) ? end_of(tag, end) : tag.end;
    }
    return add_marked_up(anchor_text(text), LinkForm::kBbcode, text) ? end_of(tag, end) : tag.end;
  }

  static std::size_t end_of(const Tag& tag, const AnchorEnd& end) { return end.found ? end.resume : tag.end; }

  AnchorEnd bbcode_anchor_end(std::size_t pos) {
    for (std::size_t i = text_.find('[', pos); i != npos; i = text_.find('[', i + 1)) {
      if (has_lower(i, "[/url]")) return {i, i + 6, true};
      if (has_lower(i, "[/link]")) return {i, i + 7, true};
      if (has_lower(i, "[url") || has_lower(i, "[link")) return {i, i, true};
    }
    return {};
  }

  std::size_t at_closing_bracket(std::size_t pos) {
    if (brackets_.empty()) return pos + 1;
    const OpenBracket open = brackets_.back();
    brackets_.pop_back();
    std::size_t start = pos + 1;
    if (start >= text_.size() || text_[start] != '(' || pos - open.pos > kMaxMarkdownAnchor) return pos + 1;
    ++start;
    while (start < text_.size() && (text_[start] == ' ' || text_[start] == '<')) ++start;
    const std::size_t end = markdown_target_end(start);
    Link link = parse_url(text_.substr(start, end - start));
    if (link.host.empty()) return pos + 1;
    // An address in the text of the link is its text, not a link.
    list_.total = open.total;
    if (list_.links.size() > open.total) list_.links.resize(open.total);
    link.form = LinkForm::kMarkdown;
    link.anchor = anchor_text(text_.substr(open.pos + 1, pos - open.pos - 1));
    add(std::move(link));
    return end;
  }

  // Brackets end it, so a text of many "](" is read once.
  std::size_t markdown_target_end(std::size_t pos) const {
    std::size_t depth = 0;
    for (; pos < text_.size(); ++pos) {
      const char c = text_[pos];
      if (is_blank(c) || std::string_view("<>\"[]").find(c) != npos) break;
      if (c == '(') ++depth;
      if (c == ')' && depth-- == 0) break;
    }
    return pos;
  }

  // --- Running text

  std::size_t at_text(std::size_t pos) {
    if (const std::size_t behind = behind_plain_word(text_, pos); behind > pos) return behind;
    BareLink found = bare_link_at(text_, pos);
    if (!found.link.host.empty()) add(std::move(found.link));
    return found.resume;
  }

  std::string_view text_;
  TagReader tags_;
  LinkList list_;
  std::vector<OpenBracket> brackets_;
};

// Every link has one of these.
bool may_have_links(std::string_view text) {
  return kLinkSigns.is_any_in(text) || text.find("dot") != npos || text.find("DOT") != npos ||
         text.find("Dot") != npos;
}

}  // namespace

LinkList find_links(std::string_view text) {
  if (!may_have_links(text)) return {};
  std::string readable;
  if (text.find('\\') != npos) text = readable = unslash(text);
  if (text.find('&') != npos) text = readable = without_entities(text);
  return Finder(text).run();
}

}  // namespace winnow
