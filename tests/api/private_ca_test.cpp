// tools/integrations/private-ca/make-ca; that its certificates are good is seen in tls_test.cpp.
#include <doctest/doctest.h>

#include "tests/api/winnowd_process.h"
#include "tests/source_dir.h"

namespace winnow::api_test {
namespace {

namespace fs = std::filesystem;

Ended make_ca(const std::vector<std::string>& words) {
  return run_program(source_dir() + "/tools/integrations/private-ca/make-ca", words);
}

TEST_CASE("make-ca keeps keys to their owner and overwrites nothing") {
  const Installation home;
  const fs::path dir = home.data().parent_path() / "tls";
  REQUIRE(make_ca({dir}).exit_code == 0);
  for (const char* key : {"ca.key", "server.key"})
    CHECK(fs::status(dir / key).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  const std::string authority = read_text(dir / "ca.pem");
  const std::string certificate = read_text(dir / "server.pem");
  const Ended again = make_ca({dir});
  CHECK(again.exit_code == 1);
  CHECK(again.output.find("server.pem is there already") != std::string::npos);
  CHECK(read_text(dir / "server.pem") == certificate);

  fs::remove(dir / "server.pem");
  fs::remove(dir / "server.key");
  CHECK(make_ca({dir}).exit_code == 0);
  CHECK(read_text(dir / "ca.pem") == authority);
  CHECK(read_text(dir / "server.pem") != certificate);
}

TEST_CASE("make-ca's authority is good for its names alone") {
  const Installation home;
  const fs::path dir = home.data().parent_path() / "tls";
  REQUIRE(
      make_ca({dir, "winnow.example.org", "*.winnow.example.org", "192.0.2.10", "2001:db8::10"}).exit_code ==
      0);
  for (const std::string other : {"example.org", "rest.akismet.com", "192.0.2.11", "2001:db8::11"}) {
    CAPTURE(other);
    fs::remove(dir / "server.pem");
    fs::remove(dir / "server.key");
    const Ended refused = make_ca({dir, other});
    CHECK(refused.exit_code == 1);
    CHECK(refused.output.find("cannot sign for") != std::string::npos);
    CHECK_FALSE(fs::exists(dir / "server.pem"));
  }
  CHECK(make_ca({dir, "KEY.winnow.example.org"}).exit_code == 0);
  CHECK(make_ca({dir / "more", "a b"}).exit_code == 1);
  CHECK(make_ca({}).exit_code == 2);
}

}  // namespace
}  // namespace winnow::api_test
