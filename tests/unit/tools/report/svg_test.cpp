#include "tools/report/svg.h"

#include <doctest/doctest.h>

namespace winnow::report {
namespace {

Chart chart() {
  return Chart("c", "Title <1>", "Says & shows", {"x", Scale::kLinear, 0, 1, {{0, "0"}, {1, "1"}}},
               {"y", Scale::kLog, .01, 1, {{.1, "10 %"}}});
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("a chart has a name and a description for those who do not see it") {
  const std::string svg = chart().svg();
  CHECK(has(svg, "role=\"img\" aria-labelledby=\"c-title c-text\""));
  CHECK(has(svg, "<title id=\"c-title\">Title &lt;1&gt;</title>"));
  CHECK(has(svg, "<desc id=\"c-text\">Says &amp; shows</desc>"));
}

TEST_CASE("values are placed by their scale and kept inside") {
  Chart one = chart();
  one.dot({0, .1}, 4, "own");  // a tenth is half way up from a hundredth
  one.dot({5, 0}, 4, "own");   // to the far right, at the bottom
  const std::string svg = one.svg();
  CHECK(has(svg, "cx=\"58\" cy=\"148\""));
  CHECK(has(svg, "cx=\"414\" cy=\"284\""));
}

TEST_CASE("steps go up first, then level") {
  Chart one = chart();
  one.steps({{0, .01}, {1, 1}}, "spam");
  CHECK(has(one.svg(), "d=\"M58 284L58 12L414 12\""));
}

TEST_CASE("names that would lie over each other give way") {
  Chart one = chart();
  one.upright(.5, "unsure");
  one.upright(.5, "spam");
  CHECK(has(one.svg(), "y=\"22\" class=\"name\">unsure"));
  CHECK(has(one.svg(), "y=\"35\" class=\"name\">spam"));
}

TEST_CASE("a curve of very many points stays small") {
  std::vector<Point> points;
  for (int i = 0; i <= 200000; ++i) points.push_back({i / 200000.0, i / 200000.0});
  Chart one = chart();
  one.line(points, "spam");
  CHECK(one.svg().size() < 20000);
}

}  // namespace
}  // namespace winnow::report
