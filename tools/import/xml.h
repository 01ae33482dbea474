// Xml: an XML file walked element by element, in bounded memory (expat).
//
// Exports are read as they are, not as they should be: WordPress writes control characters, ill-formed UTF-8
// and bare ampersands of addresses into its own. These become blanks, U+FFFD and &amp;. Nothing else is
// forgiven, and a document type (with it every entity of its own, and every bomb) is refused.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "classifier/result.h"
#include "tools/import/input.h"

namespace winnow {

struct XmlAttribute {
  std::string_view name;  // as written, with its prefix
  std::string_view value;
};

// What is done with the elements, in the order of the file. `path` is the element's name behind those of the
// elements around it, as written, with their prefixes: "rss/channel/item/wp:comment".
class XmlVisitor {
 public:
  virtual ~XmlVisitor() = default;
  // True if close() is to get the text of this element.
  virtual bool open(std::string_view path, std::span<const XmlAttribute> attributes) = 0;
  // `text`: valid UTF-8, what stands in the element itself, empty where it was not wanted; of one over
  // kMaxRecordBytes its beginning, and `is_too_long`. An Error ends the reading, which then fails with it.
  virtual Result<void> close(std::string_view path, std::string text, bool is_too_long) = 0;
};

inline constexpr int kMaxXmlDepth = 100;

// kInvalid, with file and line, for what is no well-formed XML, a document type, elements more than
// kMaxXmlDepth deep, and a tag or comment longer than 1 MiB. What stood before was visited.
Result<void> read_xml(Input& input, XmlVisitor& visitor);

}  // namespace winnow
