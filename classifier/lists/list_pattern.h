// ListPattern: what a person wrote into a list, read once, in the form that comments are compared in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "classifier/lists/list_entry.h"
#include "classifier/result.h"

namespace winnow {

inline constexpr std::size_t kMaxPatternBytes = 300;

struct ListPattern {
  // Two patterns of one field with the same key find the same. What it is, by field:
  //   author   the name as rules read it (NormalizedText::folded), blanks folded
  //   email    the address in lower case; "@example.org" for every address there (written *@example.org)
  //   domain   the host without www., in ASCII (xn--); "xyz" for all below a suffix (written *.xyz); with
  //            stars "*." and that
  //   address  "203.0.113.7"; a network as "203.0.113.0/24" (203.0.113.* may be written)
  //   text     list_text() of it, stars kept
  std::string key;
  bool wild = false;  // has stars that are compared as such: each stands for any run of characters
};

// Reads what was written. kInvalid (field "pattern") with a sentence that says what is wrong: it is empty, or
// longer than kMaxPatternBytes, no such thing as the field has, or would match nearly everything: a text of
// less than three letters or digits (two of Chinese, Japanese or Korean), a star without three characters in
// a row beside it, an IPv4 network above /8 or an IPv6 one above /16. The message does not quote it.
Result<ListPattern> read_list_pattern(ListField field, std::string_view written);

// How a text is compared, so that words are found whole: " buy cheap pills ", words of letters and digits
// with one blank before, between and behind them, everything else left out; each Han, Kana and Thai letter is
// a word of its own, for these are written without blanks. Words are cut at 100 bytes. `folded`:
// NormalizedText::folded. A star is kept where `keep_stars` says so.
std::string list_text(std::string_view folded, bool keep_stars = false);

// A host as domains are compared: each label in ASCII (xn--), as registries have it.
std::string list_host(std::string_view host);

}  // namespace winnow
