#include "service/http/health.h"

#include <doctest/doctest.h>

#include "classifier/json.h"
#include "tests/unit/service/full_disk_store.h"
#include "tests/unit/service/http/exchange.h"

namespace winnow::http {
namespace {

TEST_CASE("alive and ready") {
  const Exchange home;
  const Reply alive = home.ask("GET", "/healthz");
  CHECK(alive.status == 200);
  CHECK(parse_json(alive.body)->at("status") == "ok");
  const Reply ready = home.ask("GET", "/readyz");
  CHECK(ready.status == 200);
  CHECK(parse_json(ready.body)->at("model") == "small");
}

TEST_CASE("alive but not ready: the store does not answer") {
  Exchange home;
  FullDiskStore full(*home.installation.store);
  const Services services = home.installation.on(full);
  const Router router({services, home.installation.secret, {{}, 10}, {}, kTestBody});
  Request request;
  request.method = "GET";
  request.path = "/readyz";
  CHECK(router.answer(request).status == 503);
  request.path = "/healthz";
  CHECK(router.answer(request).status == 200);
}

}  // namespace
}  // namespace winnow::http
