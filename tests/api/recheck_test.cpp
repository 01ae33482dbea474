// winnow recheck: verdicts judged anew.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "classifier/json.h"
#include "tests/api/cli_run.h"
#include "tests/api/http_client.h"

namespace winnow::api_test {
namespace {

// Has winnowd judge these, in this order.
void check(const Installation& installation, const std::vector<std::string>& contents) {
  const std::string key = installation.create_key("blog.example", "api");
  const Winnowd winnowd(installation);
  for (const std::string& content : contents)
    REQUIRE(ask(winnowd.port(), "POST", "/api/v1/check",
                {{"Authorization", "Bearer " + key}, {"Content-Type", "application/json"}},
                to_text({{"content", content}}))
                .status == 200);
}

TEST_CASE("recheck shows what would change, and stores it when told to") {
  const Home home;
  check(home.installation, {"plain talk", "a cheap offer", "brand new watches", "blatant"});
  const CliEnded same = home.winnow("recheck");
  CHECK(same.code == 0);
  CHECK(same.out.find("0 of 4 change\n") != std::string::npos);

  write_file(
      home.installation.rules() / "watches.toml",
      "[[rule]]\nid = \"local.watches\"\nsentence = \"says watches\"\npoints = 8\nfield = \"content\"\n"
      "pattern = 'watches'\n");
  const CliEnded shown = home.winnow("recheck");
  CHECK(shown.out.find("WAS      NOW HAM  UNSURE  SPAM  DISCARD\n"
                       "ham      1        0       1     0\n"
                       "unsure   0        0       0     0\n"
                       "spam     0        0       1     0\n"
                       "discard  0        0       0     1\n"
                       "\n1 of 4 change:\n") == 0);
  CHECK(shown.out.find("nothing was stored") != std::string::npos);
  CHECK(json_of(home.winnow("recheck --json --limit 2"))["judged"] == 2);
  CHECK(json_of(home.winnow("recheck --json --outcome spam"))["judged"] == 1);
  CHECK(json_of(home.winnow("recheck --json --since 2999-01-01"))["judged"] == 0);
  CHECK(json_of(home.winnow("recheck --json --site blog.example --since 2020-01-01"))["judged"] == 4);

  const Json applied = json_of(home.winnow("recheck --json --apply"));
  CHECK(applied["stored"] == 1);
  CHECK(applied["changes"].size() == 1);
  CHECK(applied["changes"][0]["was"] == "ham");
  CHECK(applied["changes"][0]["now"] == "spam");
  CHECK(applied["table"]["ham"]["spam"] == 1);
  const Json after = json_of(home.winnow("recheck --json --apply"));
  CHECK(after["judged"] == 4);  // the verdict that was replaced is not judged again
  CHECK(after["changed"] == 0);
  CHECK(after["stored"] == 0);
}

TEST_CASE("recheck knows what reports taught since") {
  const Home home;
  check(home.installation, {"the garden shed needs a new coat of paint before the winter comes"});
  home.winnow(
      "import --site blog.example " +
      home.file("rows.jsonl",
                "{\"label\":\"spam\",\"content\":\"the garden shed needs a new coat of paint before the "
                "winter comes\"}\n"));
  const Json counts = json_of(home.winnow("recheck --json"));
  CHECK(counts["changed"] == 1);
  CHECK(counts["changes"][0]["was"] == "ham");
}

TEST_CASE("recheck --data says what comments would get that were never judged") {
  const Home home;
  const std::string words = "recheck --data " + home.file("rows.jsonl",
                                                          "{\"id\":\"a\",\"content\":\"cheap\"}\n"
                                                          "{\"content\":\"plain talk\"}\n");
  const CliEnded ended = home.winnow(words);
  CHECK(ended.code == 0);
  CHECK(ended.out.find("spam     0.9") == 0);
  CHECK(ended.out.find("  a  local.cheap: says cheap\n") != std::string::npos);
  CHECK(ended.out.find("\nham      ") != std::string::npos);
  CHECK(ended.out.find("  #2  ") != std::string::npos);
  CHECK(ended.out.find("OUTCOME  COMMENTS\nham      1\nunsure   0\nspam     1\ndiscard  0\n") !=
        std::string::npos);
  const std::vector<Json> rows = rows_of(home.winnow(words + " --json --limit 1").out);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0]["id"] == "a");
  CHECK(rows[0]["outcome"] == "spam");
  CHECK(home.winnow(words + " --apply").code == 2);
}

}  // namespace
}  // namespace winnow::api_test
