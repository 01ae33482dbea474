#include <doctest/doctest.h>

#include "service/people.h"
#include "service/totp.h"
#include "tests/unit/service/http/admin/signed_in.h"

namespace winnow::http::admin {
namespace {

constexpr const char* kPassword = "correct horse";

// A house with Ann, its owner, who has a password.
struct House : Exchange {
  Account ann = must(winnow::add_person(*installation.store, context.sign_in_guard->passwords,
                                        {"Ann", Role::kOwner, {true, {}}, kPassword}, installation.now));

  Reply sign_in(const Json& credentials) const {
    return ask("POST", "/api/v1/admin/session", to_text(credentials));
  }
  // Ann's browser.
  Browser browser() const {
    const Reply reply = sign_in({{"name", "Ann"}, {"password", kPassword}});
    REQUIRE(reply.status == 200);
    const std::string cookie = header(reply, "Set-Cookie");
    return {ann.person.id, cookie.substr(std::string_view("winnow_session=").size(), 64),
            parse_json(reply.body)->at("csrf")};
  }
  std::vector<Act> acts() const { return must(installation.store->acts({false, 0, 100})); }
};

TEST_CASE("the first person sets winnow up with the code, once") {
  Exchange home;
  const auto needed = [&] { return parse_json(home.ask("GET", "/api/v1/admin/setup").body)->at("needed"); };
  CHECK(needed() == true);
  Json body = {{"code", "000000000000000000000000"}, {"name", "Ann"}, {"password", kPassword}};
  CHECK(home.ask("POST", "/api/v1/admin/setup", to_text(body)).status == 403);
  body["code"] = set_up_code(home.installation.secret);
  body["password"] = "short";
  const Reply bad = home.ask("POST", "/api/v1/admin/setup", to_text(body));
  CHECK(bad.status == 400);
  CHECK(parse_json(bad.body)->at("field") == "password");
  CHECK(needed() == true);
  body["password"] = kPassword;
  const Reply made = home.ask("POST", "/api/v1/admin/setup", to_text(body));
  CHECK(made.status == 201);
  CHECK(header(made, "Set-Cookie").starts_with("winnow_session="));
  const Json json = *parse_json(made.body);
  CHECK(json.at("person").at("role") == "owner");
  CHECK(json.at("person").at("sites").is_null());
  CHECK(needed() == false);
  CHECK(home.ask("POST", "/api/v1/admin/setup", to_text(body)).status == 409);
  CHECK(must(home.installation.store->accounts()).size() == 1);
}

TEST_CASE("the set-up code cannot be guessed for long") {
  Exchange home;
  const std::string body = R"({"code":"x","name":"Ann","password":"correct horse"})";
  for (int i = 0; i < 5; ++i) CHECK(home.ask("POST", "/api/v1/admin/setup", body).status == 403);
  const Reply wait = home.ask("POST", "/api/v1/admin/setup", body);
  CHECK(wait.status == 429);
  CHECK(header(wait, "Retry-After") == "30");
}

TEST_CASE("signing in gives a cookie that scripts and other sites do not get") {
  const House house;
  const Reply reply = house.sign_in({{"name", "ann"}, {"password", kPassword}});
  CHECK(reply.status == 200);
  const std::string cookie = header(reply, "Set-Cookie");
  CHECK(cookie.find("; HttpOnly") != std::string::npos);
  CHECK(cookie.find("; SameSite=Strict") != std::string::npos);
  CHECK(cookie.find("; Path=/") != std::string::npos);
  CHECK(cookie.find("; Max-Age=2592000") != std::string::npos);
  CHECK(cookie.find("Secure") == std::string::npos);
  CHECK(header(reply, "Cache-Control") == "no-store");
  const Json json = *parse_json(reply.body);
  CHECK(json.at("person").at("name") == "Ann");
  CHECK(json.at("person").at("second_factor") == false);
  CHECK(json.at("csrf").get<std::string>().size() == 64);
  CHECK(house.acts().front().act == "session.begin");
  CHECK(house.acts().front().by == "Ann");

  Request over_tls;
  over_tls.method = "POST";
  over_tls.path = "/api/v1/admin/session";
  over_tls.body = to_text(Json{{"name", "ann"}, {"password", kPassword}});
  over_tls.is_https = true;
  CHECK(header(house.router.answer(over_tls), "Set-Cookie").ends_with("; Secure"));
}

TEST_CASE("a wrong name and a wrong password are answered alike, and noted without a name that nobody has") {
  const House house;
  const Reply password = house.sign_in({{"name", "Ann"}, {"password", "wrong guess"}});
  const Reply name = house.sign_in({{"name", "my secret password"}, {"password", kPassword}});
  CHECK(password.status == 401);
  CHECK(name.status == 401);
  CHECK(password.body == name.body);
  CHECK(header(password, "Set-Cookie").empty());
  const std::vector<Act> acts = house.acts();
  REQUIRE(acts.size() == 2);
  CHECK(acts[1].act == "session.refuse");
  CHECK(acts[1].what == R"({"reason":"password","name":"Ann"})");
  CHECK(acts[0].what == R"({"reason":"password"})");
  CHECK(acts[0].by.empty());
}

TEST_CASE("bodies that are not what sign-in takes; pages of other sites") {
  const House house;
  for (const char* body : {"", "[]", "{}", R"({"name":"Ann"})", R"({"name":1,"password":"x"})",
                           R"({"name":"Ann","password":"correct horse","role":"owner"})"}) {
    CAPTURE(body);
    CHECK(house.ask("POST", "/api/v1/admin/session", body).status == 400);
  }
  CHECK(house
            .ask("POST", "/api/v1/admin/session", to_text(Json{{"name", "Ann"}, {"password", kPassword}}),
                 {{"origin", "https://evil.example"}, {"host", "w.example"}})
            .status == 403);
}

TEST_CASE("after five wrong tries sign-in waits") {
  House house;
  for (int i = 0; i < 5; ++i)
    CHECK(house.sign_in({{"name", "Ann"}, {"password", "wrong guess"}}).status == 401);
  const Reply wait = house.sign_in({{"name", "Ann"}, {"password", kPassword}});
  CHECK(wait.status == 429);
  CHECK(header(wait, "Retry-After") == "30");
  house.installation.now += 30'000;
  CHECK(house.sign_in({{"name", "Ann"}, {"password", kPassword}}).status == 200);
}

TEST_CASE("a session is shown, and over when its person signs out") {
  const House house;
  const Browser browser = house.browser();
  const Reply shown = house.ask("GET", "/api/v1/admin/session", "", browser.headers());
  CHECK(shown.status == 200);
  CHECK(parse_json(shown.body)->at("csrf") == browser.csrf);
  CHECK(house.ask("DELETE", "/api/v1/admin/session", "", {browser.headers().front()}).status == 403);
  const Reply out = house.ask("DELETE", "/api/v1/admin/session", "", browser.headers());
  CHECK(out.status == 204);
  CHECK(header(out, "Set-Cookie").starts_with("winnow_session=;"));
  CHECK(header(out, "Set-Cookie").find("Max-Age=0") != std::string::npos);
  CHECK(house.ask("GET", "/api/v1/admin/session", "", browser.headers()).status == 401);
}

TEST_CASE("signing in again ends the session that the browser had") {
  const House house;
  const Browser before = house.browser();
  house.ask("POST", "/api/v1/admin/session", to_text(Json{{"name", "Ann"}, {"password", kPassword}}),
            {before.headers().front()});
  CHECK(house.ask("GET", "/api/v1/admin/session", "", before.headers()).status == 401);
}

TEST_CASE("a new password needs the old one, and ends the other sessions") {
  const House house;
  const Browser here = house.browser();
  const Browser elsewhere = house.browser();
  const auto change = [&](const char* password, const char* wanted) {
    return house.ask("POST", "/api/v1/admin/session/password",
                     to_text(Json{{"password", password}, {"new_password", wanted}}), here.headers());
  };
  CHECK(change("wrong guess", "battery staple").status == 403);
  const Reply weak = change(kPassword, "short");
  CHECK(weak.status == 400);
  CHECK(parse_json(weak.body)->at("field") == "new_password");
  CHECK(change(kPassword, "battery staple").status == 204);
  CHECK(house.ask("GET", "/api/v1/admin/session", "", here.headers()).status == 200);
  CHECK(house.ask("GET", "/api/v1/admin/session", "", elsewhere.headers()).status == 401);
  CHECK(house.sign_in({{"name", "Ann"}, {"password", kPassword}}).status == 401);
  CHECK(house.sign_in({{"name", "Ann"}, {"password", "battery staple"}}).status == 200);
  CHECK(house.acts()[2].act == "password.change");
}

TEST_CASE("the language of the pages") {
  const House house;
  const Browser browser = house.browser();
  const auto set = [&](const char* language) {
    return house
        .ask("POST", "/api/v1/admin/session/language", to_text(Json{{"language", language}}),
             browser.headers())
        .status;
  };
  CHECK(set("de") == 204);
  const Reply shown = house.ask("GET", "/api/v1/admin/session", "", browser.headers());
  CHECK(parse_json(shown.body)->at("person").at("language") == "de");
  CHECK(set("xx") == 400);
  CHECK(set("") == 204);
}

TEST_CASE("a second factor is on once a code of it was shown, and off with the password") {
  House house;
  const Browser browser = house.browser();
  const std::string path = "/api/v1/admin/session/second-factor";
  CHECK(house.ask("PUT", path, R"({"code":"123456"})", browser.headers()).status == 409);
  CHECK(house.ask("POST", path, R"({"password":"wrong guess"})", browser.headers()).status == 403);
  const Reply begun = house.ask("POST", path, to_text(Json{{"password", kPassword}}), browser.headers());
  REQUIRE(begun.status == 200);
  const Account pending = *must(house.installation.store->account(house.ann.person.id));
  CHECK(pending.second_factor.empty());
  const std::string secret = must(house.installation.secret.unseal(pending.pending_factor));
  CHECK(parse_json(begun.body)->at("secret") == base32(secret));
  CHECK(house.sign_in({{"name", "Ann"}, {"password", kPassword}}).status == 200);
  const std::string code = totp_code(secret, totp_step(house.installation.now));
  CHECK(house.ask("PUT", path, R"({"code":"nocode"})", browser.headers()).status == 403);
  CHECK(house.ask("PUT", path, to_text(Json{{"code", code}}), browser.headers()).status == 204);

  const Reply asked = house.sign_in({{"name", "Ann"}, {"password", kPassword}});
  CHECK(asked.status == 401);
  CHECK(parse_json(asked.body)->at("code_needed") == true);
  const Reply used = house.sign_in({{"name", "Ann"}, {"password", kPassword}, {"code", code}});
  CHECK(used.status == 401);
  CHECK(parse_json(used.body)->at("code_needed") == true);
  house.installation.now += 30'000;
  const std::string next = totp_code(secret, totp_step(house.installation.now));
  CHECK(house.sign_in({{"name", "Ann"}, {"password", kPassword}, {"code", next}}).status == 200);

  CHECK(house.ask("POST", path + "/off", R"({"password":"wrong guess"})", browser.headers()).status == 403);
  CHECK(house.ask("POST", path + "/off", to_text(Json{{"password", kPassword}}), browser.headers()).status ==
        204);
  CHECK(house.sign_in({{"name", "Ann"}, {"password", kPassword}}).status == 200);
}

TEST_CASE("a program has a session to look at, and none to change") {
  House house;
  const std::string key = house.installation.add_token({});
  const std::vector<Field> bearer = {{"authorization", "Bearer " + key}};
  const Reply shown = house.ask("GET", "/api/v1/admin/session", "", bearer);
  CHECK(shown.status == 200);
  CHECK(parse_json(shown.body)->at("person").at("name") == "key " + hint_of(key));
  CHECK(parse_json(shown.body)->at("csrf").is_null());
  CHECK(house.ask("POST", "/api/v1/admin/session/language", R"({"language":"de"})", bearer).status == 403);
  CHECK(house
            .ask("POST", "/api/v1/admin/session/password",
                 R"({"password":"correct horse","new_password":"battery staple"})", bearer)
            .status == 403);
}

}  // namespace
}  // namespace winnow::http::admin
