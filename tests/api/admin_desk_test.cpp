// A person puts a verdict right: through the admin API of the real process.
#include <doctest/doctest.h>

#include <string>

#include "tests/api/cli_run.h"
#include "tests/api/http_client.h"
#include "tests/api/webhook.h"

namespace winnow::api_test {
namespace {

Json json_of(const Response& response) {
  CAPTURE(response.body);
  const Result<Json> json = parse_json(response.body);
  REQUIRE(json.ok());
  return *json;
}

Headers bearer(const std::string& key) {
  return {{"Authorization", "Bearer " + key}, {"Content-Type", "application/json"}};
}

std::string curator(const Installation& home, const std::string& site) {
  return json_of(run(home, "key create --site '" + site + "' --kind api --curator --json"))["key"];
}

Json post(const Winnowd& winnowd, const std::string& key, const std::string& path, const Json& body) {
  const Response response = ask(winnowd.port(), "POST", "/api/v1/admin/" + path, bearer(key), to_text(body));
  CHECK(response.status == 200);
  return json_of(response);
}

Json get(const Winnowd& winnowd, const std::string& key, const std::string& path) {
  const Headers headers = {{"Authorization", "Bearer " + key}};
  const Response response = ask(winnowd.port(), "GET", "/api/v1/admin/" + path, headers);
  CAPTURE(response.body);
  CHECK(response.status == 200);
  return json_of(response);
}

TEST_CASE("a comment that was held as spam is freed at the desk: its site is told, and of the undoing, too") {
  const Installation home;
  const std::string site = home.create_key("a.example"), owner = curator(home, "*");
  const Webhook webhook;
  const Winnowd winnowd(home, {"--callback-hosts", webhook.host()});
  const Response checked =
      post_form(winnowd.port(), "/1.1/comment-check",
                "api_key=" + site + "&blog=http://a.example&user_ip=203.0.113.7&comment_content=" +
                    "a+cheap+and+sturdy+bicycle+would+do+for+these+roads" + webhook.field());
  CHECK(checked.body == "true");
  const std::string id = checked.header("X-akismet-guid");
  const Json freed = post(winnowd, owner, "verdicts/reports", {{"ids", {id}}, {"label", "ham"}});
  CHECK(freed["results"][0]["effect"] == "learned");
  CHECK(freed["results"][0]["told"] == true);
  CHECK(webhook.take("200 OK").find("{\"guid\":\"" + id + "\",\"result\":\"false\"}") != std::string::npos);
  CHECK(winnowd.wait_for_log("told a site of a recheck"));

  const Json undone = post(winnowd, owner, "reports/withdraw", {{"ids", {freed["results"][0]["report"]}}});
  CHECK(undone["results"][0]["withdrawn"] == true);
  CHECK(undone["in_force"] == true);
  CHECK(webhook.take("200 OK").find("{\"guid\":\"" + id + "\",\"result\":\"true\"}") != std::string::npos);

  std::string whats;
  for (int tries = 0; tries < 100 && !whats.ends_with("told told "); ++tries) {
    whats.clear();
    const Json one = get(winnowd, owner, "verdicts/" + id);
    for (const Json& entry : one["timeline"]) whats += entry["what"].get<std::string>() + " ";
  }
  CHECK(whats.find("judged reported") == 0);
  CHECK(whats.find("withdrawn") != std::string::npos);
  CHECK(winnowd.log().find(site) == std::string::npos);
}

TEST_CASE("a wrongly held comment is found by its author's name, understood, freed, and the next passes") {
  const Installation home;
  const std::string site = home.create_key("a.example", "api"), owner = curator(home, "*");
  const Winnowd winnowd(home);
  const std::string text = "For these roads a cheap and sturdy bicycle would do, mine carried me to Lisbon";
  const auto check = [&](const std::string& content, const std::string& author) {
    const Json comment = {{"content", content}, {"author", author}, {"permalink", "http://a.example/roads"}};
    const Response response = ask(winnowd.port(), "POST", "/api/v1/check", bearer(site), to_text(comment));
    CHECK(response.status == 200);
    return json_of(response)["outcome"].get<std::string>();
  };
  for (int i = 0; i < 30; ++i) check("cheap watches number " + std::to_string(i), "Seller");
  CHECK(check(text, "Wilhelmina Ortega") == "spam");
  for (const char* other : {"mine carried us to Lisbon", "mine carried them to Porto"})
    CHECK(check("For these roads a cheap and sturdy bicycle would do, " + std::string(other), "Guest") ==
          "spam");

  const Json page = get(winnowd, owner, "verdicts?tab=spam&q=author%3AWilhelmina");  // 1: search
  REQUIRE(page["verdicts"].size() == 1);
  const std::string id = page["verdicts"][0]["id"];
  const Json one = get(winnowd, owner, "verdicts/" + id);  // 2: open
  CHECK(one["author"] == "Wilhelmina Ortega");
  CHECK(one["reasons"][0]["signal"] == "local.cheap");
  CHECK(one["explanation"]["text"] == text);
  CHECK(one["author_history"]["by"] == "author");
  const Json freed = post(winnowd, owner, "verdicts/reports", {{"ids", {id}}, {"label", "ham"}});  // 3: free
  CHECK(freed["results"][0]["effect"] == "learned");
  const Json tried = post(winnowd, owner, "try",
                          {{"site", "http://a.example"}, {"comment", {{"content", text}}}});  // 4: try
  CHECK(tried["outcome"] == "ham");
  CHECK(check(text, "Somebody") == "ham");

  // Others like it would pass as well now, and are found.
  CHECK(freed["alike"]["count"] == 2);
  CHECK(freed["alike"]["outcome"] == "ham");
  const std::string like = freed["alike"]["q"];
  const Json alike = get(winnowd, owner, "verdicts?tab=spam&q=" + urlencoded(like));
  CHECK(alike["verdicts"].size() == 2);
  CHECK(get(winnowd, owner, "verdicts?tab=reported")["verdicts"].size() == 1);

  post(winnowd, owner, "reports/withdraw", {{"ids", {freed["results"][0]["report"]}}});
  CHECK(post(winnowd, owner, "try",
             {{"site", "http://a.example"}, {"comment", {{"content", text}}}})["outcome"] == "spam");
}

}  // namespace
}  // namespace winnow::api_test
