#include "service/http/decode.h"

#include <doctest/doctest.h>

namespace winnow::http {
namespace {

constexpr std::size_t kContent = 1 << 20;

Comment from_form(const std::string& body) {
  Request request;
  request.body = body;
  const Result<Fields> fields = Fields::read(request);
  REQUIRE(fields.ok());
  return to_comment(*fields, kContent);
}

Json parsed(const std::string& text) {
  const Result<Json> json = parse_json(text);
  REQUIRE(json.ok());
  return *json;
}

TEST_CASE("every field of the Akismet protocol finds its place") {
  const Comment comment = from_form(
      "comment_content=text&comment_author=Ann&comment_author_email=a%40b.example&comment_author_url=u&blog="
      "b&"
      "permalink=p&post_title=t&comment_context[0]=c1&comment_context[1]=c2&comment_type=reply&user_ip=1.2.3."
      "4&"
      "user_agent=ua&referrer=r&blog_lang=en&user_role=editor&hidden_honeypot_field=hp&comment_date_gmt=d&"
      "comment_post_modified_gmt=m&recheck_reason=edit");
  CHECK(to_text(to_json(comment)) ==
        to_text(parsed(
            R"({"content":"text","author":"Ann","author_email":"a@b.example","author_url":"u","blog":"b",
          "permalink":"p","post_title":"t","type":"reply","user_ip":"1.2.3.4","user_agent":"ua","referrer":"r",
          "blog_lang":"en","user_role":"editor","honeypot":"hp","date_gmt":"d","post_modified_gmt":"m",
          "recheck_reason":"edit","context":["c1","c2"]})")));
}

TEST_CASE("types and dates are kept as they are sent") {
  for (const char* type : {"comment", "reply", "forum-post", "blog-post", "contact-form", "contact_form",
                           "signup", "message", "pingback", "trackback", "topic", "gravity form"})
    CHECK(from_form("comment_type=" + std::string(type)).type == type);
  for (const char* date : {"2026-11-22 07:46:35", "2026-11-22T07:46:35Z", "2026-11-22T07:46:35.000Z",
                           "2026-11-22T07:46:35%2B00:00", "2026-11-22T07:46:35+00:00"}) {
    const Comment comment =
        from_form("comment_date_gmt=" + std::string(date) + "&comment_post_modified_gmt=" + date);
    CHECK(comment.date_gmt.starts_with("2026-11-22"));
    CHECK(comment.date_gmt.substr(11, 8) == "07:46:35");
    CHECK(comment.post_modified_gmt == comment.date_gmt);
  }
}

TEST_CASE("what JavaScript sends for a missing value is missing") {
  const Comment comment = from_form(
      "comment_content=undefined&comment_author=undefined&referrer=undefined&user_ip=undefined&comment_"
      "context=undefined&comment_parent=undefined&user_role=undefined");
  CHECK(to_json(comment).empty());
}

TEST_CASE("tags and categories in three notations, their HTML undone once") {
  const std::vector<std::string> wanted = {"backups & tapes", "\"AT&T\" &amp; co"};
  const std::string first = "=backups+%26amp%3B+tapes",
                    second = "=%26quot%3BAT%26%2338%3BT%26quot%3B+%26amp%3Bamp%3B+co";
  for (const auto& [one, two] : {std::pair("comment_context[0]", "comment_context[1]"),
                                 std::pair("comment_context%5B%5D", "comment_context[]"),
                                 std::pair("comment_context", "comment_context")})
    CHECK(from_form(one + first + "&" + two + second).context == wanted);
}

TEST_CASE("an IPv4 address in IPv6 clothes is an IPv4 address; other text stays") {
  const std::pair<const char*, const char*> cases[] = {
      {"::ffff:203.0.113.7", "203.0.113.7"},
      {"::FFFF:cb00:7107", "203.0.113.7"},
      {"0:0:0:0:0:ffff:203.0.113.7", "203.0.113.7"},
      {"203.0.113.7", "203.0.113.7"},
      {"2001:db8::1", "2001:db8::1"},
      {"::203.0.113.7", "::203.0.113.7"},
      {"::ffff:203.0.113.700", "::ffff:203.0.113.700"},
      {"ip", "ip"},
      {"", ""},
  };
  for (const auto& [sent, kept] : cases) {
    CAPTURE(sent);
    CHECK(from_form("user_ip=" + std::string(sent)).user_ip == kept);
    const Result<CheckRequest> json = to_check({{"content", "x"}, {"user_ip", sent}}, kContent);
    REQUIRE(json.ok());
    CHECK(json->comment.user_ip == kept);
  }
}

TEST_CASE("a contact form speaks where there is no content") {
  const std::string form =
      "contact_form_field_1-name=Ann&contact_form_subject=Your+lamp&contact_form_field_2-text=Is+it+blue?";
  CHECK(from_form(form).content == "Your lamp\nAnn\nIs it blue?");
  CHECK(from_form(form + "&comment_content=Is+it+blue?").content == "Is it blue?");
  std::string many;
  for (int i = 0; i < 500; ++i) many += "contact_form_field_" + std::to_string(i) + "=x&";
  CHECK(from_form(many).content.size() == 2 * kMaxContactFields - 1);
}

TEST_CASE("a posted form of WordPress is unslashed, whatever the text; its other calls are not") {
  const std::string content = "&comment_content=it%5C's+in+C:%5C%5Cnew";
  const std::string author = "&comment_author=Conan+O%5C'Brien";
  const Comment checked = from_form("akismet_comment_nonce=inactive" + content + author);
  CHECK(checked.content == "it's in C:\\new");
  CHECK(checked.author == "Conan O'Brien");
  // The same bytes from a recheck or from another client are what the visitor wrote.
  for (const char* sender :
       {"comment_approved=0&recheck_reason=retry", "x=", "akismet_comment_nonce=failed&comment_approved=1"})
    CHECK(from_form(sender + content).content == "it\\'s in C:\\\\new");
}

TEST_CASE("the type may come as content_type") {
  CHECK(from_form("content_type=forum-post").type == "forum-post");
  CHECK(from_form("content_type=x&comment_type=comment").type == "comment");
}

TEST_CASE("the honeypot in its three forms") {
  CHECK(from_form("honeypot_field_name=trap&trap=caught").honeypot == "caught");
  CHECK(from_form("honeypot_field_name=trap&trap=").honeypot == "");
  CHECK(from_form("honeypot_field_name=trap").honeypot == "");
  CHECK(from_form("honeypot_field_name=comment%5Bwebsite%5D&comment%5Bwebsite%5D=caught").honeypot ==
        "caught");
  CHECK(from_form("honeypot_field_name=api_key&api_key=0123456789ab").honeypot == "");
  CHECK(from_form("honeypot_field_name=&=x").honeypot == "");
  CHECK(from_form("hidden_honeypot_field=caught").honeypot == "caught");
  CHECK(from_form("POST_ak_hp_textarea=caught").honeypot == "caught");
  CHECK(from_form("POST_ak_hp_textarea").honeypot == "");
}

TEST_CASE("long fields are cut, the content at the limit of the body") {
  const std::string letters(10000, 'a');
  const Comment comment = from_form("comment_author=" + letters + "&comment_content=" + letters);
  CHECK(comment.author.size() == kMaxFieldBytes);
  CHECK(comment.content.size() == letters.size());
  std::string many;
  for (int i = 0; i < 100; ++i) many += "comment_context[]=x&";
  CHECK(from_form(many).context.size() == kMaxContexts);
}

TEST_CASE("a JSON comment comes back as it was sent") {
  const Json json = parsed(
      R"({"content":"text","author":"Ann","context":["a","b"],"user_ip":"::1","is_test":true,"blog":null})");
  const Result<CheckRequest> request = to_check(json, kContent);
  REQUIRE(request.ok());
  CHECK(request->is_test);
  CHECK(request->comment.context.size() == 2);
  CHECK(request->comment.user_ip == "::1");
  CHECK(request->comment.blog == "");
}

TEST_CASE("errors of a JSON comment name the member") {
  struct {
    const char* text;
    const char* field;
  } const cases[] = {
      {R"({"content":1})", "content"},
      {R"({"content":"x","autor":"Ann"})", "autor"},
      {R"({"content":"x","is_test":"1"})", "is_test"},
      {R"({"content":"x","context":"a"})", "context"},
      {R"({"content":"x","context":[1]})", "context"},
      {R"({"user_ip":"1.2.3.4"})", "content"},
      {R"({})", "content"},
      {R"([])", ""},
      {R"("x")", ""},
  };
  for (const auto& [text, field] : cases) {
    CAPTURE(text);
    const Result<CheckRequest> refused = to_check(parsed(text), kContent);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().kind == ErrorKind::kInvalid);
    CHECK(refused.error().field == field);
    CHECK(refused.error().message.ends_with("."));
  }
  CHECK(to_check(parsed(R"({"author":"Ann"})"), kContent).ok());
  CHECK(to_check(parsed(R"({"author_url":"http://x.example"})"), kContent).ok());
}

TEST_CASE("NULs in JSON do not come through") {
  const Result<CheckRequest> request = to_check(parsed(R"({"content":"a\u0000b"})"), kContent);
  REQUIRE(request.ok());
  CHECK(request->comment.content ==
        "a\xEF\xBF\xBD"
        "b");
}

TEST_CASE("batches") {
  CHECK(to_batch(parsed(R"({"comments":[{"content":"a"},{"author":"b"}]})"), kContent)->size() == 2);
  std::string many = R"({"comments":[)";
  for (std::size_t i = 0; i <= kMaxBatch; ++i) many += std::string(i ? "," : "") + R"({"content":"x"})";
  struct {
    std::string text;
    const char* field;
  } const cases[] = {
      {R"({"comments":[{"content":"a"},{"content":"b","author":2}]})", "comments[1].author"},
      {R"({"comments":[1]})", "comments[0]"},
      {R"({"comments":[]})", "comments"},
      {R"({"comments":{}})", "comments"},
      {R"({})", "comments"},
      {R"({"comments":[{"content":"a"}],"more":1})", "more"},
      {R"([])", ""},
      {many + "]}", "comments"},
  };
  for (const auto& [text, field] : cases) {
    CAPTURE(text);
    const auto refused = to_batch(parsed(text), kContent);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().field == field);
  }
}

TEST_CASE("reports") {
  const Result<Report> by_id = to_report(parsed(R"({"id":"abc","label":"spam","reporter":"mod"})"), kContent);
  REQUIRE(by_id.ok());
  CHECK(by_id->verdict_id == "abc");
  CHECK(by_id->label == Label::kSpam);
  CHECK(by_id->reporter == "mod");
  const Result<Report> by_comment =
      to_report(parsed(R"({"comment":{"content":"x","is_test":true},"label":"ham"})"), kContent);
  REQUIRE(by_comment.ok());
  CHECK(by_comment->comment.content == "x");
  CHECK(by_comment->is_test);
  struct {
    const char* text;
    const char* field;
  } const cases[] = {
      {R"({"id":"abc"})", "label"},
      {R"({"id":"abc","label":"bad"})", "label"},
      {R"({"id":"abc","label":1})", "label"},
      {R"({"id":1,"label":"spam"})", "id"},
      {R"({"label":"spam"})", "id"},
      {R"({"label":"spam","comment":{"content":1}})", "comment.content"},
      {R"({"label":"spam","comment":"x"})", "comment"},
      {R"({"label":"spam","id":"abc","verdict":"x"})", "verdict"},
      {R"([])", ""},
  };
  for (const auto& [text, field] : cases) {
    CAPTURE(text);
    const auto refused = to_report(parsed(text), kContent);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().field == field);
  }
}

}  // namespace
}  // namespace winnow::http
