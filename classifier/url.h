// The parts of a URL that links.cpp needs while it looks for links. Pure and thread-safe. parse_url() and
// registrable_domain() of links.h are implemented beside them in url.cpp, the only file that knows libpsl.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace winnow {

// What `text` starts with if that is the scheme of a web link with its slashes: http, https, ftp and the
// defanged hxxp and hxxps, in any case. length is 0 for anything else.
struct SchemePrefix {
  std::size_t length = 0;
  bool defanged = false;
};
SchemePrefix scheme_prefix(std::string_view text);

// A dot that was written so that no program takes the text for a link, at `pos` with the blanks around it:
// "[.]", "(dot)", " dot ". length is 0 if there is none.
struct DefangedDot {
  std::size_t length = 0;
  bool word = false;  // a bare word between blanks, which may just be a word
};
DefangedDot defanged_dot(std::string_view text, std::size_t pos);

// `host` in lower case with plain dots, without invisible characters.
std::string plain_host(std::string_view host);

// True if the last label of `host` (lower case) is on the public suffix list.
bool has_known_suffix(std::string_view host);

// True for an IPv4 address of four decimal numbers.
bool is_dotted_quad(std::string_view host);

}  // namespace winnow
