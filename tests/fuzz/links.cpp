// Links of a text and of a URL field, markup, entities. Input: the text.
#include "classifier/links.h"

#include "classifier/html_entities.h"
#include "classifier/lists/list_pattern.h"
#include "classifier/markup.h"
#include "classifier/unicode.h"
#include "classifier/url.h"
#include "tests/fuzz/property.h"

namespace winnow::fuzz {
namespace {

void require_link(const Link& link) {
  for (const std::string& text : {link.url, link.host, link.domain, link.path, link.anchor})
    require(is_valid_utf8(text), "the parts of a link are valid UTF-8");
  require(link.url.size() <= 2048 && link.anchor.size() <= 256, "a link's parts are within their bounds");
  require(link.host.find_first_of("/?#@ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos,
          "a host is one, in lower case");
  require(link.path.empty() || std::string_view("/?#").find(link.path.front()) != std::string_view::npos,
          "a path begins as one");
  require(link.host.ends_with(link.domain), "a domain is the end of its host");
  require(link.host.empty() == link.domain.empty(), "a host has a domain");
  list_host(link.host);
}

void try_tags(std::string_view text) {
  TagReader tags(text);
  for (std::size_t pos = 0; pos < text.size();) {
    const std::optional<Tag> tag = text[pos] == '<'   ? tags.html_at(pos)
                                   : text[pos] == '[' ? tags.bbcode_at(pos)
                                                      : std::nullopt;
    if (!tag) {
      ++pos;
      continue;
    }
    require(tag->end > pos && tag->end <= text.size(), "a tag ends behind its beginning, within the text");
    for (const char* name : {"href", "rel"}) {
      if (const auto value = attribute(tag->attributes, name))
        require(value->size() <= tag->attributes.size(), "an attribute's value is a part of the tag");
    }
    pos = tag->end;
  }
}

}  // namespace
}  // namespace winnow::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace winnow;
  using namespace winnow::fuzz;
  const std::string text = to_valid_utf8(Parts(data, size).rest());
  const LinkList found = find_links(text);
  require(found.links.size() <= kMaxLinks && found.links.size() <= found.total,
          "no more links are listed than the bound");
  require(found.total <= text.size(), "there are no more links than characters");
  for (const Link& link : found.links) {
    require_link(link);
    require(!link.host.empty(), "a link that was found leads somewhere");
  }
  require_link(parse_url(text));
  try_tags(text);
  MarkupCounts counts;
  const std::string plain = strip_markup(text, counts);
  require(is_valid_utf8(plain), "text without markup is valid UTF-8");
  const std::string decoded = decode_entities(text);
  require(is_valid_utf8(decoded) && decoded.size() <= text.size(),
          "decoded references are valid and no longer");
  return 0;
}
