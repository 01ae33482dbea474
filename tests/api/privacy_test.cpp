// What winnow keeps of people: in the files of a running winnowd, exported and erased by API and command
// line.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>

#include "tests/api/cli_run.h"
#include "tests/api/http_client.h"
#include "tests/unit/service/store/sqlite/files.h"

namespace winnow::api_test {
namespace {

Json json_of(const std::string& text) {
  CAPTURE(text);
  const Result<Json> json = parse_json(text);
  REQUIRE(json.ok());
  return *json;
}

struct Home {
  Home()
      : key(home.create_key("blog.example", "api")),
        owner(json_of(
            home.winnow({"key", "create", "--site", "*", "--kind", "api", "--curator", "--json"}))["key"]) {}

  Json ask_for(const Winnowd& winnowd, const std::string& as, const std::string& path, const Json& body,
               int status = 200) {
    const Response response = ask(winnowd.port(), body.is_null() ? "GET" : "POST", path,
                                  {{"Authorization", "Bearer " + as}, {"Content-Type", "application/json"}},
                                  body.is_null() ? "" : to_text(body));
    CAPTURE(response.body);
    CHECK(response.status == status);
    return json_of(response.body);
  }
  Json check(const Winnowd& winnowd, const std::string& name, const Json& more = Json::object()) {
    Json comment = {{"blog", "http://blog.example"},
                    {"author", name + " Quyxling"},
                    {"author_email", name + ".zorbleqwist@example.org"},
                    {"user_ip", "203.0.113.77"},
                    {"content", "all about the xylocarp of " + name + " and her long journey there"}};
    comment.update(more);
    return ask_for(winnowd, key, "/api/v1/check", comment);
  }

