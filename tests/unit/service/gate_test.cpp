#include "service/gate.h"

#include <doctest/doctest.h>

#include "tests/unit/service/installation.h"

namespace winnow {
namespace {

using Outcome = Entrance::Outcome;

constexpr KeyScopes kCheck = {KeyScope::kCheck};
constexpr const char* kHere = "203.0.113.7";
constexpr const char* kElsewhere = "198.51.100.1";

// Ten requests a second and a hundred at once, three wrong keys a minute and six in total.
constexpr GateRates kRates = {10, 10, 3, 6};

struct House {
  Installation home;
  Gate gate{kRates};

  Entrance enter(const std::string& key, const char* client = kHere, KeyScopes any_of = kCheck) {
    return gate.enter(*home.store, home.secret, key, client, any_of, home.now);
  }
  Outcome outcome(const std::string& key, const char* client = kHere) { return enter(key, client).outcome; }
  static std::string wrong_key() { return generate_key(KeyKind::kAkismet); }
  // Until the next wrong key of this client is not looked at.
  void guess_all(const char* client = kHere) {
    for (int i = 0; i < 3; ++i) CHECK(outcome(wrong_key(), client) == Outcome::kUnknown);
    CHECK(outcome(wrong_key(), client) == Outcome::kTooMany);
  }
};

TEST_CASE("a key enters with its scope") {
  House house;
  const std::string key = house.home.add_token({}, kCheck);
  CHECK(house.outcome(key) == Outcome::kLetIn);
  CHECK(house.enter(key, kHere, kCheckAndFeedback).outcome == Outcome::kLetIn);
  const Entrance lacks = house.enter(key, kHere, {KeyScope::kFeedback, KeyScope::kAdmin});
  CHECK(lacks.outcome == Outcome::kLacksScope);
  CHECK(lacks.error.kind == ErrorKind::kForbidden);
  CHECK(lacks.error.message.find("feedback or admin") != std::string::npos);
  CHECK(house.enter(key, kHere, {}).outcome == Outcome::kLacksScope);
  must(house.home.store->suspend_key(house.home.last_key, 1));
  CHECK(house.outcome(key) == Outcome::kSuspended);
  must(house.home.store->revoke_key(house.home.last_key, 1));
  CHECK(house.outcome(key) == Outcome::kUnknown);
}

TEST_CASE("from other networks than its own a key is as unknown") {
  House house;
  const std::string key =
      house.home.add({.networks = {"203.0.113.0/24", "2001:db8::/32"}}, House::wrong_key());
  for (const char* client : {"203.0.113.7", "203.0.113.255", "2001:db8:1::1"})
    CHECK(house.outcome(key, client) == Outcome::kLetIn);
  for (const char* client : {"203.0.114.7", "2001:db9::1", ""}) {
    const Entrance refused = house.enter(key, client);
    CHECK(refused.outcome == Outcome::kUnknown);
    CHECK(refused.error.message == unknown_key().message);
    CHECK(refused.key.id == 0);
  }
  // It was a guess like any other.
  CHECK(house.outcome(House::wrong_key(), "203.0.114.7") == Outcome::kUnknown);
  CHECK(house.outcome(House::wrong_key(), "203.0.114.7") == Outcome::kUnknown);
  CHECK(house.outcome(House::wrong_key(), "203.0.114.7") == Outcome::kTooMany);
}

TEST_CASE("who guesses must wait, and the right key is not found meanwhile") {
  House house;
  const std::string key = house.home.add_key("a.example");
  house.guess_all();
  const Entrance refused = house.enter(key);
  CHECK(refused.outcome == Outcome::kTooMany);
  CHECK(refused.error.kind == ErrorKind::kTooMany);
  CHECK(refused.error.wait_seconds == 20);
  CHECK(house.outcome(key, kElsewhere) == Outcome::kLetIn);
  house.home.now += 20'000;
  CHECK(house.outcome(House::wrong_key()) == Outcome::kUnknown);
  CHECK(house.outcome(House::wrong_key()) == Outcome::kTooMany);
  CHECK(house.gate.counts().unknown_by_client == 3);
}

TEST_CASE("a key in use goes on while somebody guesses from its address") {
  House house;
  const std::string key = house.home.add_key("a.example"), other = house.home.add_key("b.example");
  CHECK(house.outcome(key) == Outcome::kLetIn);
  CHECK(house.outcome(other, kElsewhere) == Outcome::kLetIn);
  house.guess_all();
  CHECK(house.outcome(key) == Outcome::kLetIn);
  // That it was shown elsewhere makes no guess of it here.
  CHECK(house.outcome(other) == Outcome::kTooMany);
  CHECK(house.outcome(other, kElsewhere) == Outcome::kLetIn);
}

TEST_CASE("good keys use up nothing of what wrong ones may") {
  House house;
  for (int i = 0; i < 10; ++i) {
    CHECK(house.outcome(house.home.add_key("")) == Outcome::kLetIn);
    house.home.now += 1000;
  }
  house.guess_all();
}

TEST_CASE("one wrong key shown again and again is one guess; it is good once it is made") {
  House house;
  const std::string revoked = house.home.add_key("a.example");
  must(house.home.store->revoke_key(house.home.last_key, 1));
  const std::string wrong = House::wrong_key();
  for (int i = 0; i < 20; ++i) {
    CHECK(house.outcome(revoked) == Outcome::kUnknown);
    CHECK(house.outcome(wrong) == Outcome::kUnknown);
  }
  CHECK(house.outcome(House::wrong_key()) == Outcome::kUnknown);
  CHECK(house.outcome(House::wrong_key()) == Outcome::kTooMany);
  house.home.add({}, wrong);
  CHECK(house.outcome(wrong) == Outcome::kLetIn);
}

TEST_CASE("what has not the form of a key is no guess") {
  House house;
  for (int i = 0; i < 20; ++i) CHECK(house.outcome("no key " + std::to_string(i)) == Outcome::kUnknown);
  CHECK(house.gate.counts().unknown_by_client == 0);
  house.guess_all();
}

TEST_CASE("wrong keys from many addresses are limited together") {
  House house;
  const std::string key = house.home.add_key("a.example");
  CHECK(house.outcome(key) == Outcome::kLetIn);
  for (const char* client : {"192.0.2.1", "192.0.2.2"})
    for (int i = 0; i < 3; ++i) CHECK(house.outcome(House::wrong_key(), client) == Outcome::kUnknown);
  const Entrance refused = house.enter(House::wrong_key(), "192.0.2.3");
  CHECK(refused.outcome == Outcome::kTooMany);
  CHECK(refused.error.wait_seconds == 10);
  CHECK(house.gate.counts().unknown_in_total == 1);
  CHECK(house.outcome(key) == Outcome::kLetIn);
}

TEST_CASE("of an IPv6 address the /64 counts, of an IPv4 address all") {
  House house;
  house.guess_all("2001:db8:0:1::1");
  CHECK(house.outcome(House::wrong_key(), "2001:db8:0:1:ffff::2") == Outcome::kTooMany);
  CHECK(house.outcome(House::wrong_key(), "2001:db8:0:2::1") == Outcome::kUnknown);
  CHECK(house.outcome(House::wrong_key(), "203.0.113.8") == Outcome::kUnknown);
}

TEST_CASE("a key may ask so often, whatever the address; another key goes on") {
  House house;
  const std::string key = house.home.add_key("a.example"), other = house.home.add_key("a.example");
  for (int i = 0; i < 100; ++i) CHECK(house.outcome(key, i % 2 ? kHere : kElsewhere) == Outcome::kLetIn);
  const Entrance refused = house.enter(key);
  CHECK(refused.outcome == Outcome::kTooMany);
  CHECK(refused.error.wait_seconds == 1);
  CHECK(house.outcome(other) == Outcome::kLetIn);
  house.home.now += 100;
  CHECK(house.outcome(key) == Outcome::kLetIn);
  CHECK(house.gate.counts().by_key == 1);
}

TEST_CASE("a client may ask so often, whatever it asks") {
  House house;
  for (int i = 0; i < 100; ++i) CHECK(house.gate.come(kHere, house.home.now).ok());
  const Result<void> refused = house.gate.come(kHere, house.home.now);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == ErrorKind::kTooMany);
  CHECK(refused.error().wait_seconds == 1);
  CHECK(house.gate.come(kElsewhere, house.home.now).ok());
  CHECK(house.gate.counts().by_client == 1);
}

TEST_CASE("a batch counts its comments, for key and client") {
  House house;
  Key key;
  key.id = 1;
  CHECK(house.gate.count_more(key, kHere, 0, house.home.now).ok());
  CHECK(house.gate.count_more(key, kHere, 99, house.home.now).ok());
  CHECK_FALSE(house.gate.count_more(key, kHere, 99, house.home.now).ok());
  CHECK(house.gate.counts().by_client == 1);
  CHECK_FALSE(house.gate.count_more(key, kElsewhere, 99, house.home.now).ok());
  CHECK(house.gate.counts().by_key == 1);
  house.home.now += 9'900;
  CHECK(house.gate.count_more(key, kHere, 99, house.home.now).ok());
}

TEST_CASE("who comes from this machine is not limited, but for wrong keys") {
  House house;
  const std::string key = house.home.add_key("a.example");
  for (const char* client : {"127.0.0.1", "127.1.2.3", "::1"}) {
    for (int i = 0; i < 200; ++i) {
      CHECK(house.gate.come(client, house.home.now).ok());
      CHECK(house.outcome(key, client) == Outcome::kLetIn);
    }
    CHECK(house.gate.count_more({}, client, 1000, house.home.now).ok());
  }
  house.guess_all("127.0.0.1");
}

TEST_CASE("where nothing is limited nobody waits") {
  House house;
  Gate open({0, 0, 0, 0});
  for (int i = 0; i < 2000; ++i) {
    CHECK(open.come(kHere, house.home.now).ok());
    CHECK(open.enter(*house.home.store, house.home.secret, House::wrong_key(), kHere, kCheck, house.home.now)
              .outcome == Outcome::kUnknown);
  }
}

}  // namespace
}  // namespace winnow
