// Finds the links of a comment as a spammer would write them: HTML, BBCode, Markdown, bare, defanged.
// Pure, thread-safe, linear in the size of the input. The only file that knows libpsl is url.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace winnow {

enum class LinkForm {
  kHtml,      // <a href="...">anchor</a>
  kBbcode,    // [url]...[/url], [url=...]anchor[/url], [link=...]
  kMarkdown,  // [anchor](http://...), <http://...>
  kBare,      // http://..., www.example.com, example.com/path
  kDefanged,  // hxxp://, example[.]com, example dot com
};

struct Link {
  std::string url;   // as written, entities decoded, at most 2,048 bytes
  std::string host;  // lower case, plain dots, without user, www. and port; an IPv4 address as a dotted quad
                     // however it was written; not turned into punycode
  std::string
      domain;  // registrable domain by the public suffix list ("shop.co.uk"); the host itself for addresses
  std::string path;  // path, query and fragment, starting with '/', '?' or '#'; may be empty
  std::string
      anchor;  // the text that a reader sees for it, markup removed, at most 256 bytes; empty for bare links
  LinkForm form = LinkForm::kBare;
  bool ip_host = false;  // the host is a numeric address
};

struct LinkList {
  std::vector<Link> links;  // the first kMaxLinks in reading order; a link written twice is listed twice
  std::size_t total = 0;    // how many there are in all
};

inline constexpr std::size_t kMaxLinks = 200;

// `text`: one field as the platform sent it (valid UTF-8, markup and slashes kept). An element with a link in
// its text is one link. A bare host without scheme counts only if its last label is a public suffix, so
// "e.g." "file.txt" "Node.js" "end.Next" are no links; where that label is also a word or a file name (.it,
// .me, .py, .sh: classifier/bare_host.cpp) it takes a www., a scheme, a path, a subdomain or a digit or
// hyphen in the name. Not links: e-mail addresses, javascript:, mailto: and the like, relative hrefs, image
// sources, anything in comments or scripts.
LinkList find_links(std::string_view text);

// The link that a URL field holds, with or without scheme; entities are decoded. An empty or hopeless field
// gives a Link with an empty host. With a scheme any host will do, without one it must be below a public
// suffix, or www., or an address.
Link parse_url(std::string_view url);

// Registrable domain of a host name by the public suffix list; the host itself where there is none.
std::string registrable_domain(std::string_view host);

}  // namespace winnow
