#include "service/http/akismet_account.h"

#include <doctest/doctest.h>

#include "tests/unit/service/http/exchange.h"

namespace winnow::http {
namespace {

// One site with two checks answered spam, one ham that was spam after all, and another site with one ham.
// The clock stands at 2023-11-14.
struct Account : Exchange {
  std::string key = installation.add_key("");

  Account() {
    check("a.example", "cheap+one");
    check("a.example", "cheap+two");
    check("a.example", "a+kind+word");
    check("b.example", "another+kind+word");
    ask("POST", "/1.1/submit-spam", "api_key=" + key + "&blog=a.example&comment_content=a+kind+word");
  }
  void check(const std::string& blog, const std::string& content) const {
    ask("POST", "/1.1/comment-check",
        "api_key=" + key + "&blog=" + blog + "&user_ip=1.2.3.4&comment_content=" + content);
  }
  Reply post(const std::string& path, const std::string& body) const {
    return ask("POST", path, "key=" + key + "&" + body);
  }
};

TEST_CASE("every call about a key answers `invalid` to a wrong one") {
  const Account home;
  for (const char* path :
       {"/1.1/get-subscription", "/1.1/get-stats", "/1.2/get-key-stats", "/1.2/usage-limit", "/1.2/key-sites",
        "/1.1/token", "/1.1/deactivate", "/1.1/verify-wpcom-key"}) {
    CAPTURE(path);
    for (const char* body : {"key=000000000000&blog=a.example", "api_key=000000000000&blog=a.example", ""}) {
      const Reply reply = home.ask("POST", path, body);
      CHECK(reply.status == 200);
      CHECK(reply.body == "invalid");
      CHECK(reply.content_type == "text/plain; charset=utf-8");
    }
  }
}

TEST_CASE("get-subscription: an active one, without an end") {
  const Account home;
  const Reply reply = home.post("/1.1/get-subscription", "blog=a.example");
  CHECK(reply.content_type == "application/json");
  CHECK(reply.body ==
        R"({"account_id":1,"account_type":"winnow","account_name":"winnow, self-hosted","status":"active",)"
        R"("next_billing_date":false,"limit_reached":false})");
  CHECK(home.ask("POST", "/1.1/get-subscription", "api_key=" + home.key).body == reply.body);
}

TEST_CASE("get-stats is about one site, get-key-stats about all of a key") {
  const Account home;
  CHECK(
      home.post("/1.1/get-stats", "blog=http%3A%2F%2Fa.example&from=6-months").body ==
      R"({"spam":2,"ham":1,"missed_spam":1,"false_positives":0,"accuracy":"66.67","time_saved":20,"breakdown":)"
      R"({"2023-11":{"spam":"2","ham":"1","missed_spam":"1","false_positives":"0","blogs":"1","da":"2023-11-01"}}})");
  CHECK(
      home.post("/1.2/get-key-stats", "from=60-days").body ==
      R"({"spam":2,"ham":2,"missed_spam":1,"false_positives":0,"accuracy":"75.00","time_saved":20,"breakdown":)"
      R"({"2023-11-14":{"spam":"2","ham":"2","missed_spam":"1","false_positives":"0","blogs":"2","da":"2023-11-14"}}})");
  CHECK(
      home.post("/1.1/get-stats", "blog=new.example&from=all").body ==
      R"({"spam":0,"ham":0,"missed_spam":0,"false_positives":0,"accuracy":"100.00","time_saved":0,"breakdown":{}})");
  CHECK(home.post("/1.1/get-stats", "from=all").body == "invalid");
}

TEST_CASE("statistics go back as far as they are asked to") {
  Account home;
  const auto checks = [&](const char* from) {
    const std::string body = home.post("/1.2/get-key-stats", std::string("from=") + from).body;
    const Json json = must(parse_json(body));
    return json["spam"].get<int>() + json["ham"].get<int>();
  };
  home.installation.now += 59LL * 86'400'000;  // 2024-01-12: the sixtieth day
  CHECK(checks("60-days") == 4);
  home.installation.now += 86'400'000;
  CHECK(checks("60-days") == 0);
  home.installation.now = 1'713'900'000'000;  // 2024-04-23: the sixth month
  CHECK(checks("6-months") == 4);
  home.installation.now += 8LL * 86'400'000;  // 2024-05-01
  CHECK(checks("6-months") == 0);
  CHECK(checks("all") == 4);
}

TEST_CASE("usage-limit counts this month, by POST and by GET") {
  Account home;
  const char* const usage = R"({"limit":"none","usage":4,"percentage":"0.00","throttled":false})";
  CHECK(home.ask("POST", "/1.2/usage-limit", "api_key=" + home.key).body == usage);
  CHECK(home.ask("GET", "/1.2/usage-limit?api_key=" + home.key).body == usage);
  CHECK(
      home.ask("GET", "/1.2/usage-limit?extended=true&api_key=" + home.key).body ==
      R"({"limit":"none","usage":4,"percentage":"0.00","throttled":false,"notice_level":0,"upgrade":false})");
  home.installation.now += 30LL * 86'400'000;
  CHECK(home.ask("GET", "/1.2/usage-limit?api_key=" + home.key).body ==
        R"({"limit":"none","usage":0,"percentage":"0.00","throttled":false})");
}

TEST_CASE("key-sites as JSON and CSV") {
  const Account home;
  const std::string call = "/1.2/key-sites?api_key=" + home.key;
  const char* const a =
      R"({"site":"a.example","api_calls":"3","spam":"2","ham":"1","missed_spam":"1","false_positives":"0","is_revoked":false})";
  const char* const b =
      R"({"site":"b.example","api_calls":"1","spam":"0","ham":"1","missed_spam":"0","false_positives":"0","is_revoked":false})";
  const auto listed = [](const std::string& sites, int limit, int offset, int total) {
    return "{\"2023-11\":[" + sites + "],\"limit\":" + std::to_string(limit) +
           ",\"offset\":" + std::to_string(offset) + ",\"total\":" + std::to_string(total) + "}";
  };
  CHECK(home.ask("GET", call).body == listed(std::string(a) + "," + b, 500, 0, 2));
  CHECK(home.ask("POST", "/1.2/key-sites", "month=2023-11&order=spam&limit=1&api_key=" + home.key).body ==
        listed(a, 1, 0, 2));
  CHECK(home.ask("GET", call + "&limit=1&offset=1").body == listed(b, 1, 1, 2));
  CHECK(home.ask("GET", call + "&filter=B.EX").body == listed(b, 500, 0, 1));
  CHECK(home.ask("GET", call + "&limit=0&offset=-7").body == listed(a, 1, 0, 2));
  CHECK(home.ask("GET", call + "&limit=99999&offset=nonsense").body ==
        listed(std::string(a) + "," + b, 500, 0, 2));
  CHECK(home.ask("GET", call + "&month=2023-10").body ==
        R"({"2023-10":[],"limit":500,"offset":0,"total":0})");

  const Reply csv = home.ask("GET", call + "&format=csv&limit=10");
  CHECK(csv.content_type == "text/csv; charset=utf-8");
  CHECK(csv.body == "Active sites for " + home.key +
                        " during 2023-11 (limit:10, offset: 0, total: 2)\n"
                        "Site,Total API Calls,Spam,Ham,Missed Spam,False Positives,Is Revoked\n"
                        "a.example,3,2,1,1,0,false\nb.example,1,0,1,0,0,false");
}

TEST_CASE("key-sites wants a month that is one") {
  const Account home;
  for (const char* month :
       {"2023-13", "2023-1", "202311", "2023-00", "1969-12", "x", "2023-11-01", "-023-11"}) {
    CAPTURE(month);
    const Reply reply =
        home.ask("GET", "/1.2/key-sites?api_key=" + home.key + "&month=" + std::string(month));
    CHECK(reply.status == 200);
    CHECK(reply.body == "invalid");
    CHECK(header(reply, "X-akismet-debug-help") == "The month is not of the form YYYY-MM.");
  }
}

TEST_CASE("a site with a comma in its path is one field of the CSV") {
  const Account home;
  home.check("c.example/%22a%22,b", "hello");
  CHECK(home.ask("GET", "/1.2/key-sites?format=csv&filter=c.example&api_key=" + home.key)
            .body.ends_with("\n\"c.example/\"\"a\"\",b\",1,0,1,0,0,false"));
}

TEST_CASE("token, deactivate, test, compatible-plugins, verify-wpcom-key") {
  const Account home;
  const std::string token = home.post("/1.1/token", "blog=a.example").body;
  CHECK(token.size() == 32);
  CHECK(token.find(home.key) == std::string::npos);
  CHECK(home.post("/1.1/token", "").body == token);
  CHECK(home.post("/1.1/deactivate", "blog=a.example").body == "deactivated");
  CHECK(home.ask("GET", "/1.1/test").body == "connected");
  CHECK(home.ask("GET", "/1.2/compatible-plugins").body == "[]");
  const Json account =
      must(parse_json(home.ask("POST", "/1.1/verify-wpcom-key", "user_id=7&api_key=" + home.key).body));
  CHECK(account["api_key"] == home.key);
  CHECK(account["status"] == "active");
}

}  // namespace
}  // namespace winnow::http
