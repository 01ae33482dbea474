#include "classifier/bare_link.h"

#include <algorithm>
#include <string>
#include <utility>

#include "classifier/bare_host.h"
#include "classifier/byte_set.h"
#include "classifier/unicode.h"
#include "classifier/url.h"

namespace winnow {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kMaxDefangedDots = 8;
constexpr std::size_t kMaxHostBytes = 512;  // with defanged dots in it

bool is_digit_byte(char c) {
  return c >= '0' && c <= '9';
}

bool is_alphanumeric(char c) {
  return is_digit_byte(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

bool is_blank(char c) {
  return static_cast<unsigned char>(c) <= ' ';
}

bool is_one_of(char c, std::string_view set) {
  return set.find(c) != npos;
}

bool is_cjk(char32_t c) {
  if (c < 0xE00) return false;
  const Script script = script_of(c);
  return script == Script::kHan || script == Script::kKana || script == Script::kHangul ||
         script == Script::kThai;
}

// The character at `pos`, a blank behind the end.
char at(std::string_view text, std::size_t pos) {
  return pos < text.size() ? text[pos] : ' ';
}

// End of the run of host characters from `pos`. CJK text is written up to a Latin name without a blank, so a
// label is either of these letters or of others.
std::size_t host_run_end(std::string_view text, std::size_t pos) {
  enum class Label { kNew, kCjk, kOther } label = Label::kNew;
  while (pos < text.size()) {
    const char c = text[pos];
    std::size_t next = pos;
    const char32_t code = next_code_point(text, next);
    if (c == '.') {
      label = Label::kNew;
    } else if (is_ascii(c) && c != '-' && c != '_') {
      if (!is_alphanumeric(c) || label == Label::kCjk) return pos;
      label = Label::kOther;
    } else if (!is_ascii(c) && !is_invisible(code)) {
      if (!is_letter(code) && !is_digit(code)) return pos;
      const Label kind = is_cjk(code) ? Label::kCjk : Label::kOther;
      if (label != Label::kNew && kind != label) return pos;
      label = kind;
    }
    pos = next;
  }
  return pos;
}

// Behind the user, host and port that start at `pos`.
std::size_t authority_end(std::string_view text, std::size_t pos) {
  if (at(text, pos) == '[') {
    constexpr std::size_t kMaxAddress = 64;
    const std::size_t close = text.substr(pos, kMaxAddress).find(']');
    if (close != npos) pos += close + 1;
  }
  std::size_t dots = 0;
  while (pos < text.size()) {
    const std::size_t run = host_run_end(text, pos);
    if (run > pos) {
      pos = run;
      if (!is_ascii(at(text, pos))) return pos;  // CJK text that goes on behind the name
      continue;
    }
    const DefangedDot dot = dots < kMaxDefangedDots ? defanged_dot(text, pos) : DefangedDot{};
    if (dot.length > 0 && !dot.word && is_alphanumeric(at(text, pos + dot.length))) {
      pos += dot.length;
      ++dots;
    } else if (is_one_of(text[pos], "%:@+")) {
      ++pos;
    } else {
      return pos;
    }
  }
  return pos;
}

// True if the path of a URL goes on with the character at `pos`; `square`: how many [ are open in it.
bool path_goes_on(std::string_view text, std::size_t pos, int square) {
  const char c = text[pos];
  if (is_blank(c) || is_one_of(c, "\"<>`{}|^\x7F")) return false;
  if (c == ']') return square > 0;
  if (c == '[') return at(text, pos + 1) == ']' || is_digit_byte(at(text, pos + 1));
  if (c == ',' || c == ';') return scheme_prefix(text.substr(pos + 1, 16)).length == 0;
  if (is_ascii(c)) return true;
  const char32_t code = next_code_point(text, pos);
  return is_letter(code) || is_digit(code);
}

// True if the path of a URL begins at `pos`.
bool has_path(std::string_view text, std::size_t pos) {
  return is_one_of(at(text, pos), "/?#\\");
}

// Asked before a path is read: behind what is no link the walk goes on where the path begins, and paths of
// many such would be read again and again.
bool has_host(std::string_view url) {
  return !parse_url(url).host.empty();
}

// End of the URL that starts at `start` and whose authority ends at `pos`: with its path, without the
// punctuation of the sentence around it.
std::size_t url_end(std::string_view text, std::size_t start, std::size_t pos) {
  const bool with_path = has_path(text, pos);
  int round = 0;
  int square = 0;
  while (with_path && pos < text.size() && path_goes_on(text, pos, square)) {
    const char c = text[pos];
    round += c == '(' ? 1 : (c == ')' ? -1 : 0);
    square += c == '[' ? 1 : (c == ']' ? -1 : 0);
    next_code_point(text, pos);
  }
  for (; pos > start; --pos) {
    const char last = text[pos - 1];
    if (last == ')' && round < 0) {
      ++round;
    } else if (!is_one_of(last, with_path ? ".,;:!?'*~&" : ".,;:!?'*~&-_@+")) {
      break;
    }
  }
  return pos;
}

// The URL whose scheme ends the run text[pos..run_end); resume is 0 if there is none.
BareLink url_at(std::string_view text, std::size_t pos, std::size_t run_end) {
  constexpr std::size_t kMaxScheme = 5;
  constexpr std::size_t kMaxPrefix = 32;
  for (std::size_t start = run_end - std::min(run_end - pos, kMaxScheme); start < run_end; ++start) {
    SchemePrefix scheme = scheme_prefix(text.substr(start, kMaxPrefix));
    if (scheme.length == 0) continue;
    std::size_t authority = start + scheme.length;
    // "http://http://example.com"
    for (scheme = scheme_prefix(text.substr(authority, kMaxPrefix)); scheme.length > 0;
         scheme = scheme_prefix(text.substr(authority, kMaxPrefix))) {
      start = authority;
      authority += scheme.length;
    }
    const std::size_t host_end = authority_end(text, authority);
    BareLink none{{}, std::max(authority, host_end)};
    if (has_path(text, host_end) && !has_host(text.substr(start, host_end - start))) return none;
    const std::size_t end = url_end(text, authority, host_end);
    BareLink found{parse_url(text.substr(start, end - start)), std::max(end, authority)};
    if (found.link.host.empty()) return none;
    const bool angled = start > 0 && text[start - 1] == '<' && at(text, end) == '>';
    if (angled && found.link.form == LinkForm::kBare) found.link.form = LinkForm::kMarkdown;
    return found;
  }
  return {};
}

// Not a piece of a path, a query, a variable or a mail address. Takes the slashes of "//example.com" in.
bool may_start(std::string_view text, std::size_t& start) {
  if (start == 0) return true;
  const char before = text[start - 1];
  if (before == '/' && start >= 2 && text[start - 2] == '/') {
    if (start > 2 && (is_one_of(text[start - 3], ":/") || is_alphanumeric(text[start - 3]))) return false;
    start -= 2;
    return true;
  }
  return !is_one_of(before, "/\\@$%#&-+.");
}

std::string with_plain_dots(std::string_view host) {
  std::string out;
  for (std::size_t i = 0; i < host.size();) {
    const std::size_t length = defanged_dot(host, i).length;
    out += length > 0 ? '.' : host[i];
    i += std::max<std::size_t>(length, 1);
  }
  return out;
}

// The host without scheme that starts with the run text[pos..run_end).
BareLink host_at(std::string_view text, std::size_t pos, std::size_t run_end) {
  BareLink none{{}, run_end};
  std::size_t end = run_end;
  while (end > pos && is_one_of(text[end - 1], ".-_")) --end;
  BareHost bare;
  for (std::size_t dots = 0; dots < kMaxDefangedDots && end >= run_end; ++dots) {
    const DefangedDot dot = defanged_dot(text, end);
    if (dot.length == 0 || !is_alphanumeric(at(text, end + dot.length))) break;
    (dot.word ? bare.spoken_dot : bare.bracketed_dot) = true;
    end = host_run_end(text, end + dot.length);
  }
  while (end > pos && is_one_of(text[end - 1], ".-_")) --end;
  if (end - pos > kMaxHostBytes) return none;
  const bool defanged = bare.spoken_dot || bare.bracketed_dot;
  if (!defanged && text.substr(pos, end - pos).find('.') == npos) return none;
  std::size_t start = pos;
  const char behind = at(text, end);
  if (behind == '(' || behind == '@' || !may_start(text, start)) return none;
  const std::string host = with_plain_dots(text.substr(pos, end - pos));
  const char second = at(text, end + 1);
  const bool port = behind == ':' && is_digit_byte(second);
  bare.has_path = port || (is_one_of(behind, "/?#") && !is_blank(second));
  bare.written = host;
  if (!is_believable(bare) || (bare.has_path && !has_host(text.substr(start, end - start)))) return none;
  const std::size_t last = url_end(text, pos, port ? authority_end(text, end) : end);
  BareLink found{parse_url(text.substr(start, last - start)), std::max(last, end)};
  return found.link.host.empty() ? none : found;
}

}  // namespace

std::size_t behind_plain_word(std::string_view text, std::size_t pos) {
  // Letters, digits, hyphens and underscores; and what may stand behind the first part of a link: a host goes
  // on with more of itself, a scheme with a colon, a defanged dot has a bracket or is a word.
  static constexpr ByteSet kWord("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
  static constexpr ByteSet kGoesOn(".:@[({");
  static constexpr ByteSet kDefangs("[({dD");
  if (!is_ascii(text[pos])) return pos;
  if (!is_alphanumeric(text[pos])) return pos + 1;
  std::size_t end = pos;
  while (end < text.size() && kWord.contains(text[end])) ++end;
  const char behind = at(text, end);
  if (!is_ascii(behind) || kGoesOn.contains(behind)) return pos;
  if (behind == ' ' && kDefangs.contains(at(text, end + 1))) return pos;
  return end;
}

BareLink bare_link_at(std::string_view text, std::size_t pos) {
  const char first = text[pos];
  if (is_ascii(first) && !is_alphanumeric(first)) return {{}, pos + 1};
  const std::size_t run_end = host_run_end(text, pos);
  if (run_end == pos) {
    next_code_point(text, pos);
    return {{}, pos};
  }
  const char behind = at(text, run_end);
  if (behind == ':' || behind == '[') {
    BareLink found = url_at(text, pos, run_end);
    if (found.resume > 0) return found;
  }
  if (behind == '@') return {{}, host_run_end(text, run_end + 1)};
  return host_at(text, pos, run_end);
}

}  // namespace winnow
