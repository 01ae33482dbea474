// What reports do to the next check of a running winnowd, whoever makes them, and after a restart.
#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <thread>

#include "tests/api/cli_run.h"
#include "tests/api/http_client.h"

namespace winnow::api_test {
namespace {

constexpr const char* kText = "our wonderful garden house has rooms with a view of the quiet river valley";
constexpr const char* kNearly = "our lovely garden house has rooms with the view of a quiet river valley";

struct Site {
  int port;
  std::string key;

  Response call(const std::string& method, const std::string& path, const Json& body) const {
    return ask(port, method, path, {{"Authorization", "Bearer " + key}, {"Content-Type", "application/json"}},
               body.is_null() ? "" : to_text(body));
  }
  Json told(const std::string& method, const std::string& path, const Json& body) const {
    const Result<Json> json = parse_json(call(method, path, body).body);
    REQUIRE(json);
    return *json;
  }
  Json report(const std::string& content, const std::string& label) const {
    return told("POST", "/api/v1/feedback", {{"label", label}, {"comment", {{"content", content}}}});
  }
  double score(const std::string& content) const {
    return told("POST", "/api/v1/check", {{"content", content}})["score"];
  }
};

// What another process writes is felt within a second; a slow machine gets longer.
bool comes_true(const std::function<bool()>& is_true) {
  for (int i = 0; i < 200; ++i) {
    if (is_true()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

TEST_CASE(
    "one report changes the next check of the text and of one nearly the same; taken back, nothing is left") {
  const Installation home;
  const std::string key = home.create_key("blog.example", "api"),
                    others = home.create_key("other.example", "api");
  const Winnowd winnowd(home);
  const Site site{winnowd.port(), key}, other{winnowd.port(), others};
  const double before = site.score(kText), near_before = site.score(kNearly);
  const Json reported = site.report(kText, "spam");
  CHECK(reported["effect"] == "learned");
  CHECK(reported["awaiting_quorum"] == Json{{"sites", 1}, {"of", 3}});
  CHECK(site.score(kText) > before);
  CHECK(site.score(kNearly) > near_before);
  CHECK(other.score(kText) == before);
  CHECK(site.report(kText, "spam")["effect"] == "duplicate");
  CHECK(site.report(kText, "spam")["id"] == reported["id"]);

  const std::string path = "/api/v1/feedback/" + reported["id"].get<std::string>();
  CHECK(other.call("DELETE", path, nullptr).status == 404);
  CHECK(site.score(kText) > before);
  CHECK(site.call("DELETE", path, nullptr).status == 200);
  CHECK(site.score(kText) == before);
  CHECK(site.score(kNearly) == near_before);
}

TEST_CASE("what was learned outlives a restart") {
  const Installation home;
  const std::string key = home.create_key("blog.example", "api");
  double learned = 0;
  {
    const Winnowd winnowd(home);
    const Site site{winnowd.port(), key};
    site.report(kText, "spam");
    learned = site.score(kNearly);
  }
  const Winnowd winnowd(home);
  CHECK(Site{winnowd.port(), key}.score(kNearly) == learned);
}

TEST_CASE("three sites make it known on every site, a curator's key alone does") {
  const Installation home;
  std::vector<std::string> keys;
  for (const char* site : {"a.example", "b.example", "c.example", "d.example"})
    keys.push_back(home.create_key(site, "api"));
  const std::string curator =
      json_of(run(home, "key create --site '*' --kind api --curator --json"))["key"].get<std::string>();
  const Winnowd winnowd(home);
  const Site last{winnowd.port(), keys[3]};
  const double before = last.score(kText);
  for (int i = 0; i < 3; ++i) {
    CHECK(last.score(kText) == before);
    const Json reported = Site{winnowd.port(), keys[static_cast<std::size_t>(i)]}.report(kText, "spam");
    CHECK(reported.contains("awaiting_quorum") == (i < 2));
  }
  CHECK(last.score(kText) > before);

  const std::string another = "quite another story of small boats that sail over calm green water";
  const double other_before = last.score(another);
  const Json said = Site{winnowd.port(), curator}.told(
      "POST", "/api/v1/feedback",
      {{"label", "spam"}, {"comment", {{"content", another}, {"blog", "http://a.example"}}}});
  CHECK(said["effect"] == "learned");
  CHECK_FALSE(said.contains("awaiting_quorum"));
  CHECK(last.score(another) > other_before);
}

TEST_CASE("the command line reports and takes back, and a running winnowd follows") {
  const Installation home;
  const std::string key = home.create_key("blog.example", "api");
  const Winnowd winnowd(home);
  const Site site{winnowd.port(), key};
  const double before = site.score(kText);
  const CliEnded reported =
      run(home, std::string("feedback report --site blog.example --label spam --reporter ann "
                            "--json --content '") +
                    kText + "'");
  REQUIRE(reported.code == 0);
  CHECK(json_of(reported)["effect"] == "learned");
  const std::string id = json_of(reported)["id"];
  CHECK(comes_true([&] { return site.score(kText) > before; }));

  const CliEnded list = run(home, "feedback list");
  CHECK(list.out.find(id) != std::string::npos);
  CHECK(list.out.find("counts everywhere") != std::string::npos);
  CHECK(run(home, "feedback withdraw " + id + " --by ben").code == 0);
  CHECK(comes_true([&] { return site.score(kText) == before; }));
  CHECK(run(home, "feedback list --site blog.example").out.find("by ben") != std::string::npos);
  const CliEnded reporters = run(home, "reporters");
  CHECK(reporters.code == 0);
  CHECK(reporters.out.find("ann") != std::string::npos);
  CHECK(run(home, "feedback withdraw 00").code == 1);
  CHECK(run(home, "feedback report --site blog.example --label spam").code == 2);
  CHECK(run(home, "feedback list --site nowhere.example").code == 1);
}

TEST_CASE("replay learns a plain difference from nothing, and says so by the TREC figures") {
  const Home home;
  std::string rows;
  for (int i = 0; i < 120; ++i)
    rows +=
        to_text(Json{{"label", i % 2 == 0 ? "spam" : "ham"},
                     {"content", i % 2 == 0 ? "win a casino bonus today " + std::to_string(i * 7919)
                                            : "the garden was full of apples " + std::to_string(i * 7919)}}) +
        "\n";
  const std::string file = home.file("rows.jsonl", rows);
  const Json figures = json_of(home.winnow("replay --from-scratch --json --data " + file));
  CHECK(figures["n"] == 120);
  CHECK(figures["one_minus_roca_percent"].get<double>() < 1);
  CHECK(figures["error"]["100"].get<double>() <= 0.05);
  CHECK(figures["error"]["1000"].is_null());
  const Json late = json_of(home.winnow("replay --from-scratch --feedback delay=60 --json --data " + file));
  CHECK(late["error"]["all"].get<double>() > figures["error"]["all"].get<double>());
  const std::string curve = (home.dir / "curve.csv").string();
  CHECK(home.winnow("replay --from-scratch --feedback errors --curve " + curve + " --data " + file).code ==
        0);
  const std::string csv = read_text(curve);
  CHECK(csv.starts_with("row,label,score,errors,error_rate\n1,spam,"));
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 121);
  CHECK(home.winnow("replay --feedback never --data " + file).code == 2);
}

}  // namespace
}  // namespace winnow::api_test
