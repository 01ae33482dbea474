// winnow backup, restore and doctor, as an operator runs them.
#include <doctest/doctest.h>

#include <thread>

#include "classifier/json.h"
#include "tests/api/cli_run.h"
#include "tests/api/http_client.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {
namespace {

std::string check(const Winnowd& winnowd, const std::string& key, const std::string& content) {
  return post_form(winnowd.port(), "/1.1/comment-check",
                   "api_key=" + key + "&blog=blog.example&user_ip&comment_content=" + content)
      .header("X-akismet-guid");
}

bool knows(const Winnowd& winnowd, const std::string& token, const std::string& id) {
  return ask(winnowd.port(), "GET", "/api/v1/verdicts/" + id, {{"Authorization", "Bearer " + token}})
             .status == 200;
}

TEST_CASE("a backup of a winnowd that serves, restored, serves as it did") {
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const std::string token = home.create_key("blog.example", "api");
  const std::string backup = (home.data().parent_path() / "backup").string();
  std::string before, after;
  {
    const Winnowd winnowd(home);
    before = check(winnowd, key, "cheap");
    CHECK(run(home, "backup '" + backup + "'").code == 0);
    after = check(winnowd, key, "cheap+again");
    const CliEnded refused = run(home, "restore '" + backup + "' --replace");
    CHECK(refused.code == 1);
    CHECK(refused.out.find("stop winnowd first") != std::string::npos);
  }
  CHECK(run(home, "restore '" + backup + "' --check").code == 0);
  CHECK(run(home, "restore '" + backup + "'").out.find("--replace") != std::string::npos);
  CHECK(run(home, "restore '" + backup + "' --replace").code == 0);
  const Winnowd winnowd(home);
  CHECK(knows(winnowd, token, before));
  CHECK_FALSE(knows(winnowd, token, after));
  CHECK_FALSE(check(winnowd, key, "cheap").empty());
}

TEST_CASE("doctor says what is wrong and what to do, and ends accordingly") {
  const Installation home;
  home.create_key("blog.example");
  const CliEnded good = run(home, "doctor --thorough");
  CHECK(good.code == 0);
  CHECK(good.out.find("database: form") != std::string::npos);
  const Result<Json> json = parse_json(home.winnow({"doctor", "--json"}));
  REQUIRE(json);
  for (const Json& finding : *json) CHECK(finding.at("state") != "bad");

  write_file(home.model() / "text.model", "other");
  const std::string database = read_text(home.data() / "winnow.db");
  write_file(home.data() / "winnow.db", database.substr(0, 4096) + std::string(database.size() - 4096, 'x'));
  const CliEnded bad = run(home, "doctor");
  CHECK(bad.code == 1);
  CHECK(bad.out.find("BAD: database") != std::string::npos);
  CHECK(bad.out.find("winnow restore") != std::string::npos);
  CHECK(bad.out.find("BAD: model") != std::string::npos);
}

}  // namespace
}  // namespace winnow::api_test