  Installation home;
  std::string key, owner;
};

TEST_CASE("no clear address is in any file of a running winnowd, its log included") {
  Home home;
  const Winnowd winnowd(home.home);
  const Json checked = home.check(winnowd, "anna");
  home.ask_for(winnowd, home.key, "/api/v1/feedback", {{"id", checked["id"]}, {"label", "spam"}}, 201);
  const Json rows = home.ask_for(winnowd, home.owner,
                                 "/api/v1/admin/verdicts?q=email:anna.zorbleqwist%40example.org", nullptr);
  REQUIRE(rows["verdicts"].size() == 1);
  CHECK(rows["verdicts"][0]["author_email"].get<std::string>().starts_with("~e1:"));
  CHECK(rows["verdicts"][0]["text_deleted_at"].is_null());
  for (const char* word : {"zorbleqwist", "203.0.113.77"})
    CHECK(test::files_with(home.home.data().parent_path(), word) == "");
  CHECK(test::files_with(home.home.data(), "xylocarp") != "");
}

TEST_CASE("what is not to be stored is answered and in no file") {
  Home home;
  const Winnowd winnowd(home.home);
  const Json checked = home.check(winnowd, "anna", {{"store", false}});
  CHECK(checked["stored"] == false);
  CHECK(checked["outcome"] == "ham");
  home.ask_for(winnowd, home.key, "/api/v1/verdicts/" + checked["id"].get<std::string>(), nullptr, 404);
  const std::string akismet = home.home.create_key("blog.example");
  const Response response =
      post_form(winnowd.port(), "/1.1/comment-check",
                "api_key=" + akismet + "&blog=http://blog.example&user_ip=203.0.113.77&store=false" +
                    "&comment_content=all+about+the+xylocarp");
  CHECK(response.body == "false");
  CHECK(response.header("X-winnow-stored") == "false");
  CHECK(response.header("X-akismet-guid").size() == 32);
  CHECK(test::files_with(home.home.data(), "xylocarp") == "");
  home.ask_for(winnowd, home.key, "/api/v1/check", {{"content", "x"}, {"store", "no"}}, 400);
}

TEST_CASE("a person is exported and erased by the API, and is gone from the files of the running process") {
  Home home;
  const Winnowd winnowd(home.home);
  const std::string id = home.check(winnowd, "anna")["id"];
  const std::string other = home.check(winnowd, "bert", {{"user_ip", "203.0.113.78"}})["id"];
  home.ask_for(winnowd, home.key, "/api/v1/feedback", {{"id", id}, {"label", "spam"}}, 201);
  const Json person = {{"email", "Anna.Zorbleqwist@example.org"}};
  CHECK(home.ask_for(winnowd, home.owner, "/api/v1/admin/privacy/find", person) ==
        Json{{"verdicts", 1}, {"reports", 1}});
  const Json exported = home.ask_for(winnowd, home.owner, "/api/v1/admin/privacy/export", person)["entries"];
  REQUIRE(exported.size() == 2);
  CHECK(exported[0]["id"] == id);
  CHECK(exported[1]["kind"] == "report");
  home.ask_for(winnowd, home.owner, "/api/v1/admin/privacy/erase", Json::object(), 400);
  home.ask_for(winnowd, home.owner, "/api/v1/admin/privacy/erase", {{"email", "a@b.example"}, {"site", 99}},
               404);
  home.ask_for(winnowd, home.key, "/api/v1/admin/privacy/erase", person, 403);
  CHECK(home.ask_for(winnowd, home.owner, "/api/v1/admin/privacy/erase", person) ==
        Json{{"verdicts", 1}, {"reports", 1}});
  home.ask_for(winnowd, home.key, "/api/v1/verdicts/" + id, nullptr, 404);
  home.ask_for(winnowd, home.key, "/api/v1/verdicts/" + other, nullptr);
  // The files are scrubbed within a second or two; the cleanup log says when.
  std::string what;
  for (int tries = 0; tries < 100 && what != "scrub"; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    what = home.ask_for(winnowd, home.owner, "/api/v1/admin/privacy/log", nullptr)["entries"][0]["what"];
  }
  CHECK(what == "scrub");
  CHECK(test::files_with(home.home.data(), "anna") == "");
  CHECK(test::files_with(home.home.data(), "bert") != "");
  const Json log = home.ask_for(winnowd, home.owner, "/api/v1/admin/log?only=deletions", nullptr)["entries"];
  REQUIRE(log.size() == 1);
  CHECK(log[0]["act"] == "privacy.delete");
  CHECK(log[0]["what"] == Json{{"verdicts", 1}, {"reports", 1}});
}

TEST_CASE("the command line exports and erases, while winnowd runs, which forgets") {
  Home home;
  const Winnowd winnowd(home.home);
  const std::string id = home.check(winnowd, "anna")["id"];
  home.ask_for(winnowd, home.key, "/api/v1/feedback", {{"id", id}, {"label", "spam"}}, 201);
  CHECK(home.check(winnowd, "anna")["outcome"] != "ham");
  const std::string exported = home.home.winnow({"privacy", "export", "--author", "anna quyxling"});
  CHECK(std::count(exported.begin(), exported.end(), '\n') >= 3);
  const CliEnded counted = run(home.home, "privacy erase --ip 203.0.113.77 --json");
  CHECK(json_of(counted.out) == Json{{"verdicts", 2}, {"reports", 1}, {"erased", false}});
  CHECK(run(home.home, "privacy erase").code == 2);
  CHECK(run(home.home, "privacy erase --ip 203.0.113.77 --author x").code == 2);
  const CliEnded erased = run(home.home, "privacy erase --ip 203.0.113.77 --yes --json");
  CHECK(json_of(erased.out) == Json{{"verdicts", 2}, {"reports", 1}, {"erased", true}});
  CHECK(test::files_with(home.home.data(), "xylocarp") == "");
  // The process sees it within half a second.
  std::string outcome;
  for (int tries = 0; tries < 50 && outcome != "ham"; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    outcome = home.check(winnowd, "anna")["outcome"];
  }
  CHECK(outcome == "ham");
  const Json log = json_of(run(home.home, "privacy log --json").out);
  CHECK(log[0]["what"] == "scrub");
  CHECK(log[1]["what"] == "erase");
  CHECK(log[1]["reports"] == 1);
}

TEST_CASE("a new epoch is begun by command while winnowd runs, and not where there are no pseudonyms") {
  Home home;
  const Winnowd winnowd(home.home);
  home.check(winnowd, "anna");
  CHECK(run(home.home, "privacy rotate").out.starts_with("epoch 2 has begun"));
  std::string email;
  for (int tries = 0; tries < 50 && !email.starts_with("~e2:"); ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const std::string id = home.check(winnowd, "anna")["id"];
    email = home.ask_for(winnowd, home.key, "/api/v1/verdicts/" + id, nullptr)["comment"]["author_email"];
  }
  CHECK(email.starts_with("~e2:"));
  const CliEnded refused = run_shell("WINNOW_PERSONAL_DATA=clear " + cli_settings(home.home) + WINNOW_CLI +
                                     " privacy rotate 2>&1");
  CHECK(refused.code == 1);
  CHECK(refused.out.find("personal_data is clear") != std::string::npos);
}

}  // namespace
}  // namespace winnow::api_test
