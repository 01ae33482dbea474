// Keys on the command line and over the wire: what they may do, from where, until when, how often.
#include <signal.h>

#include "tests/api/cli_run.h"
#include "tests/api/http_client.h"

namespace winnow::api_test {
namespace {

Json keys_of(const Home& home) {
  return *parse_json(home.winnow("key list --json").out);
}

Response check(int port, const std::string& key, Headers headers = {}) {
  headers.emplace_back("Authorization", "Bearer " + key);
  return ask(port, "POST", "/api/v1/check", headers, R"({"content":"hello","blog":"a.example"})");
}

TEST_CASE("a key gets the scopes that are named, and is of the kind that may have them") {
  const Home home;
  struct {
    const char* words;
    const char* kind;
    Json scopes;
  } const cases[] = {
      {"", "akismet", {"check", "feedback"}},
      {"--scope check", "akismet", Json::array({"check"})},
      {"--scope feedback,check", "akismet", {"check", "feedback"}},
      {"--kind api --scope feedback", "api", Json::array({"feedback"})},
      {"--scope check,admin", "api", {"check", "admin"}},
      {"--curator", "api", {"check", "feedback", "curator", "admin"}},
  };
  for (const auto& [words, kind, scopes] : cases) {
    CAPTURE(words);
    const Json made = json_of(home.winnow(std::string("key create --site '*' --json ") + words));
    CHECK(made.at("kind") == kind);
    CHECK(made.at("scopes") == scopes);
    CHECK(keys_of(home).back().at("scopes") == scopes);
  }
  for (const char* words : {"--kind akismet --curator", "--kind akismet --scope admin", "--scope reign",
                            "--curator --scope check", "--key 0123456789ab --curator", "--network here",
                            "--network 203.0.113.7/24", "--expires soon"}) {
    CAPTURE(words);
    CHECK(home.winnow(std::string("key create --site '*' ") + words).code == 2);
  }
  CHECK(home.winnow("key create --site '*' --expires 2001-01-01").code == 1);
  CHECK(home.winnow("key create --site '*' --kind api --scope curator").code == 1);
  CHECK(keys_of(home).size() == std::size(cases));
}

TEST_CASE("scopes, networks and expiry are shown and changed; a running winnowd knows at once") {
  const Home home;
  const std::string key =
      json_of(home.winnow("key create --site a.example --network 203.0.113.0/24 --network ::1 "
                          "--expires 2100-01-01 --json"))["key"];
  const CliEnded list = home.winnow("key list");
  CHECK(list.out.find("check, feedback") != std::string::npos);
  CHECK(list.out.find("good until 2100-01-01 00:00 UTC, from 203.0.113.0/24, ::1") != std::string::npos);
  CHECK(list.out.find("never") != std::string::npos);
  const Winnowd winnowd(home.installation);
  CHECK(check(winnowd.port(), key).status == 401);
  CHECK(home.winnow("key change 1 --any-network --never-expires").out == "changed key 1\n");
  CHECK(check(winnowd.port(), key).status == 200);
  const Json changed = json_of(home.winnow("key change 1 --scope feedback --network 127.0.0.1 --json"));
  CHECK(changed.at("scopes") == Json::array({"feedback"}));
  CHECK(changed.at("networks") == Json::array({"127.0.0.1"}));
  CHECK(changed.at("expires").is_null());
  CHECK(check(winnowd.port(), key).status == 403);
  const Response refused = post_form(winnowd.port(), "/1.1/comment-check",
                                     "api_key=" + key + "&blog=a.example&user_ip=::1&comment_content=hello");
  CHECK(refused.body == "invalid");
  CHECK(refused.header("X-akismet-alert-code") == "10403");
  CHECK(refused.header("X-akismet-guid").size() == 32);
  CHECK(home.winnow("key change 1 --network ::1 --any-network").code == 2);
  CHECK(home.winnow("key change 1").code == 2);
  CHECK(home.winnow("key change 1 --scope admin").code == 1);
  CHECK(home.winnow("key change 9 --scope check").code == 1);
}

TEST_CASE("when a key was used last is known after winnowd has ended") {
  const Home home;
  const std::string key = json_of(home.winnow("key create --site a.example --json"))["key"];
  CHECK(keys_of(home).at(0).at("last_used").is_null());
  Winnowd winnowd(home.installation);
  CHECK(check(winnowd.port(), key).status == 200);
  winnowd.signal(SIGTERM);
  CHECK(winnowd.wait() == 0);
  CHECK(keys_of(home).at(0).at("last_used").is_string());
}

TEST_CASE("clients and keys are limited by the settings; who is behind a proxy by their own address") {
  const Home home;
  const std::string key = json_of(home.winnow("key create --site a.example --json"))["key"];
  const Winnowd winnowd(home.installation, {"--trusted-proxies", "127.0.0.1", "--rate-per-key", "1",
                                            "--unknown-keys-per-client", "2"});
  const auto from = [&](const char* client, const std::string& with) {
    return check(winnowd.port(), with, {{"X-Forwarded-For", client}});
  };
  CHECK(from("203.0.113.7", "0123456789a0").status == 401);
  CHECK(from("203.0.113.7", "0123456789a1").status == 401);
  CHECK(from("203.0.113.7", "0123456789a2").status == 429);
  CHECK(from("203.0.113.7", key).status == 429);
  CHECK(from("198.51.100.1", key).status == 200);
  Response refused;
  for (int i = 0; i < 100 && refused.status != 429; ++i) refused = from("198.51.100.1", key);
  CHECK(refused.status == 429);
  CHECK(refused.header("Retry-After") == "1");
  // From this machine itself it goes on.
  for (int i = 0; i < 20; ++i) CHECK(check(winnowd.port(), key).status == 200);
  CHECK(ask(winnowd.port(), "GET", "/healthz").status == 200);
}

TEST_CASE("what the command line does to sites and keys is in the log of the desk") {
  const Home home;
  const std::string token = json_of(home.winnow("key create --site '*' --curator --json"))["key"];
  for (const char* words :
       {"site add a.example", "site mode a.example log-only", "site thresholds a.example --spam 0.9",
        "site thresholds a.example", "key create --site b.example", "key change 2 --scope check",
        "key suspend 2", "key resume 2", "key revoke 2"})
    CHECK(home.winnow(words).code == 0);
  CHECK(home.winnow("key revoke 9").code == 1);
  const Winnowd winnowd(home.installation);
  const Response log =
      ask(winnowd.port(), "GET", "/api/v1/admin/log", {{"Authorization", "Bearer " + token}});
  REQUIRE(log.status == 200);
  std::string acts;
  const Json entries = parse_json(log.body)->at("entries");
  for (const Json& entry : entries) {
    CHECK(entry.at("by") == "command line");
    acts += entry.at("act").get<std::string>() + " ";
  }
  CHECK(acts ==
        "key.revoke key.resume key.suspend key.change key.create site.add site.change site.change site.add "
        "key.create ");
  CHECK(log.body.find(token) == std::string::npos);
}

}  // namespace
}  // namespace winnow::api_test
