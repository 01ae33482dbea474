#include "tools/import/xml.h"

#include "tests/unit/tools/import/reading.h"
#include "tools/import/imported_comment.h"
#include "tools/import/xml_bytes.h"

namespace winnow {
namespace {

// Writes down all that it is shown, and wants the text of every element.
class Notes final : public XmlVisitor {
 public:
  bool open(std::string_view path, std::span<const XmlAttribute> attributes) override {
    text += std::string(path) + "(";
    for (const XmlAttribute& each : attributes)
      text += std::string(each.name) + "=" + std::string(each.value);
    text += ")";
    return true;
  }
  Result<void> close(std::string_view path, std::string content, bool is_too_long) override {
    longest = std::max(longest, content.size());
    if (content.size() < 100) text += "[" + content + "]";
    if (is_too_long) text += "<cut>";
    if (path.ends_with("stop")) return Error{ErrorKind::kConflict, "stopped", ""};
    return {};
  }

  std::string text;
  std::size_t longest = 0;
};

struct Walked {
  std::string text;
  std::string failure;
  std::size_t longest = 0;
};

Walked walk(const std::string& xml) {
  Input input = test::input_of(xml);
  Notes notes;
  const Result<void> read = read_xml(input, notes);
  return {notes.text, read ? "" : read.error().message, notes.longest};
}

TEST_CASE("elements come with their path, attributes and text") {
  const Walked walked =
      walk("<?xml version='1.0'?><a><b x='1'>one &lt; <![CDATA[<two> & three]]></b><c/></a>");
  CHECK(walked.failure.empty());
  CHECK(walked.text == "a()a/b(x=1)[one < <two> & three]a/c()[][]");
}

TEST_CASE("what WordPress writes wrongly is mended") {
  CHECK(walk("<a>http://x.example/?a=1&b=2&nbsp;&#0;&#x41;</a>").text ==
        "a()[http://x.example/?a=1&b=2&nbsp;&#0;A]");
  CHECK(walk("<a><![CDATA[bell \a, half \xC3, \xEF\xBF\xBF, a&b]]>&amp;</a>").text ==
        "a()[bell  , half \xEF\xBF\xBD,    , a&b&]");
}

TEST_CASE("mending does not depend on where the pieces end") {
  const std::string xml = "<a>h\xC3\xA9 &amp; b&c <![CDATA[&x \xF0\x9F\x98\x80 ]]>&#x10FFFF; & \xFF \x01</a>";
  XmlBytes whole;
  std::string expected = whole.mend(xml);
  expected += whole.end();
  for (std::size_t size = 1; size < 20; ++size) {
    CAPTURE(size);
    XmlBytes bytes;
    std::string mended;
    for (std::size_t at = 0; at < xml.size(); at += size)
      mended += bytes.mend(std::string_view(xml).substr(at, size));
    mended += bytes.end();
    CHECK(mended == expected);
  }
  CHECK(expected ==
        "<a>h\xC3\xA9 &amp; b&amp;c <![CDATA[&x \xF0\x9F\x98\x80 ]]>&#x10FFFF; &amp; \xEF\xBF\xBD  </a>");
}

TEST_CASE("other encodings are read as they declare themselves") {
  CHECK(walk("<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xE9</a>").text == "a()[caf\xC3\xA9]");
  CHECK(
      walk("<?xml version='1.0' encoding='EBCDIC-X'?><a/>").failure.find("file:1: is no well-formed XML: ") ==
      0);
}

TEST_CASE("what is no XML is named with its line; what stood before was visited") {
  const Walked cut = walk("<a>\n<b>x</b>\n<c>");
  CHECK(cut.text == "a()a/b()[x]a/c()");
  CHECK(cut.failure.find("file:3: is no well-formed XML: ") == 0);
  CHECK(walk("<a>\n</b>").failure.find("file:2: ") == 0);
  CHECK(walk("").failure.find("file:1: ") == 0);
  CHECK(walk("<?xml version='1.0' encoding=?><a/>").failure.find("file:1: ") == 0);
}

TEST_CASE("hostile XML is bounded") {
  CHECK(walk("<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><a>&c;</a>").failure ==
        "file:1: a document type (<!DOCTYPE) is not taken");
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "<a>";
  CHECK(walk(deep).failure == "file:1: elements are more than 100 deep");
  CHECK(walk("<a b='" + std::string(4 << 20, 'x') + "'/>").failure ==
        "file:1: a tag or comment is longer than 1 MiB");
  CHECK(walk("<a><!-- " + std::string(4 << 20, 'x') + "--></a>").failure ==
        "file:1: a tag or comment is longer than 1 MiB");
  const Walked text = walk("<a>" + std::string(3 << 20, 'x') + "</a>");
  CHECK(text.failure.empty());
  CHECK(text.text == "a()<cut>");
  CHECK(text.longest == kMaxRecordBytes);
}

TEST_CASE("an error of the visitor ends the reading") {
  const Walked walked = walk("<a><stop/><b/></a>");
  CHECK(walked.failure == "stopped");
  CHECK(walked.text == "a()a/stop()[]");
}

}  // namespace
}  // namespace winnow
