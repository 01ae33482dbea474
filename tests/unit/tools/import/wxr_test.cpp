#include "tests/unit/tools/import/reading.h"

namespace winnow {
namespace {

using test::read;
using test::Reading;

std::string comment(const std::string& id, const std::string& approved, const std::string& content,
                    const std::string& more = "") {
  return "<wp:comment><wp:comment_id>" + id +
         "</wp:comment_id><wp:comment_author><![CDATA[Ann]]></wp:comment_author>"
         "<wp:comment_author_email>ann@example.org</wp:comment_author_email>"
         "<wp:comment_author_url>http://ann.example/?a=1&b=2</wp:comment_author_url>"
         "<wp:comment_author_IP>203.0.113.9</wp:comment_author_IP>"
         "<wp:comment_date>2012-06-11 14:00:00</wp:comment_date>"
         "<wp:comment_date_gmt>2012-06-11 12:00:00</wp:comment_date_gmt>"
         "<wp:comment_content><![CDATA[" +
         content + "]]></wp:comment_content><wp:comment_approved>" + approved + "</wp:comment_approved>" +
         more + "</wp:comment>\n";
}

std::string file(const std::string& comments) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<!-- generator -->\n<rss version=\"2.0\" "
         "xmlns:wp=\"http://wordpress.org/export/1.2/\">\n<channel><title>A blog</title>"
         "<link>http://blog.example</link><language>en-US</language>\n"
         "<item><title><![CDATA[Beans & peas]]></title><link>http://blog.example/beans</link>"
         "<category domain=\"post_tag\"><![CDATA[garden]]></category>"
         "<content:encoded><![CDATA[The post itself]]></content:encoded>\n" +
         comments + "</item>\n<item><title>Other</title></item></channel></rss>\n";
}

TEST_CASE("a comment comes with its fields and those of its post") {
  const Reading reading = read(
      "wxr", file(comment("7", "1", "They climb <b>well</b> ]]]]><![CDATA[>",
                          "<wp:comment_type>pingback</wp:comment_type>"
                          "<wp:comment_parent>3</wp:comment_parent><wp:comment_user_id>1</wp:comment_user_id>"
                          "<wp:commentmeta><wp:meta_key>k</wp:meta_key></wp:commentmeta>")));
  CHECK(reading.failure.empty());
  REQUIRE(reading.comments.size() == 1);
  const ImportedComment& imported = reading.comments[0];
  CHECK(imported.standing == Standing::kHam);
  CHECK(imported.source_id == "wordpress:7");
  CHECK(imported.at == 1339416000000);
  const Comment& c = imported.comment;
  CHECK(c.content == "They climb <b>well</b> ]]>");
  CHECK(c.author == "Ann");
  CHECK(c.author_email == "ann@example.org");
  CHECK(c.author_url == "http://ann.example/?a=1&b=2");
  CHECK(c.user_ip == "203.0.113.9");
  CHECK(c.date_gmt == "2012-06-11T12:00:00Z");
  CHECK(c.type == "pingback");
  CHECK(c.parent == "3");
  CHECK(c.blog == "http://blog.example");
  CHECK(c.blog_lang == "en-US");
  CHECK(c.post_title == "Beans & peas");
  CHECK(c.permalink == "http://blog.example/beans");
  CHECK(c.context == std::vector<std::string>{"garden"});
}

TEST_CASE("comment_approved is the verdict, and the trash is none") {
  const Reading reading =
      read("wxr", file(comment("1", "1", "a") + comment("2", "spam", "b") + comment("3", "0", "c") +
                       comment("4", "trash", "d") + comment("5", "odd", "e") +
                       comment("6", "1", "f", "<wp:comment_type>order_note</wp:comment_type>")));
  REQUIRE(reading.comments.size() == 6);
  CHECK(reading.comments[0].standing == Standing::kHam);
  CHECK(reading.comments[0].comment.type == "comment");
  CHECK(reading.comments[1].standing == Standing::kSpam);
  CHECK(reading.comments[2].standing == Standing::kWaiting);
  CHECK(reading.comments[3].standing == Standing::kSkipped);
  CHECK(reading.comments[3].why.find("trash") != std::string::npos);
  CHECK(reading.comments[4].why.find("status") != std::string::npos);
  CHECK(reading.comments[5].why.find("plug-in") != std::string::npos);
}

TEST_CASE("a text over a megabyte is skipped, and the next comment has its own") {
  const Reading reading =
      read("wxr", file(comment("1", "1", std::string(2 << 20, 'x')) + comment("2", "1", "short")));
  CHECK(reading.failure.empty());
  REQUIRE(reading.comments.size() == 2);
  CHECK(reading.comments[0].standing == Standing::kSkipped);
  CHECK(reading.comments[0].why == kTooLong);
  CHECK(reading.comments[1].standing == Standing::kHam);
  CHECK(reading.comments[1].comment.content == "short");
}

TEST_CASE("an export that was cut off gives what it has, then an error with the line") {
  const std::string whole = file(comment("1", "1", "a") + comment("2", "1", "b"));
  const Reading reading = read("wxr", whole.substr(0, whole.rfind("</wp:comment>")));
  CHECK(reading.comments.size() == 1);
  CHECK(reading.failure.find("file:7: ") == 0);
}

TEST_CASE("XML of another kind is refused") {
  CHECK(read("wxr", "<html><body/></html>").failure.find("file:1: is no export of WordPress") == 0);
}

}  // namespace
}  // namespace winnow
