#include "classifier/lists/list_pattern.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

std::string key_of(ListField field, std::string_view written) {
  const Result<ListPattern> pattern = read_list_pattern(field, written);
  return pattern ? pattern->key : "refused: " + pattern.error().message;
}

TEST_CASE("patterns are read into one form, however they are written") {
  struct {
    ListField field;
    const char* written;
    const char* key;
  } const cases[] = {
      {ListField::kAuthor, "  Anna   Berg ", "anna berg"},
      {ListField::kAuthor, "V1agra Shop", "viagra shop"},
      {ListField::kAuthor, "SEO**Expert*", "seo*expert*"},
      {ListField::kEmail, "Anna@Example.ORG", "anna@example.org"},
      {ListField::kEmail, "*@Example.org", "@example.org"},
      {ListField::kEmail, "@example.org", "@example.org"},
      {ListField::kEmail, "*@*.example.org", "*@*.example.org"},
      {ListField::kDomain, "https://www.Example.org/", "example.org"},
      {ListField::kDomain, "*.example.org", "example.org"},
      {ListField::kDomain, "*.xyz", "xyz"},
      {ListField::kDomain, "casino*.com", "*.casino*.com"},
      {ListField::kDomain, "bücher.example", "xn--bcher-kva.example"},
      {ListField::kAddress, "::ffff:203.0.113.7", "203.0.113.7"},
      {ListField::kAddress, "203.0.113.0/24", "203.0.113.0/24"},
      {ListField::kAddress, "203.0.113.*", "203.0.113.0/24"},
      {ListField::kAddress, "10.*.*.*", "10.0.0.0/8"},
      {ListField::kAddress, "2001:DB8::/32", "2001:db8::/32"},
      {ListField::kAddress, "2001:db8::0:7", "2001:db8::7"},
      {ListField::kText, "Buy, CHEAP <b>pills</b>!", " buy cheap pills "},
      {ListField::kText, "casino*", " casino* "},
      {ListField::kText, "加微信", " 加 微 信 "},
  };
  for (const auto& [field, written, key] : cases) CHECK(key_of(field, written) == key);
}

TEST_CASE("a pattern that is none, or finds nearly everything, is refused with the reason") {
  struct {
    ListField field;
    const char* written;
    const char* reason;
  } const cases[] = {
      {ListField::kAuthor, "", "empty"},
      {ListField::kAuthor, "  \t", "empty"},
      {ListField::kAuthor, "<b></b>", "empty"},
      {ListField::kAuthor, "*", "three characters"},
      {ListField::kAuthor, "***", "three characters"},
      {ListField::kAuthor, "*a*", "three characters"},
      {ListField::kAuthor, "* *", "three characters"},
      {ListField::kEmail, "example.org", "@"},
      {ListField::kEmail, "anna@", "@"},
      {ListField::kEmail, "a@b@c", "one @"},
      {ListField::kEmail, "a b@example.org", "blanks"},
      {ListField::kEmail, "*", "three characters"},
      {ListField::kEmail, "*@*", "three characters"},
      {ListField::kEmail, "*@*.*", "three characters"},
      {ListField::kDomain, "example", "dot"},
      {ListField::kDomain, "*", "three characters"},
      {ListField::kDomain, "*.*", "three characters"},
      {ListField::kDomain, "*.", "three characters"},
      {ListField::kDomain, "example.org/path", "without path"},
      {ListField::kDomain, "a..b", "host name"},
      {ListField::kDomain, "anna@example.org", "without path"},
      {ListField::kAddress, "nonsense", "203.0.113.7"},
      {ListField::kAddress, "*", "203.0.113.7"},
      {ListField::kAddress, "*.*.*.*", "203.0.113.7"},
      {ListField::kAddress, "203.0.113.7/24", "203.0.113.0/24"},
      {ListField::kAddress, "203.0.113.0/x", "length in bits"},
      {ListField::kAddress, "203.0.113.0/33", "length in bits"},
      {ListField::kAddress, "0.0.0.0/0", "too wide"},
      {ListField::kAddress, "8.0.0.0/7", "too wide"},
      {ListField::kAddress, "::/0", "too wide"},
      {ListField::kText, "ab", "three letters"},
      {ListField::kText, "!!! ???", "three letters"},
      {ListField::kText, "* * *", "three letters"},
      {ListField::kText, "a*b*c", "three characters"},
      {ListField::kText, "\xff", "UTF-8"},
  };
  for (const auto& [field, written, reason] : cases) {
    const Result<ListPattern> pattern = read_list_pattern(field, written);
    CAPTURE(written);
    REQUIRE_FALSE(pattern);
    CHECK(pattern.error().kind == ErrorKind::kInvalid);
    CHECK(pattern.error().field == "pattern");
    CAPTURE(pattern.error().message);
    CHECK(pattern.error().message.find(reason) != std::string::npos);
  }
  CHECK(read_list_pattern(ListField::kText, std::string(kMaxPatternBytes, 'a')));
  CHECK_FALSE(read_list_pattern(ListField::kText, std::string(kMaxPatternBytes + 1, 'a')));
  CHECK(read_list_pattern(ListField::kText, "赌博"));
  CHECK_FALSE(read_list_pattern(ListField::kText, "赌"));
}

TEST_CASE("a text is compared as its words alone") {
  CHECK(list_text("buy, cheap... pills!") == " buy cheap pills ");
  CHECK(list_text("") == " ");
  CHECK(list_text("加v信") == " 加 v 信 ");
  CHECK(list_text(std::string(1000, 'x')) == " " + std::string(100, 'x') + " ");
}

}  // namespace
}  // namespace winnow
