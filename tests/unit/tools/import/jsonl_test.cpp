#include "tests/unit/tools/import/reading.h"

namespace winnow {
namespace {

using test::read;
using test::Reading;

TEST_CASE("rows of seed files and of exports are read") {
  const Reading reading = read("jsonl",
                               "{\"id\":\"seed-1\",\"label\":\"spam\",\"content\":\"buy\",\"author\":\"Ann\","
                               "\"date\":\"2012-06-11\"}\n\n"
                               "{\"content\":\"not yet\"}\r\n"
                               "{\"id\":\"00000000000000000000000000000abc\",\"source\":\"blog.example\","
                               "\"label\":\"ham\",\"content\":"
                               "\"hello\",\"provenance\":{\"at\":\"2012-06-11T12:00:00Z\"}}");
  CHECK(reading.failure.empty());
  REQUIRE(reading.comments.size() == 3);
  CHECK(reading.comments[0].standing == Standing::kSpam);
  CHECK(reading.comments[0].source_id == "id:seed-1");
  CHECK(reading.comments[0].comment.author == "Ann");
  CHECK(reading.comments[0].at == 1339372800000);
  CHECK(reading.comments[0].report_id.empty());
  CHECK(reading.comments[1].standing == Standing::kWaiting);
  CHECK(reading.comments[2].standing == Standing::kHam);
  CHECK(reading.comments[2].report_id == "00000000000000000000000000000abc");
  CHECK(reading.comments[2].report_site == "blog.example");
  CHECK(reading.comments[2].at == 1339416000000);
}

TEST_CASE("an exported row whose label was changed by hand is no longer the report that it was") {
  const std::string row =
      "{\"id\":\"00000000000000000000000000000abc\",\"source\":\"blog.example\",\"label\":\"ham\","
      "\"content\":\"x\","
      "\"provenance\":{\"label\":\"";
  CHECK(read("jsonl", row + "ham\"}}").comments.at(0).report_id == "00000000000000000000000000000abc");
  const Reading changed = read("jsonl", row + "spam\"}}");
  CHECK(changed.comments.at(0).report_id.empty());
  CHECK(changed.comments.at(0).source_id == "id:00000000000000000000000000000abc");
}

TEST_CASE("a bad row is named with its line; what stood before was read") {
  for (const char* line : {"{\"label\":\"junk\",\"content\":\"x\"}", "{\"label\":\"ham\",\"content\":1}",
                           "[1]", "{", "{\"label\":7,\"content\":\"x\"}"}) {
    CAPTURE(line);
    const Reading reading =
        read("jsonl", "{\"label\":\"ham\",\"content\":\"x\"}\n" + std::string(line) + "\n");
    CHECK(reading.comments.size() == 1);
    CHECK(reading.failure.find("file:2: ") == 0);
  }
}

TEST_CASE("a line over a megabyte is skipped") {
  const Reading reading = read("jsonl", "{\"label\":\"ham\",\"content\":\"" + std::string(2 << 20, 'x') +
                                            "\"}\n{\"label\":\"ham\",\"content\":\"y\"}\n");
  CHECK(reading.failure.empty());
  REQUIRE(reading.comments.size() == 2);
  CHECK(reading.comments[0].why == kTooLong);
  CHECK(reading.comments[1].comment.content == "y");
}

}  // namespace
}  // namespace winnow
