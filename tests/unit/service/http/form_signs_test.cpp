#include "service/http/form_signs.h"

#include <doctest/doctest.h>

namespace winnow::http {
namespace {

Comment signs(const std::string& body) {
  Request request;
  request.body = body;
  const Result<Fields> fields = Fields::read(request);
  REQUIRE(fields.ok());
  Comment comment;
  read_form_signs(*fields, comment);
  return comment;
}

TEST_CASE("whether the form's script ran") {
  const std::pair<const char*, const char*> cases[] = {
      {"0", "absent"},          {"137", "absent"}, {"250", "absent"}, {"251", ""},
      {"1763798795000", "ran"}, {"", ""},          {"-5", ""},        {"12x", ""},
      {"undefined", ""},        {"1.5", ""},       {"999999999", ""}, {"99999999999999999999", ""}};
  for (const auto& [sent, said] : cases) {
    CAPTURE(sent);
    CHECK(signs("POST_ak_js=" + std::string(sent)).javascript == said);
  }
  CHECK(signs("POST_comment=x").javascript == "");
  CHECK(signs("ak_js=7").javascript == "");
}

TEST_CASE("how long the form was open") {
  const auto seconds = [](const std::string& ready, const std::string& sent) {
    return signs("POST_ak_js=" + ready + "&POST_ak_bfs=" + sent).form_seconds;
  };
  CHECK(seconds("1763798795000", "1763798836999") == "41");
  CHECK(seconds("1763798795000", "1763798795000") == "0");
  CHECK(seconds("1763798795000", "1763798794999") == "");  // the clock was set back
  CHECK(seconds("1763798795000", "1863798795000") == "");  // or forward
  CHECK(seconds("1763798795000", "") == "");
  CHECK(seconds("17", "1763798795000") == "");
}

TEST_CASE("the token of the form") {
  for (const char* known : {"passed", "failed"})
    CHECK(signs("POST_comment=x&akismet_comment_nonce=" + std::string(known)).form_token == known);
  for (const char* other : {"inactive", "", "PASSED", "whatever"})
    CHECK(signs("POST_comment=x&akismet_comment_nonce=" + std::string(other)).form_token == "");
}

TEST_CASE("the browser's language, missing only where all headers were sent on") {
  const auto language = [](const std::string& body) { return signs(body).accept_language; };
  CHECK(language("POST_comment=x&HTTP_HOST=blog.example&HTTP_ACCEPT_LANGUAGE=de-AT,de;q=0.8") ==
        "de-AT,de;q=0.8");
  CHECK(language("POST_comment=x&HTTP_HOST=blog.example&HTTP_USER_AGENT=curl") == "none");
  CHECK(language("POST_comment=x&HTTP_HOST=blog.example&HTTP_ACCEPT_LANGUAGE") == "none");
  CHECK(language("POST_comment=x&HTTP_USER_AGENT=curl&HTTP_REFERER=y") == "");
  CHECK(language("POST_comment=x&HTTP_ACCEPT_LANGUAGE=" + std::string(900, 'a')).size() == 64);
}

TEST_CASE("a comment that no form posted has no signs of a form") {
  const Comment comment = signs("akismet_comment_nonce=failed&HTTP_HOST=blog.example&comment_content=x");
  CHECK(comment.form_token == "");
  CHECK(comment.accept_language == "");
  CHECK(comment.javascript == "");
}

TEST_CASE("answers, pingbacks and accounts") {
  CHECK(signs("comment_parent=17").parent == "17");
  CHECK(signs("comment_parent=0").parent == "");
  CHECK(signs("comment_parent=<b>").parent == "");
  CHECK(signs("pingbacks_closed=1").pings_closed == "1");
  CHECK(signs("pingbacks_closed=0").pings_closed == "");
  CHECK(signs("is_multicall=1&multicall_count=1800").multicall_count == "1800");
  CHECK(signs("is_multicall=0&multicall_count=1800").multicall_count == "");
  CHECK(signs("comment_total=2841").author_total == "2841");
  CHECK(signs("comment_total=-3").author_total == "");
}

}  // namespace
}  // namespace winnow::http
