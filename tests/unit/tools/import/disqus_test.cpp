#include "tests/unit/tools/import/reading.h"

namespace winnow {
namespace {

using test::read;
using test::Reading;

std::string post(const std::string& id, bool is_deleted, bool is_spam, const std::string& more = "") {
  const auto word = [](bool value) { return value ? "true" : "false"; };
  return "<post dsq:id=\"" + id + "\"><id /><message><![CDATA[<p>Well said</p>]]></message>" +
         "<createdAt>2012-06-11T12:00:00Z</createdAt><isDeleted>" + word(is_deleted) +
         "</isDeleted><isSpam>" + word(is_spam) +
         "</isSpam><author><email>ann@example.org</email><name>Ann</name><isAnonymous>true</isAnonymous></"
         "author>"
         "<ipAddress>203.0.113.9</ipAddress><thread dsq:id=\"55\" />" +
         more + "</post>\n";
}

std::string file(const std::string& posts) {
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<disqus xmlns=\"http://disqus.com\" "
         "xmlns:dsq=\"http://disqus.com/disqus-internals\">\n"
         "<category dsq:id=\"1\"><forum>f</forum><title>General</title></category>\n"
         "<thread dsq:id=\"55\"><id>x</id><link>http://blog.example/beans</link><title>Beans</title>"
         "<author><name>Owner</name></author></thread>\n" +
         posts + "</disqus>\n";
}

TEST_CASE("a post comes with its fields and those of its thread") {
  const Reading reading = read("disqus", file(post("9", false, false, "<parent dsq:id=\"8\" />")));
  CHECK(reading.failure.empty());
  REQUIRE(reading.comments.size() == 1);
  const ImportedComment& imported = reading.comments[0];
  CHECK(imported.standing == Standing::kHam);
  CHECK(imported.source_id == "disqus:9");
  CHECK(imported.at == 1339416000000);
  CHECK(imported.comment.content == "<p>Well said</p>");
  CHECK(imported.comment.author == "Ann");
  CHECK(imported.comment.author_email == "ann@example.org");
  CHECK(imported.comment.user_ip == "203.0.113.9");
  CHECK(imported.comment.type == "reply");
  CHECK(imported.comment.parent == "8");
  CHECK(imported.comment.post_title == "Beans");
  CHECK(imported.comment.permalink == "http://blog.example/beans");
}

TEST_CASE("spam is spam even if it was deleted; what was only deleted is skipped") {
  const Reading reading = read("disqus", file(post("1", false, true) + post("2", true, true) +
                                              post("3", true, false) + post("4", false, false)));
  REQUIRE(reading.comments.size() == 4);
  CHECK(reading.comments[0].standing == Standing::kSpam);
  CHECK(reading.comments[1].standing == Standing::kSpam);
  CHECK(reading.comments[2].standing == Standing::kSkipped);
  CHECK(reading.comments[3].standing == Standing::kHam);
  CHECK(reading.comments[3].comment.type == "comment");
}

TEST_CASE("XML of another kind is refused") {
  CHECK(read("disqus", "<rss/>").failure.find("file:1: is no export of Disqus") == 0);
}

}  // namespace
}  // namespace winnow
