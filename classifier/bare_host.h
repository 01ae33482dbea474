// Tells a host name in running text from a sentence without a blank behind its full stop, a file name or
// code.
#pragma once

#include <string_view>

namespace winnow {

// How a host name without a scheme stands in the text.
struct BareHost {
  std::string_view written;    // with its dots plain, case kept
  bool has_path = false;       // a path, query or port follows
  bool bracketed_dot = false;  // "example[.]com"
  bool spoken_dot = false;     // "example dot com"
};

// True if a reader would take it for an address. Needs a last label from the public suffix list; suffixes
// that are English words, pieces of code or file extensions need a path, a subdomain, or a digit or hyphen in
// the name. Pure, thread-safe.
bool is_believable(const BareHost& host);

}  // namespace winnow
