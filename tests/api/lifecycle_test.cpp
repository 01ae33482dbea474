// Starting, stopping, reloading.
#include <doctest/doctest.h>
#include <signal.h>

#include "classifier/json.h"
#include "tests/api/http_client.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {
namespace {

TEST_CASE("winnowd says where it listens, and ends with 0 on SIGTERM and SIGINT") {
  const Installation home;
  for (const int signal : {SIGTERM, SIGINT}) {
    Winnowd winnowd(home);
    CHECK(winnowd.first_line() ==
          "winnowd is listening on http://127.0.0.1:" + std::to_string(winnowd.port()));
    CHECK(ask(winnowd.port(), "GET", "/healthz").status == 200);
    winnowd.signal(signal);
    CHECK(winnowd.wait() == 0);
  }
}

TEST_CASE("verdicts and keys outlive a restart") {
  const Installation home;
  const std::string key = home.create_key("blog.example", "api");
  const Headers bearer = {{"Authorization", "Bearer " + key}};
  std::string id;
  {
    const Winnowd winnowd(home);
    id = parse_json(
             ask(winnowd.port(), "POST", "/api/v1/check", bearer, R"({"content":"a cheap offer"})").body)
             ->at("id");
  }
  const Winnowd winnowd(home);
  const Response response = ask(winnowd.port(), "GET", "/api/v1/verdicts/" + id, bearer);
  CHECK(response.status == 200);
  CHECK(parse_json(response.body)->at("comment").at("content") == "a cheap offer");
}

TEST_CASE("a request in flight is answered and kept when SIGTERM comes") {
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const std::string token = home.create_key("blog.example", "api");
  const std::string body = "api_key=" + key + "&blog=blog.example&user_ip&comment_content=cheap";
  std::string guid;
  {
    Winnowd winnowd(home);
    Client idle(winnowd.port());
    idle.send(request("GET", "/healthz"));
    CHECK(idle.read().status == 200);
    Client client(winnowd.port());
    const std::string text = request("POST", "/1.1/comment-check", {}, body);
    client.send(text.substr(0, text.size() - 10));
    CHECK(ask(winnowd.port(), "GET", "/healthz").status == 200);  // the half request has been accepted by now
    winnowd.signal(SIGTERM);
    CHECK(winnowd.wait_for_log("stopping"));
    CHECK(idle.is_closed());
    client.send(text.substr(text.size() - 10));
    const Response response = client.read();
    CHECK(response.body == "true");
    CHECK(response.header("Connection") == "close");
    guid = response.header("X-akismet-guid");
    CHECK(winnowd.wait() == 0);
  }
  const Winnowd again(home);
  CHECK(ask(again.port(), "GET", "/api/v1/verdicts/" + guid, {{"Authorization", "Bearer " + token}}).status ==
        200);
}

TEST_CASE("SIGHUP takes new rules, and refuses a bad file while the old ones go on") {
  const Installation home;
  const std::string body =
      "api_key=" + home.create_key("blog.example") + "&blog=blog.example&user_ip&comment_content=";
  const Winnowd winnowd(home);
  const auto check = [&](const std::string& content) {
    return post_form(winnowd.port(), "/1.1/comment-check", body + content).body;
  };
  CHECK(check("windmill") == "false");
  write_file(home.rules() / "more.toml",
             "[[rule]]\nid = \"local.mill\"\nsentence = \"says windmill\"\npoints = 9\nfield = \"content\"\n"
             "pattern = 'windmill'\n");
  winnowd.signal(SIGHUP);
  CHECK(winnowd.wait_for_log("reloaded"));
  CHECK(check("windmill") == "true");

  write_file(home.rules() / "worse.toml", "[[rule]]\nid = \"local.worse\"\npattern = '('\n");
  winnowd.signal(SIGHUP);
  CHECK(winnowd.wait_for_log("worse.toml:"));
  CHECK(winnowd.is_running());
  CHECK(check("windmill") == "true");
  CHECK(check("cheap") == "true");
}

TEST_CASE("a damaged model is refused by name on SIGHUP, and at the start where there is no other") {
  const Installation home;
  {
    const Winnowd winnowd(home);
    write_file(home.model() / "text.model", read_text(home.model() / "text.model") + "x");
    winnowd.signal(SIGHUP);
    CHECK(winnowd.wait_for_log("text.model"));
    CHECK(ask(winnowd.port(), "GET", "/readyz").status == 200);
  }
  const Ended ended = run_winnowd(home, {});
  CHECK(ended.exit_code == 1);
  CHECK(ended.output.find("text.model") != std::string::npos);
  CHECK(ended.output.find("listening") == std::string::npos);
}

TEST_CASE("what cannot work ends with its reason") {
  const Installation home;
  const Winnowd winnowd(home);
  const std::string taken = "127.0.0.1:" + std::to_string(winnowd.port());
  struct {
    std::vector<std::string> flags;
    int exit_code;
    std::string reason;
  } const cases[] = {
      {{"--listen", taken}, 1, taken},
      {{"--model", "/nowhere"}, 1, "/nowhere"},
      {{"--rules", "/nowhere"}, 1, "/nowhere"},
      {{"--threads", "0"}, 2, "--threads"},
      {{"--no-such-flag", "1"}, 2, "--no-such-flag"},
      {{"--threads"}, 2, "--threads"},
      {{"--config", "/nowhere.toml"}, 2, "/nowhere.toml"},
  };
  for (const auto& [flags, exit_code, reason] : cases) {
    CAPTURE(flags[0]);
    const Ended ended = run_winnowd(home, flags);
    CHECK(ended.exit_code == exit_code);
    CHECK(ended.output.find(reason) != std::string::npos);
  }
  CHECK(run_winnowd(home, {"--help"}).exit_code == 0);
  CHECK(run_winnowd(home, {"--version"}).output.starts_with("winnowd "));
}

TEST_CASE("the log has one line a request, and nothing of the comment") {
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const Winnowd winnowd(home, {"--log-format=json"});
  const Response response =
      post_form(winnowd.port(), "/1.1/comment-check",
                "api_key=" + key +
                    "&blog=blog.example&user_ip=203.0.113.7&comment_author=Annabel&comment_content=cheap+"
                    "windmills&comment_author_email=ann%40mail.example");
  ask(winnowd.port(), "GET", "/1.1/" + key + "?x=secret");
  CHECK(winnowd.wait_for_log("\"404\""));
  const std::string log = winnowd.log();
  std::vector<Json> requests;
  for (std::size_t begin = 0, end; (end = log.find('\n', begin)) != std::string::npos; begin = end + 1) {
    const Result<Json> line = parse_json(log.substr(begin, end - begin));
    REQUIRE(line.ok());
    if ((*line)["message"] == "request") requests.push_back(*line);
  }
  REQUIRE(requests.size() == 2);
  CHECK(requests[0]["id"] == response.header("X-akismet-guid"));
  CHECK(requests[0]["site"] == "blog.example");
  CHECK(requests[0]["route"] == "/1.1/comment-check");
  CHECK(requests[0]["status"] == "200");
  CHECK(requests[0]["outcome"] == "spam");
  CHECK(requests[0]["score"] == response.header("X-winnow-score"));
  CHECK(requests[0]["reasons"] == response.header("X-winnow-reasons"));
  CHECK(requests[0].contains("ms"));
  CHECK(requests[1]["route"] == "-");
  for (const std::string& secret :
       {key, std::string("windmills"), std::string("Annabel"), std::string("mail.example"),
        std::string("203.0.113.7"), std::string("secret")})
    CHECK(log.find(secret) == std::string::npos);
}

}  // namespace
}  // namespace winnow::api_test
