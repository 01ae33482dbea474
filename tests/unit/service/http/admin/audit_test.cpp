#include "service/http/admin/audit.h"

#include <doctest/doctest.h>

#include "tests/unit/service/full_disk_store.h"
#include "tests/unit/service/http/exchange.h"

namespace winnow::http::admin {
namespace {

TEST_CASE("an act is noted with who did it, when, and from which network") {
  Exchange home;
  Request request;
  request.remote_addr = "203.0.113.77";
  Call call{request, "", {}, {}};
  call.person.id = 4;
  call.person.name = "Ann";
  record(home.context, call, "list.add", 2, {{"pattern", "*.example"}});
  record(home.context, call, "model.promote");
  const std::vector<Act> acts = must(home.installation.store->acts({false, 0, 10}));
  REQUIRE(acts.size() == 2);
  CHECK(acts[1].at == home.installation.now);
  CHECK(acts[1].person == 4);
  CHECK(acts[1].by == "Ann");
  CHECK(acts[1].act == "list.add");
  CHECK(acts[1].site == 2);
  CHECK(acts[1].what == R"({"pattern":"*.example"})");
  CHECK(acts[1].client == "203.0.113.0/24");
  CHECK(acts[0].what == "{}");
  CHECK_FALSE(acts[0].site.has_value());
}

TEST_CASE("an act that cannot be noted is no failure of the call") {
  Exchange home;
  FullDiskStore full(*home.installation.store);
  const Services services = home.installation.on(full);
  const Context context{services, home.installation.secret, {{}, 10}, {}, kTestBody};
  Request request;
  record(context, Call{request, "", {}, {}}, "list.add");
  CHECK(must(home.installation.store->acts({false, 0, 10})).empty());
}

}  // namespace
}  // namespace winnow::http::admin
