#include "service/password.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

using namespace winnow;

TEST_CASE("a password has 10 to 1,000 characters, whatever their bytes") {
  CHECK(check_password("ten letter").ok());
  CHECK_FALSE(check_password("nine char").ok());
  CHECK_FALSE(check_password("äöüßéèêñç").ok());
  CHECK(check_password("äöüßéèêñçå").ok());
  CHECK(check_password(std::string(1000, 'a')).ok());
  CHECK_FALSE(check_password(std::string(1001, 'a')).ok());
  CHECK_FALSE(check_password("ten bytes\xff..").ok());
  CHECK(check_password("").error().field == "password");
}

TEST_CASE("a hash tells its password from others, and is another each time") {
  PasswordHasher hasher;
  const std::string hash = *hasher.hash("correct horse");
  CHECK(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
  CHECK(hash != *hasher.hash("correct horse"));
  CHECK(*hasher.matches(hash, "correct horse"));
  CHECK_FALSE(*hasher.matches(hash, "correct horsf"));
  CHECK_FALSE(*hasher.matches("", "correct horse"));
  CHECK_FALSE(*hasher.matches("no hash at all", "correct horse"));
}

TEST_CASE("a letter may be composed in either way") {
  PasswordHasher hasher;
  CHECK(*hasher.matches(*hasher.hash("caf\u00e9 au lait"), "cafe\u0301 au lait"));
}

TEST_CASE("of very many at once some are told to come again, and all others get their answer") {
  PasswordHasher hasher;
  std::atomic<int> answered = 0, refused = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 40; ++i)
    threads.emplace_back([&] {
      const Result<bool> right = hasher.matches("", "correct horse");
      if (right)
        ++answered;
      else if (right.error().kind == ErrorKind::kUnavailable)
        ++refused;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(answered + refused == 40);
  CHECK(answered >= 10);
  CHECK(refused > 0);
}

TEST_CASE("made-up passwords are good ones, and differ") {
  CHECK(check_password(generate_password()).ok());
  CHECK(generate_password().size() == 20);
  CHECK(generate_password() != generate_password());
}
