#include "classifier/bare_host.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>

#include "classifier/unicode.h"
#include "classifier/url.h"

namespace winnow {
namespace {

constexpr auto npos = std::string_view::npos;

template <std::size_t N>
bool contains(const std::string_view (&sorted)[N], std::string_view word) {
  return std::binary_search(std::begin(sorted), std::end(sorted), word);
}

// Suffixes that follow a full stop in hasty prose, or a dot in code.
constexpr std::string_view kWordSuffixes[] = {
    "al",   "am",   "as",  "at",    "bar",  "be",   "best",  "bid",  "build", "buy",  "by",   "call", "care",
    "case", "cool", "day", "do",    "eat",  "et",   "fly",   "free", "got",   "help", "here", "host", "hot",
    "how",  "id",   "il",  "in",    "ing",  "is",   "it",    "je",   "joy",   "la",   "li",   "live", "love",
    "ma",   "man",  "map", "me",    "meet", "moe",  "mu",    "my",   "na",    "name", "ne",   "new",  "news",
    "next", "no",   "now", "one",   "open", "play", "pm",    "read", "run",   "sa",   "save", "show", "so",
    "talk", "tips", "to",  "today", "us",   "work", "world", "you",  "za",    "zero"};

constexpr std::string_view kFileSuffixes[] = {"cat", "cfd", "md", "mk", "mov", "ps",
                                              "py",  "rs",  "sc", "sh", "vi",  "zip"};

// Written out with "dot" only these are believed; "dot net" is a framework.
constexpr std::string_view kSpokenSuffixes[] = {"biz",   "cc", "club",   "co",  "com", "de",   "info",
                                                "io",    "me", "online", "org", "ru",  "shop", "site",
                                                "store", "tk", "top",    "uk",  "us",  "vip",  "xyz"};

// "the dot com bubble"
constexpr std::string_view kNoSpokenNames[] = {"a",     "an",    "and",    "another", "any",    "big",
                                               "early", "every", "failed", "first",   "former", "in",
                                               "of",    "old",   "or",     "that",    "the",    "this"};

constexpr std::string_view kCommonSuffixes[] = {"biz", "co",  "com", "de", "info",
                                                "io",  "net", "org", "ru", "uk"};

// Products that are named like hosts.
constexpr std::string_view kProducts[] = {"ado.net", "asp.net", "ml.net", "paint.net", "vb.net"};

static_assert(std::is_sorted(std::begin(kWordSuffixes), std::end(kWordSuffixes)));
static_assert(std::is_sorted(std::begin(kFileSuffixes), std::end(kFileSuffixes)));
static_assert(std::is_sorted(std::begin(kSpokenSuffixes), std::end(kSpokenSuffixes)));
static_assert(std::is_sorted(std::begin(kNoSpokenNames), std::end(kNoSpokenNames)));
static_assert(std::is_sorted(std::begin(kCommonSuffixes), std::end(kCommonSuffixes)));
static_assert(std::is_sorted(std::begin(kProducts), std::end(kProducts)));

bool is_digit_byte(char c) {
  return c >= '0' && c <= '9';
}

bool has_small_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// "end.Next" is two sentences, "Table.DATA" is code and "Spring.NET" a product; "Example.COM" and
// "EXAMPLE.INFO" are hosts.
bool is_cased_like_host(std::string_view written, std::string_view suffix) {
  const std::string_view last_label = written.substr(written.rfind('.') + 1);
  if (last_label[0] < 'A' || last_label[0] > 'Z') return true;
  if (suffix == "net") return false;
  return contains(kCommonSuffixes, suffix) || !has_small_letter(written);
}

bool looks_named(std::string_view name) {
  const bool letter =
      std::any_of(name.begin(), name.end(), [](char c) { return !is_digit_byte(c) && c != '-'; });
  return letter && std::any_of(name.begin(), name.end(), [](char c) { return is_digit_byte(c) || c == '-'; });
}

}  // namespace

bool is_believable(const BareHost& bare) {
  const std::string host = fold(bare.written);
  const std::size_t dot = host.rfind('.');
  if (dot == npos || dot == 0 || dot + 1 == host.size()) return false;
  if (host.starts_with("www.") && host.find('.', 4) != npos) return true;
  if (is_dotted_quad(host)) return bare.has_path;
  if (!has_known_suffix(host)) return false;
  const std::string_view suffix = std::string_view(host).substr(dot + 1);
  const std::string_view before = std::string_view(host).substr(0, dot);
  if (bare.spoken_dot) {
    const std::string_view first = before.substr(0, before.find('.'));
    return contains(kSpokenSuffixes, suffix) && !contains(kNoSpokenNames, first);
  }
  if (bare.has_path || bare.bracketed_dot) return true;
  if (contains(kProducts, host) || contains(kFileSuffixes, suffix)) return false;
  if (!is_cased_like_host(bare.written, suffix) || host.find('_') != npos) return false;
  // "5.kg"
  if (suffix.size() == 2 && suffix != "cn" && std::all_of(before.begin(), before.end(), is_digit_byte))
    return false;
  if (contains(kWordSuffixes, suffix)) return before.find('.') != npos || looks_named(before);
  return true;
}

}  // namespace winnow
