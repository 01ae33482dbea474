#include "service/store/search_text.h"

#include <set>

#include "classifier/accents.h"
#include "classifier/links.h"
#include "classifier/normalize.h"
#include "classifier/pseudonym.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

constexpr std::size_t kMostHosts = 50;
constexpr char32_t kProlongedSound = 0x30FC;  // of Kana, though Unicode says of no script

bool is_written_without_blanks(char32_t c) {
  const Script script = script_of(c);
  return script == Script::kHan || script == Script::kKana || script == Script::kThai || c == kProlongedSound;
}

// `run` as overlapping pairs of its characters, then, if asked for or if there is no other, the last alone.
void append_pairs(std::string& out, std::string_view run, bool last_alone) {
  for (std::size_t first = 0; first < run.size();) {
    std::size_t second = first;
    next_code_point(run, second);
    std::size_t end = second;
    if (second < run.size()) next_code_point(run, end);
    if (second < run.size() || last_alone || first == 0) {
      out += ' ';
      out += run.substr(first, end - first);
    }
    first = second;
  }
  out += ' ';
}

// `goes_on`: the text may be the beginning of a longer one.
std::string in_pairs(std::string_view folded, bool goes_on = false) {
  std::string out;
  std::size_t run = 0;  // where the run that is open began
  bool in_run = false;
  for (std::size_t pos = 0; pos < folded.size();) {
    const std::size_t start = pos;
    if (is_written_without_blanks(next_code_point(folded, pos)) != in_run) {
      if (in_run) append_pairs(out, folded.substr(run, start - run), true);
      run = start;
      in_run = !in_run;
    }
    if (!in_run) out += folded.substr(start, pos - start);
  }
  if (in_run) append_pairs(out, folded.substr(run), !goes_on);
  return out;
}

std::string clipped(std::string text) {
  text.resize(clip_utf8(text, kMaxSearchedBytes).size());
  return text;
}

std::string read_form(std::string_view text) {
  return without_accents(normalize(clip_utf8(text, 2 * kMaxSearchedBytes)).folded);
}

std::string words_of(std::string_view text) {
  return in_pairs(clip_utf8(read_form(text), kMaxSearchedBytes));
}

// "shop.example.org": its labels, then itself and example.org as words of their own.
void append_host(std::string& out, const Link& link) {
  out += without_accents(fold(link.host)) + ' ';
  for (std::string_view host = link.host;;) {
    out += as_one_word(fold(host)) + ' ';
    const std::size_t dot = host.find('.');
    if (link.ip_host || host.size() <= link.domain.size() || dot == std::string_view::npos) return;
    host.remove_prefix(dot + 1);
  }
}

std::string domains_of(const Comment& comment) {
  std::string out;
  std::set<std::string> seen;
  const auto add = [&](const Link& link) {
    if (!link.host.empty() && seen.size() < kMostHosts && seen.insert(link.host).second)
      append_host(out, link);
  };
  add(parse_url(comment.author_url));
  for (const Link& link : find_links(nfkc(comment.content)).links) add(link);
  return out;
}

// The host of a page is its site's, which has a term of its own.
std::string page_of(const Comment& comment) {
  return in_pairs(without_accents(fold(parse_url(comment.permalink).path))) + ' ' +
         words_of(comment.post_title);
}

// Letters and digits; all else parts words and is one blank.
std::string words_alone(std::string_view text) {
  std::string out;
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t c = next_code_point(text, pos);
    if (is_letter(c) || is_digit(c))
      append_utf8(out, c);
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace

SearchText search_text(const Comment& comment) {
  const std::string email =
      comment.concealed ? as_one_word(email_name_of(comment)) : without_accents(fold(comment.author_email));
  return {words_of(comment.content), words_of(comment.author), clipped(email), domains_of(comment),
          clipped(page_of(comment))};
}

SearchedWords searched_words(std::string_view typed) {
  const std::string folded = words_alone(read_form(typed));
  SearchedWords searched{in_pairs(folded, true)};
  std::size_t last = 0;
  for (std::size_t pos = 0; pos < folded.size();) {
    last = pos;
    const char32_t c = next_code_point(folded, pos);
    if (c != U' ' && !is_combining(c)) searched.is_empty = false;
  }
  std::size_t before = last;
  while (before > 0 && (static_cast<unsigned char>(folded[--before]) & 0xC0) == 0x80) {
  }
  const auto is_pair_at = [&](std::size_t pos) {
    return pos < folded.size() && is_written_without_blanks(next_code_point(folded, pos));
  };
  searched.is_open = is_pair_at(last) && (last == 0 || !is_pair_at(before));
  return searched;
}

std::string as_one_word(std::string_view name) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string word;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == 'z') {
      word += "zz";
    } else if (c == '.') {
      word += "zd";
    } else if (c == '_') {
      word += "zu";
    } else if (byte >= 0x80 || (c >= 'a' && c <= 'y') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
      word += c;
    } else {
      word += "zx";
      word += kHex[byte >> 4];
      word += kHex[byte & 15];
    }
  }
  return word;
}

}  // namespace winnow
