#include "service/http/slashes.h"

#include <doctest/doctest.h>

#include <string>

#include "classifier/normalize.h"

namespace winnow::http {
namespace {

Fields fields_of(const std::string& body) {
  Request request;
  request.body = body;
  Result<Fields> fields = Fields::read(request);
  REQUIRE(fields.ok());
  return std::move(*fields);
}

// As PHP's addslashes() does it, the NUL aside.
std::string slashed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

TEST_CASE("only the check of a posted form slashes") {
  CHECK(is_from_slasher(fields_of("akismet_comment_nonce=passed&POST_comment=x")));
  CHECK(is_from_slasher(fields_of("akismet_comment_nonce=inactive")));
  CHECK(is_from_slasher(fields_of("akismet_comment_nonce")));
  CHECK_FALSE(is_from_slasher(fields_of("akismet_comment_nonce=failed&comment_approved=1")));  // REST API
  CHECK_FALSE(is_from_slasher(fields_of("comment_approved=0&recheck_reason=retry")));
  CHECK_FALSE(is_from_slasher(fields_of("POST_ak_js=1&comment_check_response=true")));
  CHECK_FALSE(is_from_slasher(fields_of("comment_content=x")));
}

TEST_CASE("what was slashed comes back; what is plain has nothing to undo or a veto") {
  for (const std::string_view text : {
           R"(don't)",
           R"(<a href="http://lamp.example/">this lamp</a>)",
           R"(C:\new\table)",
           R"(\\server\share and C:\)",
           R"(caf\'e \"o \alpha)",
           R"(s/\\/\\\\/g; '\'' "\"" \d+\.\d)",
           R"(\)",
           R"(\\\\)",
       }) {
    CAPTURE(text);
    CHECK(is_slashed(slashed(text)));
    CHECK(unslash(slashed(text)) == text);
  }
  for (const std::string_view plain :
       {"", "no quotes at all", R"(don't)", R"(C:\new)", R"(a \"quote\" and a bare ')", R"(ends in \)",
        R"(\\\)", R"(\alpha \'e)"}) {
    CAPTURE(plain);
    CHECK_FALSE(is_slashed(plain));
  }
}

TEST_CASE("each text of a comment is judged by itself") {
  Comment comment;
  comment.content = slashed(R"(it's in C:\new)");
  comment.author = "Conan O'Brien";  // from the site's own account, never slashed
  comment.user_agent = slashed(R"(It's me "1.0")");
  unslash_texts(comment);
  CHECK(comment.content == R"(it's in C:\new)");
  CHECK(comment.author == "Conan O'Brien");
  CHECK(comment.user_agent == R"(It's me "1.0")");
}

}  // namespace
}  // namespace winnow::http
