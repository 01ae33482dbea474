#include "tests/unit/tools/import/reading.h"

namespace winnow {
namespace {

using test::read;
using test::Reading;

TEST_CASE("MySQL's INTO OUTFILE: no header, tabs, backslashes") {
  const Reading reading = read(
      "wordpress-csv",
      "7\t3\tAnn\tann@example.org\t\t203.0.113.9\t2012-06-11 14:00:00\t2012-06-11 12:00:00\tone\\\ntwo\t0\t"
      "spam\tBrowser/1\t\\N\t0\t0\n"
      "8\t3\tBob\t\t\t\t2012-06-11 14:00:00\t0000-00-00 00:00:00\tplain\t0\t1\t\ttrackback\t7\t0\n");
  CHECK(reading.failure.empty());
  REQUIRE(reading.comments.size() == 2);
  CHECK(reading.comments[0].standing == Standing::kSpam);
  CHECK(reading.comments[0].comment.content == "one\ntwo");
  CHECK(reading.comments[0].comment.user_agent == "Browser/1");
  CHECK(reading.comments[0].comment.type == "comment");
  CHECK(reading.comments[0].source_id == "wordpress:7");
  CHECK(reading.comments[1].standing == Standing::kHam);
  CHECK(reading.comments[1].comment.type == "trackback");
  CHECK(reading.comments[1].comment.parent == "7");
  CHECK(reading.comments[1].at == 1339423200000);
}

TEST_CASE("a header names the columns, in any order") {
  const Reading reading = read("wordpress-csv",
                               "\"comment_approved\",\"comment_content\",\"comment_ID\"\n"
                               "\"0\",\"say \"\"hi\"\"\",\"4\"\n\"post-trashed\",\"x\",\"5\"\n");
  REQUIRE(reading.comments.size() == 2);
  CHECK(reading.comments[0].standing == Standing::kWaiting);
  CHECK(reading.comments[0].comment.content == "say \"hi\"");
  CHECK(reading.comments[0].source_id == "wordpress:4");
  CHECK(reading.comments[1].standing == Standing::kSkipped);
}

TEST_CASE("a file without the columns, and a line without its fields, are named") {
  CHECK(read("wordpress-csv", "comment_ID,comment_author\n1,Ann\n").failure.find("file:1: ") == 0);
  const std::string header = "comment_ID,comment_content,comment_approved\n";
  const Reading reading = read("wordpress-csv", header + "1,a,1\n2,b\n");
  CHECK(reading.comments.size() == 1);
  CHECK(reading.failure == "file:3: has 2 fields instead of 3");
}

}  // namespace
}  // namespace winnow
