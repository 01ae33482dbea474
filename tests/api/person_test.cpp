// winnow person, the real CLI.
#include "tests/api/cli_run.h"

namespace winnow::api_test {
namespace {

TEST_CASE("the set-up link is printed until there is a person") {
  const Home home;
  const CliEnded link = home.winnow("person setup");
  CHECK(link.code == 0);
  CHECK(link.out.starts_with("http://127.0.0.1:8420/admin#setup="));
  CHECK(home.winnow("person setup").out == link.out);
  CHECK(json_of(home.winnow("person setup --json")).at("link").get<std::string>() + "\n" == link.out);
  const CliEnded elsewhere = run_shell(
      "WINNOW_LISTEN= WINNOW_LISTEN_TLS=0.0.0.0:8443 WINNOW_TLS_CERTIFICATE=c "
      "WINNOW_TLS_KEY=k " +
      cli_settings(home.installation) + WINNOW_CLI " person setup");
  CHECK(elsewhere.out.starts_with("https://localhost:8443/admin#setup="));
  CHECK(home.winnow("person add Ann --role owner --generate").code == 0);
  const CliEnded late = home.winnow("person setup");
  CHECK(late.code == 1);
  CHECK(late.out.starts_with("winnow: there is a person already"));
}

TEST_CASE("people are added, listed and removed") {
  const Home home;
  CHECK(home.winnow("site add a.example").code == 0);
  const auto password = home.file("password", "correct horse\n");
  const CliEnded ann = home.winnow("person add Ann --role owner < " + password);
  CHECK(ann.code == 0);
  CHECK(ann.out == "added Ann (owner)\n");
  const Json max = json_of(home.winnow("person add Max --role moderator --site a.example --generate --json"));
  CHECK(max.at("name") == "Max");
  CHECK(max.at("password").get<std::string>().size() == 20);
  const Json list = *parse_json(home.winnow("person list --json").out);
  REQUIRE(list.size() == 2);
  CHECK(list.at(0).at("sites").is_null());
  CHECK(list.at(1).at("role") == "moderator");
  CHECK(list.at(1).at("sites") == Json::array({"a.example"}));
  CHECK(list.at(1).at("last_seen").is_null());
  const CliEnded table = home.winnow("person list");
  CHECK(table.out.starts_with("ID"));
  CHECK(table.out.find("never") != std::string::npos);
  CHECK(table.out.find("argon2") == std::string::npos);
  CHECK(home.winnow("person remove max").code == 0);
  CHECK(home.winnow("person remove max").code == 1);
  CHECK(parse_json(home.winnow("person list --json").out)->size() == 1);
}

TEST_CASE("what cannot be is told, and changes nothing") {
  const Home home;
  const auto password = home.file("password", "correct horse\n");
  const auto weak = home.file("weak", "short\n");
  CHECK(home.winnow("person add Ann --role owner < " + password).code == 0);
  struct {
    std::string words;
    int code;
    const char* told;
  } const cases[] = {
      {"person add Bob --role admin < " + password, 2, "--role"},
      {"person add Bob --role owner --site a.example < " + password, 2, "an owner sees all sites"},
      {"person add Bob --role viewer --site a.example < " + password, 1, "a.example"},
      {"person add ann --role viewer < " + password, 1, "of this name already"},
      {"person add Bob --role viewer < " + weak, 1, "at least 10 characters"},
      {"person add Bob --role viewer < /dev/null", 1, "at least 10 characters"},
      {"person remove Ann", 1, "last owner"},
      {"person remove Bob", 1, "there is no person Bob"},
      {"person password Ann < " + weak, 1, "at least 10 characters"},
      {"person second-factor Ann", 2, "--off"},
  };
  for (const auto& [words, code, told] : cases) {
    CAPTURE(words);
    const CliEnded ended = home.winnow(words);
    CHECK(ended.code == code);
    CHECK(ended.out.find(told) != std::string::npos);
  }
  CHECK(parse_json(home.winnow("person list --json").out)->size() == 1);
}

TEST_CASE("a password is set anew, a second factor taken off") {
  const Home home;
  CHECK(home.winnow("person add Ann --role owner --generate").code == 0);
  const CliEnded made = home.winnow("person password ann --generate");
  CHECK(made.code == 0);
  CHECK(made.out.find("not shown again") != std::string::npos);
  CHECK(json_of(home.winnow("person password ann --generate --json")).at("password").is_string());
  const CliEnded off = home.winnow("person second-factor ann --off");
  CHECK(off.code == 0);
  CHECK(off.out.find("password alone") != std::string::npos);
}

}  // namespace
}  // namespace winnow::api_test
