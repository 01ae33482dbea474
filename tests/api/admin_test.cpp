// The admin pages and their API, as a browser meets them.
#include <doctest/doctest.h>

#include "tests/api/cli_run.h"
#include "tests/api/http_client.h"

namespace winnow::api_test {
namespace {

constexpr const char* kPassword = "correct horse";

struct Browser {
  int port = 0;
  std::string cookie = {};
  std::string csrf = {};

  Response call(std::string_view method, std::string_view path, const Json& body = {}) const {
    Headers headers = {{"Origin", "http://127.0.0.1:" + std::to_string(port)},
                       {"Host", "127.0.0.1:" + std::to_string(port)}};
    if (!cookie.empty()) headers.emplace_back("Cookie", cookie);
    if (!csrf.empty()) headers.emplace_back("X-CSRF-Token", csrf);
    const bool has_body = method == "POST" || method == "PUT";
    return ask(port, method, "/api/v1/admin" + std::string(path), headers, has_body ? to_text(body) : "");
  }
  // Keeps the session that `response` began.
  void take(const Response& response) {
    cookie = response.header("Set-Cookie").substr(0, response.header("Set-Cookie").find(';'));
    csrf = parse_json(response.body)->at("csrf");
  }
  void sign_in(const std::string& name) {
    const Response response = call("POST", "/session", {{"name", name}, {"password", kPassword}});
    REQUIRE(response.status == 200);
    take(response);
  }
};

void add_person(const Home& home, const std::string& words) {
  CHECK(home.winnow("person add " + words + " < " + home.file("password", std::string(kPassword) + "\n"))
            .code == 0);
}

std::string set_up_code(const Home& home) {
  const std::string link = home.winnow("person setup").out;
  const std::size_t at = link.find("/admin#setup=");
  REQUIRE(at != std::string::npos);
  return link.substr(at + 13, 24);
}

TEST_CASE("winnow is set up, used and left in a browser") {
  const Home home;
  Winnowd winnowd(home.installation);
  Browser browser{winnowd.port()};
  CHECK(parse_json(browser.call("GET", "/setup").body)->at("needed") == true);
  const std::string code = set_up_code(home);
  const Response made =
      browser.call("POST", "/setup", {{"code", code}, {"name", "Ann"}, {"password", kPassword}});
  REQUIRE(made.status == 201);
  CHECK(made.header("Cache-Control") == "no-store");
  for (const char* flag : {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="})
    CHECK(made.header("Set-Cookie").find(flag) != std::string::npos);
  CHECK(made.header("Set-Cookie").find("Secure") == std::string::npos);
  browser.take(made);
  CHECK(parse_json(browser.call("GET", "/setup").body)->at("needed") == false);

  const Response key = browser.call("POST", "/keys", {{"sites", nullptr}, {"kind", "api"}});
  REQUIRE(key.status == 201);
  const Headers bearer = {{"Authorization", "Bearer " + parse_json(key.body)->at("key").get<std::string>()}};
  CHECK(
      ask(winnowd.port(), "POST", "/api/v1/check", bearer, R"({"blog":"a.example","content":"hi"})").status ==
      200);
  const Json sites = *parse_json(browser.call("GET", "/sites").body);
  CHECK(sites.at("sites").at(0).at("url") == "a.example");
  CHECK(sites.at("sites").at(0).at("checks_30_days") == 1);
  const Json settings = *parse_json(browser.call("GET", "/settings").body);
  bool has_data = false;
  for (const Json& setting : settings.at("settings"))
    has_data = has_data ||
               (setting.at("name") == "data" && setting.at("value") == home.installation.data().string());
  CHECK(has_data);

  const Response out = browser.call("DELETE", "/session");
  CHECK(out.status == 204);
  CHECK(out.count("Content-Length") == 0);
  CHECK(browser.call("GET", "/session").status == 401);
  browser.sign_in("ann");
  CHECK(browser.call("GET", "/session").status == 200);
  std::string acts;
  const Json log_page = *parse_json(browser.call("GET", "/log").body);
  for (const Json& entry : log_page.at("entries")) acts += entry.at("act").get<std::string>() + " ";
  CHECK(acts == "session.begin session.end key.create person.setup ");

  const std::string log = winnowd.log();
  for (const std::string& secret : {std::string(kPassword), code, browser.csrf, browser.cookie.substr(15)})
    CHECK(log.find(secret) == std::string::npos);
}

TEST_CASE("roles and sites hold for each call; what is not theirs is 403 or not there") {
  const Home home;
  home.winnow("site add a.example");
  home.winnow("site add b.example");
  for (const char* person :
       {"Olga --role owner", "Max --role moderator --site a.example", "Vera --role viewer --site b.example"})
    add_person(home, person);
  const Winnowd winnowd(home.installation);
  Browser owner{winnowd.port()}, moderator{winnowd.port()}, viewer{winnowd.port()};
  owner.sign_in("Olga");
  moderator.sign_in("Max");
  viewer.sign_in("Vera");
  struct {
    const char* method;
    const char* path;
    Json body;
  } const owners[] = {{"GET", "/people", {}},
                      {"GET", "/settings", {}},
                      {"GET", "/log", {}},
                      {"GET", "/keys", {}},
                      {"POST", "/keys", {{"sites", nullptr}, {"kind", "api"}}},
                      {"POST", "/sites", {{"url", "c.example"}}},
                      {"POST", "/sites/1", {{"log_only", false}}},
                      {"DELETE", "/people/99", {}}};
  for (const auto& [method, path, body] : owners) {
    CAPTURE(path);
    CHECK(owner.call(method, path, body).status != 403);
    CHECK(moderator.call(method, path, body).status == 403);
    CHECK(viewer.call(method, path, body).status == 403);
    CHECK(Browser{winnowd.port()}.call(method, path, body).status == 401);
  }
  const auto seen = [](const Browser& browser) {
    std::string urls;
    const Json answer = *parse_json(browser.call("GET", "/sites").body);
    for (const Json& site : answer.at("sites")) urls += site.at("url").get<std::string>() + " ";
    return urls;
  };
  CHECK(seen(owner) == "a.example b.example c.example ");
  CHECK(seen(moderator) == "a.example ");
  CHECK(seen(viewer) == "b.example ");
  // Without the page's token a cookie is good for reading alone.
  owner.csrf.clear();
  CHECK(owner.call("GET", "/people").status == 200);
  CHECK(owner.call("POST", "/sites", {{"url", "d.example"}}).status == 403);
  CHECK(owner.call("DELETE", "/session").status == 403);
}

TEST_CASE("guessing is throttled, and told where Fail2Ban reads with the whole address") {
  const Home home;
  add_person(home, "Ann --role owner");
  const Winnowd winnowd(home.installation);
  const Browser browser{winnowd.port()};
  for (int i = 0; i < 5; ++i)
    CHECK(browser.call("POST", "/session", {{"name", "Ann"}, {"password", "wrong guess"}}).status == 401);
  const Response wait = browser.call("POST", "/session", {{"name", "Ann"}, {"password", kPassword}});
  CHECK(wait.status == 429);
  CHECK(std::stoi(wait.header("Retry-After")) <= 30);
  CHECK(std::stoi(wait.header("Retry-After")) > 0);
  CHECK(wait.header("Content-Type") == "application/problem+json");
  CHECK(winnowd.wait_for_log("sign-in refused client=127.0.0.1 reason=\"too many\""));
  CHECK(winnowd.log().find("warn sign-in refused client=127.0.0.1 reason=password") != std::string::npos);
  CHECK(winnowd.log().find("wrong guess") == std::string::npos);
}

TEST_CASE("a trusted proxy's word makes the cookie one for HTTPS alone") {
  const Home home;
  add_person(home, "Ann --role owner");
  const std::string body = to_text(Json{{"name", "Ann"}, {"password", kPassword}});
  const auto cookie = [&](const std::vector<std::string>& flags, const char* proto) {
    const Winnowd winnowd(home.installation, flags);
    return ask(winnowd.port(), "POST", "/api/v1/admin/session", {{"X-Forwarded-Proto", proto}}, body)
        .header("Set-Cookie");
  };
  CHECK(cookie({"--trusted-proxies", "127.0.0.1"}, "https").ends_with("; Secure"));
  CHECK_FALSE(cookie({"--trusted-proxies", "127.0.0.1"}, "http").ends_with("; Secure"));
  CHECK(cookie({}, "https").find("winnow_session=") == 0);
  CHECK_FALSE(cookie({}, "https").ends_with("; Secure"));
}

TEST_CASE("the page is served, and not again to a browser that has it") {
  const Home home;
  const Winnowd winnowd(home.installation);
  const Response page = ask(winnowd.port(), "GET", "/admin");
  CHECK(page.status == 200);
  CHECK(page.header("Content-Type") == "text/html; charset=utf-8");
  CHECK(page.header("Content-Security-Policy").find("default-src 'none'") == 0);
  Client client(winnowd.port());
  client.send(request("GET", "/admin/", {{"If-None-Match", page.header("ETag")}}));
  const Response again = client.read();
  CHECK(again.status == 304);
  CHECK(again.body.empty());
  CHECK(again.count("Content-Length") == 0);
  client.send(request("GET", "/admin/chart.js"));  // the connection goes on
  CHECK(client.read().body.starts_with("/*!"));
}

}  // namespace
}  // namespace winnow::api_test
