#include "tools/import/xml.h"

#include <expat.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "classifier/unicode.h"
#include "tools/import/imported_comment.h"
#include "tools/import/xml_bytes.h"

namespace winnow {
namespace {

// The longest tag or comment: expat holds it whole, and looks at it again with each piece.
constexpr std::uint64_t kMaxTokenBytes = 1 << 20;
constexpr std::size_t kMaxAttributes = 50;
constexpr std::size_t kMaxNameBytes = 100;  // of a path; no name that a reader knows is longer

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser>;

// An element that is open.
struct Element {
  std::size_t path_bytes = 0;  // of the path around it
  bool is_wanted = false;
  bool is_too_long = false;
  std::string text;
};

struct Walk {
  XML_Parser parser;
  const Input& input;
  XmlVisitor& visitor;
  std::string path = {};
  std::vector<Element> open = {};
  std::optional<Error> failure = {};

  void fail(Error error) {
    if (!failure) failure = std::move(error);
    XML_StopParser(parser, XML_FALSE);
  }
  void fail(std::string_view message) { fail(input.wrong_at(XML_GetCurrentLineNumber(parser), message)); }
};

Walk& walk_of(void* user) {
  return *static_cast<Walk*>(user);
}

void on_open(void* user, const XML_Char* name, const XML_Char** attributes) {
  Walk& walk = walk_of(user);
  if (walk.failure) return;
  if (walk.open.size() >= static_cast<std::size_t>(kMaxXmlDepth))
    return walk.fail("elements are more than 100 deep");
  std::vector<XmlAttribute> given;
  for (; *attributes != nullptr && given.size() < kMaxAttributes; attributes += 2)
    given.push_back({attributes[0], attributes[1]});
  const std::size_t around = walk.path.size();
  if (around > 0) walk.path += '/';
  walk.path += std::string_view(name).substr(0, kMaxNameBytes);
  walk.open.push_back({around, walk.visitor.open(walk.path, given), false, ""});
}

void on_close(void* user, const XML_Char*) {
  Walk& walk = walk_of(user);
  if (walk.failure || walk.open.empty()) return;
  Element element = std::move(walk.open.back());
  walk.open.pop_back();
  const Result<void> closed = walk.visitor.close(walk.path, to_valid_utf8(element.text), element.is_too_long);
  walk.path.resize(element.path_bytes);
  if (!closed) walk.fail(closed.error());
}

void on_text(void* user, const XML_Char* text, int length) {
  Walk& walk = walk_of(user);
  if (walk.open.empty() || !walk.open.back().is_wanted) return;
  Element& element = walk.open.back();
  const std::size_t room = kMaxRecordBytes - element.text.size();
  element.text.append(text, std::min(room, static_cast<std::size_t>(length)));
  element.is_too_long = element.is_too_long || static_cast<std::size_t>(length) > room;
}

void on_document_type(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  walk_of(user).fail("a document type (<!DOCTYPE) is not taken");
}

// True if the file is in UTF-8, as far as it says.
bool is_utf8_file(std::string_view head) {
  if (head.starts_with("\xFE\xFF") || head.starts_with("\xFF\xFE")) return false;
  head = head.substr(0, head.find("?>"));
  const std::size_t at = head.substr(0, 200).find("encoding=");
  if (at == std::string_view::npos) return true;
  std::string encoding(head.substr(std::min(at + 10, head.size()), 6));  // behind a quote
  for (char& c : encoding)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return encoding.starts_with("UTF-8") || encoding.starts_with("UTF8");
}

// Feeds expat; `is_last` ends the document.
void feed(Walk& walk, std::string_view bytes, bool is_last) {
  const XML_Status status = XML_Parse(walk.parser, bytes.data(), static_cast<int>(bytes.size()), is_last);
  if (status != XML_STATUS_OK && !walk.failure)
    walk.fail(std::string("is no well-formed XML: ") + XML_ErrorString(XML_GetErrorCode(walk.parser)));
}

Result<void> parse(Input& input, Walk& walk) {
  const Result<std::string_view> head = input.head();
  if (!head) return head.error();
  const bool is_utf8 = is_utf8_file(*head);
  XmlBytes bytes;
  std::uint64_t fed = 0;
  while (!walk.failure) {
    const Result<std::string_view> piece = input.next();
    if (!piece) return piece.error();
    const bool is_last = piece->empty();
    const std::string mended = !is_utf8 ? std::string(*piece) : is_last ? bytes.end() : bytes.mend(*piece);
    feed(walk, mended, is_last);
    fed += mended.size();
    if (is_last) break;
    const XML_Index seen = XML_GetCurrentByteIndex(walk.parser);
    if (!walk.failure && seen >= 0 && fed - static_cast<std::uint64_t>(seen) > kMaxTokenBytes)
      walk.fail("a tag or comment is longer than 1 MiB");
  }
  if (walk.failure) return *walk.failure;
  return {};
}

}  // namespace

Result<void> read_xml(Input& input, XmlVisitor& visitor) {
  const Parser parser(XML_ParserCreate(nullptr));
  if (!parser) return Error{ErrorKind::kUnavailable, "there is no memory for an XML parser", ""};
  Walk walk{parser.get(), input, visitor};
  XML_SetUserData(parser.get(), &walk);
  XML_SetElementHandler(parser.get(), on_open, on_close);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_document_type);
  return parse(input, walk);
}

}  // namespace winnow
