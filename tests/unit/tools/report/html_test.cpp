#include "tools/report/html.h"

#include <doctest/doctest.h>

namespace winnow::report {
namespace {

TEST_CASE("hostile text is nothing but text") {
  CHECK(escaped("<script>alert('x')</script>") == "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
  CHECK(escaped("\" onload=\"x") == "&quot; onload=&quot;x");
  CHECK(escaped("&lt;b&gt;") == "&amp;lt;b&amp;gt;");
  CHECK(escaped("<!--") == "&lt;!--");
  CHECK(escaped("grüße, 你好") == "grüße, 你好");
}

TEST_CASE("bytes that HTML does not allow become U+FFFD") {
  CHECK(escaped(std::string_view("a\0b", 3)) == "a\uFFFDb");
  CHECK(escaped("\x1b[31m") == "\uFFFD[31m");
  CHECK(escaped("\xC2\x9B!") == "\uFFFD!");
  CHECK(escaped("\xC2\xA0") == "\xC2\xA0");
  CHECK(escaped("\xFF") == "\uFFFD");
  CHECK(escaped("line\n\ttab") == "line\n\ttab");
}

TEST_CASE("foreign text is cut between characters and kept apart from its neighbours") {
  CHECK(foreign("<i>") == "<bdi>&lt;i&gt;</bdi>");
  CHECK(foreign("ééé", 3) == "<bdi>é…</bdi>");
  CHECK(foreign("ééé", 6) == "<bdi>ééé</bdi>");
}

TEST_CASE("a table names itself and heads its rows and columns") {
  Table table("A & B", {{"Name", false}, {"Count"}}, "tall");
  table.add({"x", "1"}, "own");
  CHECK(table.html() ==
        "<div class=\"scroll tall\" role=\"region\" tabindex=\"0\" aria-label=\"A &amp; B\">\n"
        "<table><caption>A &amp; B</caption><thead><tr><th scope=\"col\">Name</th>"
        "<th scope=\"col\" class=\"n\">Count</th></tr></thead><tbody>\n"
        "<tr class=\"own\"><th scope=\"row\">x</th><td class=\"n\">1</td></tr>\n</tbody></table></div>\n");
}

}  // namespace
}  // namespace winnow::report
