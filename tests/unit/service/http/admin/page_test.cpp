#include <doctest/doctest.h>

#include "tests/unit/service/http/exchange.h"

namespace winnow::http::admin {
namespace {

TEST_CASE("the page and its files are served with their types") {
  const Exchange home;
  struct {
    const char* path;
    const char* type;
    const char* begin;
  } const cases[] = {
      {"/admin", "text/html; charset=utf-8", "<!doctype html>"},
      {"/admin/", "text/html; charset=utf-8", "<!doctype html>"},
      {"/admin/index.html", "text/html; charset=utf-8", "<!doctype html>"},
      {"/admin/chart.js", "text/javascript; charset=utf-8", "/*!\n * Chart.js v"},
      {"/admin/bootstrap.css", "text/css; charset=utf-8", "/*!\n   * Bootstrap Reboot v5"},
  };
  for (const auto& [path, type, begin] : cases) {
    CAPTURE(path);
    const Reply reply = home.ask("GET", path);
    CHECK(reply.status == 200);
    CHECK(reply.content_type == type);
    CHECK(reply.body.starts_with(begin));
    CHECK(header(reply, "Cache-Control") == "no-cache");
    CHECK(header(reply, "X-Content-Type-Options") == "nosniff");
    CHECK(header(reply, "Content-Security-Policy").find("script-src 'self';") != std::string::npos);
    CHECK(header(reply, "Content-Security-Policy").find("unsafe") == std::string::npos);
  }
}

TEST_CASE("a browser that has the file is told so") {
  const Exchange home;
  const std::string etag = header(home.ask("GET", "/admin/chart.js"), "ETag");
  CHECK(etag.size() > 2);
  const Reply again = home.ask("GET", "/admin/chart.js", "", {{"if-none-match", "\"1\", W/" + etag}});
  CHECK(again.status == 304);
  CHECK(again.body.empty());
  CHECK(header(again, "ETag") == etag);
  CHECK(home.ask("GET", "/admin/bootstrap.css", "", {{"if-none-match", etag}}).status == 200);
}

TEST_CASE("there is no other file") {
  const Exchange home;
  for (const char* path : {"/admin/nothing.js", "/admin/..", "/admin/../secret", "/admin/chart"}) {
    CAPTURE(path);
    CHECK(home.ask("GET", path).status == 404);
  }
  CHECK(home.ask("POST", "/admin").status == 405);
}

}  // namespace
}  // namespace winnow::http::admin
