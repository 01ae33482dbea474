#include "service/http/admin/settings.h"

#include <doctest/doctest.h>

#include "service/http/admin/audit.h"
#include "tests/unit/service/http/admin/signed_in.h"

namespace winnow::http::admin {
namespace {

Json json_of(const Reply& reply) {
  return *parse_json(reply.body);
}

TEST_CASE("settings are shown with where they came from and what they are") {
  Exchange home;
  home.context.settings = {{"quorum", "4", "flag"}, {"rules", "/etc/winnow/rules", "file w.toml:3"}};
  Request request;
  const Json shown = json_of(settings(home.context, Call{request, "", {}, {}}));
  REQUIRE(shown.at("settings").size() == 2);
  const Json& quorum = shown.at("settings").at(0);
  CHECK(quorum.at("name") == "quorum");
  CHECK(quorum.at("value") == "4");
  CHECK(quorum.at("source") == "flag");
  CHECK(quorum.at("description").get<std::string>().find("ndependent sites") != std::string::npos);
}

TEST_CASE("the log is read page by page, newest first") {
  Exchange home;
  const SiteId site = must(home.installation.store->add_site("a.example", 1)).id;
  const Browser owner = sign_in_as(home, Role::kOwner, {true, {}}, "Ann");
  Request request;
  request.remote_addr = "203.0.113.7";
  Call call{request, "", {}, {}};
  call.person.name = "Ann";
  record(home.context, call, "list.add", site, {{"pattern", "x"}});
  record(home.context, call, "verdict.delete", site, {{"verdicts", {"v"}}});
  record(home.context, call, "model.promote");
  const auto page = [&](const char* query) {
    return home.ask("GET", std::string("/api/v1/admin/log") + query, "", owner.headers());
  };
  const Json first = json_of(page("?limit=2"));
  REQUIRE(first.at("entries").size() == 2);
  CHECK(first.at("entries").at(0).at("act") == "model.promote");
  CHECK(first.at("entries").at(0).at("site").is_null());
  CHECK(first.at("entries").at(1).at("act") == "verdict.delete");
  CHECK(first.at("entries").at(1).at("by") == "Ann");
  CHECK(first.at("entries").at(1).at("site") == Json{{"id", site}, {"url", "a.example"}});
  CHECK(first.at("entries").at(1).at("what") == Json{{"verdicts", {"v"}}});
  CHECK(first.at("entries").at(1).at("client") == "203.0.113.0/24");
  const Json second =
      json_of(page(("?limit=2&before=" + std::to_string(first.at("next").get<int>())).c_str()));
  REQUIRE(second.at("entries").size() == 1);
  CHECK(second.at("entries").at(0).at("act") == "list.add");
  CHECK(second.at("next").is_null());
  const Json deletions = json_of(page("?only=deletions"));
  REQUIRE(deletions.at("entries").size() == 1);
  CHECK(deletions.at("entries").at(0).at("act") == "verdict.delete");
  for (const char* bad : {"?limit=0", "?limit=201", "?before=x", "?only=all"}) {
    CAPTURE(bad);
    CHECK(page(bad).status == 400);
  }
}

}  // namespace
}  // namespace winnow::http::admin
