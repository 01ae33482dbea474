#include "classifier/features.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

namespace winnow {
namespace {

Comment says(std::string_view content) {
  Comment comment;
  comment.content = content;
  return comment;
}

TEST_CASE("the shape of a text is counted") {
  const Comment comment = says("Hello WORLD! 12 🔥\nWhy?");
  const Features f(comment);
  CHECK(f.shape.letters == 13);
  CHECK(f.shape.upper == 7);
  CHECK(f.shape.digits == 2);
  CHECK(f.shape.emoji == 1);
  CHECK(f.shape.exclamations == 1);
  CHECK(f.shape.questions == 1);
  CHECK(f.shape.lines == 2);
  CHECK(f.shape.main_script() == Script::kLatin);
}

TEST_CASE("the main script is the one of most letters") {
  CHECK(Features(says("да yes нет")).shape.main_script() == Script::kCyrillic);
  CHECK(Features(says("123 !!")).shape.main_script() == Script::kNone);
}

TEST_CASE("an e-mail address is taken apart without case") {
  Comment comment;
  comment.author_email = "Ann.Miller99@Example.COM";
  const Features f(comment);
  CHECK(f.email_local == "ann.miller99");
  CHECK(f.email_domain == "example.com");
  comment.author_email = "no address";
  CHECK(Features(comment).email_domain.empty());
}

TEST_CASE("links are counted by domain") {
  const Comment comment = says("http://a.com/1 http://www.a.com/2 http://b.co.uk/x http://shop.b.co.uk/y");
  const Features f(comment);
  CHECK(f.links.total == 4);
  CHECK(f.distinct_domains == 2);
  CHECK(f.most_of_one_domain == 2);
}

TEST_CASE("words shared with the title or tags count once each, from four letters on") {
  Comment comment = says("My tomatoes and tomatoes: do they need sun in May?");
  comment.post_title = "Growing tomatoes in May";
  comment.context = {"Sunshine", "need"};
  CHECK(Features(comment).title_words == 2);
  comment.post_title.clear();
  comment.context.clear();
  CHECK(Features(comment).title_words == 0);
}

TEST_CASE("a pingback is known by its type or by the dots around its excerpt") {
  CHECK(Features(says("Title [...] some words of a page [...]")).is_pingback);
  CHECK(Features(says("[\u2026] some words of a page [\u2026]")).is_pingback);
  CHECK_FALSE(Features(says("he said [...] and left")).is_pingback);
  CHECK_FALSE(Features(says("[...]")).is_pingback);
  Comment comment = says("words");
  comment.type = "trackback";
  CHECK(Features(comment).is_pingback);
}

TEST_CASE("the model's line is the words of the content and of no other field") {
  Comment comment = says("Cheap pills here: http://best-pills.example.com/buy-now");
  comment.author = "Pill Shop";
  comment.author_url = "https://pill-shop.top/";
  comment.author_email = "x@mail.example";
  comment.post_title = "Gardening";
  CHECK(model_line(Features(comment)) == "cheap pills here");
}

TEST_CASE("scripts without blanks become pairs of characters") {
  CHECK(model_line(Features(says("你好世界"))) == "你好 好世 世界");
  CHECK(model_line(Features(says("好"))) == "好");
}

TEST_CASE("the model's line is bounded whatever is sent") {
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "word" + std::to_string(i) + " ";
  const std::string line = model_line(Features(says(many)));
  CHECK(std::count(line.begin(), line.end(), ' ') == 999);
  CHECK(model_line(Features(says(std::string(100000, 'a')))).size() <= 48);
}

}  // namespace
}  // namespace winnow
