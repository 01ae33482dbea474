// Lists, rules on and off, and a site's own thresholds, in a running winnowd: by the admin API and by the
// command line, with a key of each role.
#include <doctest/doctest.h>

#include <chrono>
#include <ctime>
#include <functional>
#include <thread>

#include "tests/api/cli_run.h"
#include "tests/api/http_client.h"
#include "tests/api/shelf_installation.h"

namespace winnow::api_test {
namespace {

struct Desk {
  int port;
  std::string key;

  Response call(const std::string& method, const std::string& path, const Json& body = {}) const {
    return ask(port, method, path, {{"Authorization", "Bearer " + key}, {"Content-Type", "application/json"}},
               body.is_null() ? "" : to_text(body));
  }
  Response admin(const std::string& method, const std::string& path, const Json& body = {}) const {
    return call(method, "/api/v1/admin" + path, body);
  }
  Json verdict(const Json& comment) const {
    const Response response = call("POST", "/api/v1/check", comment);
    CAPTURE(response.body);
    REQUIRE(response.status == 200);
    return *parse_json(response.body);
  }
  std::string outcome(const Json& comment) const { return verdict(comment)["outcome"]; }
};

// The key that a line of `winnow key create` ends with.
std::string curator_key(const Installation& home, const std::string& site) {
  return *parse_json(home.winnow({"key", "create", "--curator", "--kind", "api", "--site", site, "--json"}))
              ->find("key");
}

bool has_reason(const Json& verdict, const std::string& id) {
  for (const Json& reason : verdict["reasons"])
    if (reason["signal"] == id) return true;
  return false;
}

// What another process writes is felt within a second; a slow machine gets longer.
bool comes_true(const std::function<bool()>& is_true) {
  for (int i = 0; i < 200; ++i) {
    if (is_true()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

TEST_CASE("an entry of a list acts on the very next check, and ends when it is removed or expires") {
  const Installation home;
  const std::string here = home.create_key("here.example", "api"),
                    there = home.create_key("there.example", "api");
  const Winnowd winnowd(home);
  const Desk owner{winnowd.port(), curator_key(home, "*")}, site{winnowd.port(), here},
      other{winnowd.port(), there};
  const Json comment = {{"content", "A pleasant walk by the river"}, {"author", "Walker"}};
  CHECK(site.outcome(comment) == "ham");

  const Response made =
      owner.admin("POST", "/lists", {{"list", "block"}, {"field", "text"}, {"pattern", "PLEASANT walk"}});
  CHECK(made.status == 201);
  const Json blocked = site.verdict(comment);
  CHECK(blocked["outcome"] == "spam");
  CHECK(blocked["reasons"][0]["signal"] == "list.block");
  CHECK(blocked["reasons"][0]["detail"] == "on the block list of all sites: text \"PLEASANT walk\"");
  CHECK(other.outcome(comment) == "spam");

  const Response allowed = owner.admin(
      "POST", "/lists", {{"list", "allow"}, {"field", "author"}, {"pattern", "walk*"}, {"site", 1}});
  CHECK(allowed.status == 201);
  CHECK(site.outcome(comment) == "ham");
  CHECK(other.outcome(comment) == "spam");

  const auto path = [](const Response& entry) {
    return "/lists/" + std::to_string(parse_json(entry.body)->at("id").get<int>());
  };
  CHECK(owner.admin("DELETE", path(allowed)).status == 204);
  CHECK(site.outcome(comment) == "spam");
  CHECK(owner.admin("DELETE", path(made)).status == 204);
  CHECK(site.outcome(comment) == "ham");

  // As RFC 3339 with whole seconds.
  const std::time_t soon = std::time(nullptr) + 2;
  char until[32];
  std::strftime(until, sizeof until, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&soon));
  CHECK(owner
            .admin("POST", "/lists",
                   {{"list", "block"}, {"field", "text"}, {"pattern", "by the river"}, {"until", until}})
            .status == 201);
  CHECK(comes_true([&] { return site.outcome(comment) == "ham"; }));
}

TEST_CASE("a rule that is switched off is out of the reasons of the next check, in every process") {
  const Installation home;
  const std::string key = home.create_key("here.example", "api");
  const Winnowd winnowd(home), second(home);
  const Desk owner{winnowd.port(), curator_key(home, "*")}, site{winnowd.port(), key},
      elsewhere{second.port(), key};
  const Json comment = {{"content", "cheap"}};
  const Json before = site.verdict(comment);
  REQUIRE(has_reason(before, "local.cheap"));
  CHECK(owner.admin("POST", "/rules/local.cheap", {{"on", false}}).status == 200);
  const Json after = site.verdict(comment);
  CHECK_FALSE(has_reason(after, "local.cheap"));
  CHECK(after["rules_version"] != before["rules_version"]);
  CHECK(comes_true([&] { return !has_reason(elsewhere.verdict(comment), "local.cheap"); }));

  const Json rules = parse_json(owner.admin("GET", "/rules").body)->at("rules");
  int off = 0;
  for (const Json& rule : rules)
    if (!rule["on"].get<bool>()) {
      ++off;
      CHECK(rule["id"] == "local.cheap");
      CHECK(rule["source"] == "operator");
    }
  CHECK(off == 1);
  CHECK(comes_true([&] {
    const Json page = *parse_json(owner.admin("GET", "/rules?days=7").body);
    for (const Json& rule : page.at("rules"))
      if (rule["id"] == "local.cheap") return rule["hits"] >= 1;  // and once a check until the other heard
    return false;
  }));
  CHECK(owner.admin("POST", "/rules/local.cheap", {{"on", true}}).status == 200);
  CHECK(has_reason(site.verdict(comment), "local.cheap"));
  CHECK(owner.admin("POST", "/rules/no.such", {{"on", false}}).status == 404);
  CHECK(owner.admin("POST", "/rules/local.cheap", {{"on", "no"}}).status == 400);
}

TEST_CASE("what a role may not do is 403, what is of another site 404") {
  const ShelfInstallation home;
  home.create_key("here.example");
  home.create_key("there.example");
  const Winnowd winnowd(home, {"--model", home.link()});
  const Desk owner{winnowd.port(), curator_key(home, "*")},
      moderator{winnowd.port(), curator_key(home, "here.example")};
  const Json entry = {{"list", "block"}, {"field", "text"}, {"pattern", "casino"}, {"site", 2}};
  const Json made = *parse_json(owner.admin("POST", "/lists", entry).body);
  struct {
    const char* method;
    std::string path;
    Json body;
    int status;
  } const cases[] = {
      {"GET", "/rules", {}, 200},
      {"GET", "/lists", {}, 200},
      {"GET", "/training", {}, 200},
      {"GET", "/lists?site=2", {}, 404},
      {"POST", "/lists", entry, 404},
      {"POST", "/lists", {{"list", "block"}, {"field", "text"}, {"pattern", "casino"}}, 403},
      {"DELETE", "/lists/" + std::to_string(made["id"].get<int>()), {}, 404},
      {"POST", "/rules/local.cheap", {{"on", false}}, 403},
      {"POST", "/models/model-b/promote", {{"reason", "better"}}, 403},
      {"POST", "/models/rollback", {{"reason", "worse"}}, 403},
  };
  for (const auto& [method, path, body, status] : cases) {
    CAPTURE(path);
    CHECK(moderator.admin(method, path, body).status == status);
    CHECK(Desk{winnowd.port(), ""}.admin(method, path, body).status == 401);
  }
  CHECK(parse_json(moderator.admin("GET", "/lists").body)->at("entries").empty());
}

TEST_CASE("a site's own thresholds act on its next check") {
  const Installation home;
  const std::string key = home.create_key("here.example", "api");
  const Winnowd winnowd(home);
  const Desk site{winnowd.port(), key};
  const Json comment = {{"content", "a good morning to all of you"}};
  CHECK(site.outcome(comment) == "ham");
  CHECK(run(home, "site thresholds here.example --unsure 0 --spam 0 --discard 1").code == 0);
  CHECK(site.outcome(comment) == "spam");
  const CliEnded wrong = run(home, "site thresholds here.example --discard 0 --spam 0.5");
  CHECK(wrong.code == 1);
  CHECK(wrong.out.find("Thresholds rise from 0 to 1") != std::string::npos);
  CHECK(json_of(run(home, "site thresholds here.example --json"))["spam"] ==
        Json{{"from", 0.0}, {"own", true}});
  CHECK(run(home, "site thresholds here.example --default").code == 0);
  CHECK(site.outcome(comment) == "ham");
  const Desk owner{winnowd.port(), curator_key(home, "*")};
  CHECK(owner.admin("POST", "/sites/1", {{"thresholds", {{"unsure", 0}, {"spam", 0}}}}).status == 200);
  CHECK(site.outcome(comment) == "spam");
  const Json shown = *parse_json(owner.admin("GET", "/sites").body);
  CHECK(shown["sites"][0]["thresholds"] == Json{{"unsure", 0.0}, {"spam", 0.0}, {"discard", nullptr}});
  for (const Json& refused : {Json{{"spam", 2}}, Json{{"spam", "much"}}, Json{{"other", 0.5}}, Json(1)}) {
    const Response answer = owner.admin("POST", "/sites/1", {{"thresholds", refused}});
    CHECK(answer.status == 400);
    CHECK(parse_json(answer.body)->at("field") == "thresholds");
  }
  CHECK(owner.admin("POST", "/sites/1", {{"thresholds", nullptr}}).status == 200);
  CHECK(site.outcome(comment) == "ham");
  CHECK(run(home, "site thresholds here.example --default --spam 1").code == 2);
  CHECK(run(home, "site thresholds here.example --spam 2").code == 2);
}

TEST_CASE("the command line keeps the lists, and a running winnowd takes what it does") {
  const Home home;
  const std::string key = home.installation.create_key("here.example", "api");
  const Winnowd winnowd(home.installation);
  const Desk site{winnowd.port(), key};
  const Json comment = {{"content", "see http://win.casino.example/now"}};
  CHECK(home.winnow("list add block domain casino.example --note 'asked by Ben'").code == 0);
  CHECK(comes_true([&] { return site.outcome(comment) == "spam"; }));
  CHECK(home.winnow("list add block domain www.casino.example").code == 1);
  CHECK(home.winnow("list add block domain '*'").out.find("three characters") != std::string::npos);
  CHECK(home.winnow("list add deny domain casino.example").code == 2);
  CHECK(home.winnow("list add block text 'good morning' --site other.example").out.find("winnow site add") !=
        std::string::npos);
  CHECK(home.winnow("list add block text 'good morning' --site here.example --until 2020-01-01").code == 1);
  CHECK(home.winnow("list add allow text 'good morning' --site here.example --until 2099-01-01").code == 0);
  const CliEnded shown = home.winnow("list show");
  CHECK(shown.out.find("asked by Ben") != std::string::npos);
  CHECK(shown.out.find("2099-01-01") != std::string::npos);
  const Json entries = *parse_json(home.winnow("list show --json").out);
  REQUIRE(entries.size() == 2);
  CHECK(entries[1]["pattern"] == "casino.example");
  CHECK(entries[0]["site"] == "here.example");
  CHECK(home.winnow("recheck --json").out.find("\"complete\":true") != std::string::npos);
  CHECK(home.winnow("list remove " + std::to_string(entries[1]["id"].get<int>())).code == 0);
  CHECK(comes_true([&] { return site.outcome(comment) == "ham"; }));
  CHECK(home.winnow("list remove 999").code == 1);
}

TEST_CASE("a file of patterns is imported whole or not at all, and says where it is wrong") {
  const Home home;
  const std::string good = home.file("good.txt",
                                     "\xEF\xBB\xBF# throw-away addresses\r\n*@one.example\r\n\n"
                                     "*@two.example   # seen in May\n  *@ONE.example\n");
  CHECK(home.winnow("list import block email " + good + " --dry-run").out.find("3 patterns") !=
        std::string::npos);
  CHECK(home.winnow("list show --json").out == "[]\n");
  CHECK(
      home.winnow("list import block email " + good).out.find("2 entries added to the block list, 1 were") !=
      std::string::npos);
  CHECK(home.winnow("list import block email " + good).out.find("0 entries added") != std::string::npos);
  const std::string wrong = home.file("wrong.txt", "*@three.example\nno address\n*@four.example\n*\n");
  const CliEnded refused = home.winnow("list import block email " + wrong);
  CHECK(refused.code == 1);
  CHECK(refused.out.find("wrong.txt:2: ") != std::string::npos);
  CHECK(refused.out.find("wrong.txt:4: ") != std::string::npos);
  CHECK(refused.out.find("2 lines are no pattern; nothing was added") != std::string::npos);
  CHECK(parse_json(home.winnow("list show --json").out)->size() == 2);
  CHECK(home.winnow("list import block email " + (home.dir / "none").string()).code == 2);
}

TEST_CASE("training shows reports, reporters and models; a model is put in force, and taken back") {
  const ShelfInstallation home;
  const std::string here = home.create_key("here.example", "api"),
                    there = home.create_key("there.example", "api");
  const Winnowd winnowd(home, {"--model", home.link()});
  const Desk owner{winnowd.port(), curator_key(home, "*")},
      moderator{winnowd.port(), curator_key(home, "here.example")}, site{winnowd.port(), here},
      other{winnowd.port(), there};
  const auto report = [](const Desk& desk, const char* content) {
    const Json body = {{"label", "spam"}, {"reporter", "Ann"}, {"comment", {{"content", content}}}};
    CHECK(desk.call("POST", "/api/v1/feedback", body).status == 201);
  };
  report(site, "our wonderful garden house has rooms with a view of the quiet river valley");
  report(other, "a completely different sentence about bicycles, bakeries and long winter evenings");
  const Json all = *parse_json(owner.admin("GET", "/training").body);
  CHECK(all["reports"] == Json{{"all", 2}, {"spam", 2}, {"ham", 0}, {"withdrawn", 0}, {"since_model", 2}});
  REQUIRE(all["waiting"].size() == 2);
  CHECK(all["waiting"][1]["sites"] == 1);
  CHECK(all["waiting"][1]["of"] == 3);
  CHECK(all["waiting"][1]["report"]["label"] == "spam");
  CHECK(all["reporters"].size() == 2);
  CHECK(all["can_promote"] == true);
  CHECK(all["retrain"] == "winnow retrain --promote");
  REQUIRE(all["models"].size() == 2);
  CHECK(all["models"][0]["id"] == "model-a");
  CHECK(all["models"][0]["in_force"] == true);
  CHECK(all["models"][0]["thresholds"].contains("spam"));
  const Json seen = *parse_json(moderator.admin("GET", "/training").body);
  CHECK(seen["reports"]["all"] == 1);
  CHECK(seen["waiting"].size() == 1);
  REQUIRE(seen["reporters"].size() == 1);
  CHECK(seen["reporters"][0]["site"]["url"] == "here.example");
  CHECK(seen["reporters"][0]["reporter"] == "Ann");

  CHECK(owner.admin("POST", "/models/model-b/promote", Json::object()).status == 400);
  CHECK(owner.admin("POST", "/models/model-b/promote", {{"reason", "better"}}).status == 200);
  CHECK(owner.admin("POST", "/models/model-b/promote", {{"reason", "again"}}).status == 409);
  CHECK(owner.admin("POST", "/models/none/promote", {{"reason", "none"}}).status == 404);
  home.put("damaged");
  write_file(home.shelf() / "damaged" / "text.model", "x");
  const Response damaged = owner.admin("POST", "/models/damaged/promote", {{"reason", "none"}});
  CHECK(damaged.status == 422);
  CHECK(parse_json(damaged.body)->at("detail").get<std::string>().find("text.model") != std::string::npos);
  CHECK(comes_true([&] { return site.verdict({{"content", "hello"}})["model"] == "model-b"; }));
  CHECK(owner.admin("POST", "/models/rollback", {{"reason", "worse"}}).status == 200);
  const Json after = *parse_json(owner.admin("GET", "/training").body);
  REQUIRE(after["promotions"].size() == 2);
  CHECK(after["promotions"][0]["reason"] == "better");
  CHECK(after["promotions"][1]["rollback"] == true);
}

}  // namespace
}  // namespace winnow::api_test
