#include "service/http/fields.h"

#include <doctest/doctest.h>

#include "service/http/form.h"

namespace winnow::http {
namespace {

Request post(std::string content_type, std::string body, std::string query = "") {
  Request request;
  request.method = "POST";
  request.query = std::move(query);
  request.headers = {{"content-type", std::move(content_type)}};
  request.body = std::move(body);
  return request;
}

Fields read(const Request& request) {
  Result<Fields> fields = Fields::read(request);
  REQUIRE(fields.ok());
  return std::move(*fields);
}

constexpr const char* kForm = "application/x-www-form-urlencoded; charset=UTF-8";

TEST_CASE("the three encodings of a body say the same") {
  const std::string multipart =
      "--B\r\nContent-Disposition: form-data; name=\"blog\"\r\n\r\nhttp://a.example\r\n"
      "--B\r\nContent-Disposition: form-data; name=\"is_test\"\r\n\r\n1\r\n"
      "--B\r\nContent-Disposition: form-data; name=\"comment_context[]\"\r\n\r\nlamps\r\n--B--\r\n";
  const Request requests[] = {
      post(kForm, "blog=http%3A%2F%2Fa.example&is_test=1&comment_context%5B%5D=lamps"),
      post("", "blog=http://a.example&is_test=true&comment_context=lamps"),
      post("Multipart/Form-Data; boundary=B", multipart),
      post("application/json", R"({"blog":"http://a.example","is_test":true,"comment_context":["lamps"]})"),
  };
  for (const Request& request : requests) {
    CAPTURE(request.headers[0].second);
    const Fields fields = read(request);
    CHECK(fields.text("blog", 100) == "http://a.example");
    CHECK(fields.flag("is_test"));
    CHECK(fields.list("comment_context", 9, 100) == std::vector<std::string>{"lamps"});
  }
}

TEST_CASE("the first value counts, and the body comes before the query") {
  const Fields fields = read(post(kForm, "a=1&a=2", "a=3&b=4"));
  CHECK(fields.text("a", 10) == "1");
  CHECK(fields.text("b", 10) == "4");
  CHECK(fields.text("c", 10) == "");
}

TEST_CASE("the query of a GET is read, whatever kind of body its header speaks of") {
  Request request = post("application/json", "", "tab=spam");
  CHECK_FALSE(Fields::read(request).ok());
  request.method = "GET";
  CHECK(read(request).text("tab", 10) == "spam");
}

TEST_CASE("a bare name was sent") {
  const Fields fields = read(post(kForm, "user_ip&blog="));
  CHECK(fields.has("user_ip"));
  CHECK(fields.has("blog"));
  CHECK_FALSE(fields.has("api_key"));
}

TEST_CASE("flags") {
  for (const char* yes : {"1", "true", "True"}) CHECK(read(post(kForm, std::string("t=") + yes)).flag("t"));
  for (const char* no : {"0", "", "false", "undefined", "yes", "11"})
    CHECK_FALSE(read(post(kForm, std::string("t=") + no)).flag("t"));
  CHECK_FALSE(read(post(kForm, "t")).flag("t"));
  CHECK_FALSE(read(post("application/json", R"({"t":false})")).flag("t"));
}

TEST_CASE("texts are valid UTF-8, without NUL, and cut at a character") {
  const Fields fields = read(post(kForm, "nul=a%00b&bad=%FF%FEx&cjk=%E4%B8%AD%E6%96%87&u=undefined"));
  CHECK(fields.text("nul", 100) ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(fields.text("bad", 100).ends_with("x"));
  CHECK(fields.text("cjk", 5) == "\xE4\xB8\xAD");
  CHECK(fields.text("u", 100) == "");
}

TEST_CASE("the charset is that of blog_charset, else of the content type") {
  CHECK(read(post(kForm, "c=caf%E9&blog_charset=ISO-8859-1")).text("c", 100) == "caf\xC3\xA9");
  CHECK(read(post("application/x-www-form-urlencoded; charset=iso-8859-1", "c=caf%E9")).text("c", 100) ==
        "caf\xC3\xA9");
  CHECK(read(post(kForm, "c=caf%C3%A9&blog_charset=undefined")).text("c", 100) == "caf\xC3\xA9");
  CHECK(read(post(kForm, "c=caf%C3%A9&blog_charset=no-such-charset")).text("c", 100) == "caf\xC3\xA9");
  CHECK(read(post("application/json", R"({"c":"café","blog_charset":"ISO-8859-1"})")).text("c", 100) ==
        "caf\xC3\xA9");
}

TEST_CASE("lists in all three notations") {
  const Fields fields = read(post(kForm, "t=a&t%5B%5D=b&t[0]=c&t[12]=d&t[x]=e&tt=f&t[]=&t[1"));
  CHECK(fields.list("t", 9, 100) == std::vector<std::string>{"a", "b", "c", "d"});
  CHECK(fields.list("t", 2, 100).size() == 2);
}

TEST_CASE("JSON of other shapes") {
  const Fields fields = read(post("application/json; charset=utf-8",
                                  R"({"n":12,"z":null,"f":1.5,"o":{"x":1},"l":["a",{"b":1},2]})"));
  CHECK(fields.text("n", 10) == "12");
  CHECK(fields.has("z"));
  CHECK(fields.text("z", 10) == "");
  CHECK_FALSE(fields.has("o"));
  CHECK(fields.list("l", 9, 10) == std::vector<std::string>{"a", "2"});
}

TEST_CASE("bodies that cannot be read") {
  for (const Request& request :
       {post("application/json", "{"), post("application/json", "[]"), post("multipart/form-data", "x")}) {
    const Result<Fields> refused = Fields::read(request);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().kind == ErrorKind::kInvalid);
  }
}

}  // namespace
}  // namespace winnow::http
