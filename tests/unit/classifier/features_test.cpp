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

TEST_CASE("of a concealed comment the pseudonym tells what rules ask of the e-mail address") {
  Comment comment;
  comment.author = "Ann Miller";
  comment.author_email = "Ann.Miller2099@Mailinator.COM";
  CHECK(Features(comment).email == EmailFacts{true, true, true, false});
  comment.author_email = "~e3:5b1e51d07c22a001:dn";
  CHECK(Features(comment).email == EmailFacts{});  // a client's text
  comment.concealed = true;
  CHECK(Features(comment).email == EmailFacts{true, true, false, false});
  comment.author_email = "";
  CHECK(Features(comment).email == EmailFacts{});
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

TEST_CASE("without a title, the post's address tells what it is about") {
  Comment comment = says("My tomatoes never turn red.");
  comment.permalink = "https://blog.example.org/2020/05/growing-tomatoes/";
  CHECK(Features(comment).title_words == 1);
  comment.post_title = "Router setup";
  CHECK(Features(comment).title_words == 0);
}

TEST_CASE("links to the site itself are told apart from those that lead away") {
  Comment comment = says("as in http://www.example.org/a and http://shop.example.net/");
  comment.blog = "https://blog.example.org/";
  const Features both(comment);
  CHECK(both.own_links == 1);
  CHECK(both.links.total == 1);
  CHECK(both.links.links.at(0).domain == "example.net");
  comment.blog.clear();
  comment.permalink = "http://shop.example.net/a-post";
  CHECK(Features(comment).own_links == 1);
  comment.permalink.clear();
  CHECK(Features(comment).own_links == 0);
}

TEST_CASE("a link in full-width letters is a link") {
  CHECK(Features(says("ｈｔｔｐ://ｗｗｗ.ｓｈｏｐ.ｃｏｍ/a")).links.links.at(0).host == "shop.com");
}

TEST_CASE("a comment ends with a link if hardly a letter follows it") {
  CHECK(Features(says("all of it is at http://shop.com/x")).ends_with_link);
  CHECK(Features(says("all of it is <a href=\"http://shop.com\">here</a>. :)")).ends_with_link);
  CHECK_FALSE(Features(says("http://shop.com/x has all of it")).ends_with_link);
  CHECK_FALSE(Features(says("no link at all")).ends_with_link);
}

TEST_CASE("the languages of comment and title are told where they are clear") {
  Comment comment = says("This is what I was looking for, and it works.");
  comment.post_title = "Como instalar o sistema sem um disco";
  const Features features(comment);
  CHECK(features.language == "en");
  CHECK(features.title_language == "pt");
  CHECK(Features(says("ok")).language == "");
}

TEST_CASE("given names in the author's name are counted") {
  Comment comment = says("hi");
  comment.author = "Anna Maria Best";
  CHECK(Features(comment).given_names == 2);
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
