#include "classifier/markup.h"

#include <doctest/doctest.h>

#include <string>

#include "classifier/html_entities.h"

using namespace winnow;

TEST_CASE("decode_entity tells how long the reference is") {
  std::string out;
  CHECK(decode_entity("&amp;x", 0, out) == 5);
  CHECK(decode_entity("x&#x1F600;", 1, out) == 9);
  CHECK(decode_entity("&#65", 0, out) == 4);
  CHECK(decode_entity("&quot", 0, out) == 5);
  CHECK(out == "&😀A\"");
  for (const char* text : {"&", "&;", "&#", "&#;", "&#x;", "&unknown;", "&eacute", "&AMP;", "& amp;",
                           "&amp=1", "&thetasymbolic;"}) {
    CAPTURE(std::string(text));
    CHECK(decode_entity(text, 0, out) == 0);
  }
  CHECK(out == "&😀A\"");
  CHECK(decode_entities("a&nbsp;b&Eacute;&apos;&amp;amp;") == "a\u00A0bÉ'&amp;");
}

TEST_CASE("HTML tags have a name, attributes and an end") {
  const std::string text = "<A Href='x>y' b=\"<\">t</a ><br/><!-- <b> --><!DOCTYPE html>";
  TagReader reader(text);
  const auto open = reader.html_at(0);
  REQUIRE(open);
  CHECK(open->name == "a");
  CHECK_FALSE(open->closing);
  CHECK(attribute(open->attributes, "href") == "x>y");
  CHECK(attribute(open->attributes, "b") == "<");
  CHECK_FALSE(attribute(open->attributes, "c"));
  const auto close = reader.html_at(open->end + 1);
  REQUIRE(close);
  CHECK(close->closing);
  const auto line_break = reader.html_at(close->end);
  REQUIRE(line_break);
  CHECK(line_break->name == "br");
  const auto comment = reader.html_at(line_break->end);
  REQUIRE(comment);
  CHECK(comment->name == "!--");
  const auto doctype = reader.html_at(comment->end);
  REQUIRE(doctype);
  CHECK(doctype->end == text.size());
}

TEST_CASE("an angle bracket that opens no tag") {
  for (const char* text :
       {"<", "<>", "< b>", "<3", "<b", "<http://x.com>", "<a@b.com>", "<a <b>", "<!--", "<b)>", "</ b>"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(TagReader(text).html_at(0));
  }
}

TEST_CASE("attributes with and without quotes") {
  CHECK(attribute(" href=a/b class=c", "href") == "a/b");
  CHECK(attribute(" HREF = \"a b\"", "href") == "a b");
  CHECK(attribute("/href='x'/", "href") == "x");
  CHECK(attribute(" data-href=x href=y", "href") == "y");
  CHECK(attribute(" href", "href") == std::nullopt);
  CHECK(attribute(" href=", "href") == "");
  CHECK(attribute(" href=\"open", "href") == "open");
  CHECK(attribute("===", "href") == std::nullopt);
}

TEST_CASE("BBCode tags are known names; single letters need their closing tag") {
  CHECK(TagReader("[url=http://x.com]y").bbcode_at(0)->attributes == "=http://x.com");
  CHECK(TagReader("[/URL]").bbcode_at(0)->closing);
  CHECK(TagReader("[b]x[/B]").bbcode_at(0));
  for (const char* text :
       {"[", "[]", "[b]x", "[sic]", "[1]", "[url", "[url=[b]]", "[url=\n]", "[code here]"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(TagReader(text).bbcode_at(0));
  }
}

TEST_CASE("the content of a script ends with its closing tag") {
  const std::string text = "<script>a</b></SCRIPT >x";
  TagReader reader(text);
  CHECK(reader.behind_closing("style", 8) == std::string::npos);
  CHECK(reader.behind_closing("script", 8) == text.size() - 1);
}
