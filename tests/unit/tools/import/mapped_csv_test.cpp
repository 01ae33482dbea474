#include "tools/import/mapped_csv.h"

#include "tests/unit/tools/import/reading.h"

namespace winnow {
namespace {

using test::read;
using test::Reading;

ImportOptions options_of(const std::string& columns) {
  const auto parsed = parse_columns(columns);
  REQUIRE(parsed);
  ImportOptions options;
  options.map.columns = *parsed;
  options.map.spam_values = {"junk", "spam"};
  options.map.ham_values = {"approved"};
  return options;
}

TEST_CASE("columns are taken where the map says") {
  const Reading reading =
      read("csv",
           "nr,status,body,name,when\n"
           "1,approved,hello,Ann,2012-06-11 12:00:00\n2,junk,buy,,\n3,,x,,\n4,pending,y,,\n",
           options_of("content=body,author=name,label=status,id=nr,date=when"));
  CHECK(reading.failure.empty());
  REQUIRE(reading.comments.size() == 4);
  CHECK(reading.comments[0].standing == Standing::kHam);
  CHECK(reading.comments[0].comment.content == "hello");
  CHECK(reading.comments[0].comment.author == "Ann");
  CHECK(reading.comments[0].comment.date_gmt == "2012-06-11T12:00:00Z");
  CHECK(reading.comments[0].at == 1339416000000);
  CHECK(reading.comments[0].source_id == "id:1");
  CHECK(reading.comments[1].standing == Standing::kSpam);
  CHECK_FALSE(reading.comments[1].at.has_value());
  CHECK(reading.comments[2].standing == Standing::kWaiting);
  CHECK(reading.comments[3].standing == Standing::kSkipped);
}

TEST_CASE("numbers name columns of a file without header; without a map, names that fit are taken") {
  const Reading numbered = read("csv", "spam;buy\napproved;hello\n", options_of("label=1,content=2"));
  REQUIRE(numbered.comments.size() == 2);
  CHECK(numbered.comments[0].comment.content == "buy");
  const Reading named = read("csv", "label,content,author,else\nham,hello,Ann,x\n");
  REQUIRE(named.comments.size() == 1);
  CHECK(named.comments[0].standing == Standing::kHam);
  CHECK(named.comments[0].comment.author == "Ann");
  CHECK(named.comments[0].source_id.empty());
}

TEST_CASE("wrong maps are refused, with what is wrong") {
  for (const char* text : {"", "content", "content=", "=x", "no_field=x", "content=a,content=b"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_columns(text));
  }
  CHECK(read("csv", "a,b\n", options_of("content=body,label=a")).failure ==
        "file:1: there is no column \"body\"");
  CHECK(read("csv", "a,b\n", options_of("content=a"))
            .failure.find("file:1: no column is named for the label") == 0);
  CHECK(read("csv", "a,b\nx,y,z\n", options_of("content=a,label=b")).failure ==
        "file:2: has 3 fields instead of 2");
}

}  // namespace
}  // namespace winnow
