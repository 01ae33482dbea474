#include "service/secret.h"

#include <doctest/doctest.h>

#include <stdlib.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace winnow;

namespace {

constexpr std::string_view kHex = "0123456789abcdef";

std::filesystem::path new_directory() {
  std::string pattern = (std::filesystem::temp_directory_path() / "winnow-secret-XXXXXX").string();
  REQUIRE(mkdtemp(pattern.data()) != nullptr);
  return pattern;
}

}  // namespace

TEST_CASE("the secret is made once, for its owner's eyes, and then read") {
  const std::filesystem::path data = new_directory() / "var" / "data";
  const Result<InstallSecret> first = InstallSecret::open(data);
  if (!first) FAIL(first.error().message);
  CHECK(std::filesystem::file_size(data / "secret") == 32);
  struct stat status {};
  REQUIRE(stat((data / "secret").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  REQUIRE(stat(data.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0700);
  const auto files = std::filesystem::directory_iterator(data);
  CHECK(std::distance(begin(files), end(files)) == 1);  // nothing unfinished is left

  const Result<InstallSecret> again = InstallSecret::open(data);
  REQUIRE(again.ok());
  CHECK(first->hash("key") == again->hash("key"));
  std::filesystem::remove_all(data.parent_path().parent_path());
}

TEST_CASE("many who open at once get the same secret") {
  const std::filesystem::path data = new_directory();
  std::vector<std::string> hashes(8);
  std::vector<std::thread> threads;
  for (std::string& hash : hashes) {
    threads.emplace_back([&] {
      const Result<InstallSecret> secret = InstallSecret::open(data);
      if (secret.ok()) hash = secret->hash("key");
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(hashes[0].size() == 64);
  CHECK(std::set<std::string>(hashes.begin(), hashes.end()).size() == 1);
  std::filesystem::remove_all(data);
}

TEST_CASE("a secret of another size is refused, not replaced") {
  const std::filesystem::path data = new_directory();
  std::ofstream(data / "secret") << "short";
  const Result<InstallSecret> secret = InstallSecret::open(data);
  REQUIRE_FALSE(secret.ok());
  CHECK(secret.error().kind == ErrorKind::kCorrupt);
  CHECK(std::filesystem::file_size(data / "secret") == 5);
  std::filesystem::remove_all(data);
}

TEST_CASE("a directory that cannot be made is unavailable") {
  const std::filesystem::path data = new_directory();
  std::ofstream(data / "file") << "x";
  const Result<InstallSecret> secret = InstallSecret::open(data / "file" / "below");
  REQUIRE_FALSE(secret.ok());
  CHECK(secret.error().kind == ErrorKind::kUnavailable);
  std::filesystem::remove_all(data);
}

TEST_CASE("the hash is BLAKE2b-256 keyed with the secret") {
  const std::filesystem::path data = new_directory();
  // hashlib.blake2b(b"0123456789ab", key=bytes(range(32)), digest_size=32).hexdigest()
  std::string bytes;
  for (int i = 0; i < 32; ++i) bytes += static_cast<char>(i);
  std::ofstream(data / "secret", std::ios::binary) << bytes;
  const Result<InstallSecret> secret = InstallSecret::open(data);
  REQUIRE(secret.ok());
  CHECK(secret->hash("0123456789ab") == "a97c9fbb8948350c2af993bcd6d372ee912531a57b37ac54c2600deb2989ac7f");
  CHECK(secret->hash("") != secret->hash("0"));
  std::filesystem::remove_all(data);

  const std::filesystem::path other = new_directory();
  CHECK(InstallSecret::open(other)->hash("0123456789ab") != secret->hash("0123456789ab"));
  std::filesystem::remove_all(other);
}

TEST_CASE("new keys and ids have their form and differ") {
  std::set<std::string> made;
  for (int i = 0; i < 100; ++i) {
    const std::string akismet = generate_key(KeyKind::kAkismet);
    CHECK(akismet.size() == 12);
    CHECK(akismet.find_first_not_of(kHex) == std::string::npos);
    CHECK(canonical_key(akismet) == akismet);
    const std::string token = generate_key(KeyKind::kApi);
    CHECK(token.size() == 36);
    CHECK(token.starts_with("wnw_"));
    CHECK(canonical_key(token) == token);
    const std::string id = random_id();
    CHECK(id.size() == 32);
    CHECK(id.find_first_not_of(kHex) == std::string::npos);
    made.insert({akismet, token, id});
  }
  CHECK(made.size() == 300);
}

TEST_CASE("an id that is made later stands behind the others") {
  const std::string first = random_id();
  std::this_thread::sleep_for(std::chrono::milliseconds(2));
  CHECK(first.substr(0, 12) < random_id().substr(0, 12));
}

TEST_CASE("canonical_key: Akismet keys have no case, tokens do, the rest is no key") {
  CHECK(canonical_key("ABCdef012345") == "abcdef012345");
  const std::string token = "wnw_00112233445566778899aabbccddeeff";
  CHECK(canonical_key(token) == token);
  for (const char* bad :
       {"", "abcdef01234", "abcdef0123456", "abcdef01234g", " bcdef012345", "wnw_", "wnw_0011",
        "00112233445566778899aabbccddeeff", "WNW_00112233445566778899aabbccddeeff",
        "wnw_00112233445566778899aabbccddeefg", "wnw_00112233445566778899aabbccddeeff0"}) {
    CAPTURE(bad);
    CHECK(canonical_key(bad).empty());
  }
}

TEST_CASE("what is sealed is opened by the same installation alone, and unchanged alone") {
  const Result<InstallSecret> secret = InstallSecret::open(new_directory());
  const Result<InstallSecret> other = InstallSecret::open(new_directory());
  REQUIRE(secret.ok());
  REQUIRE(other.ok());
  for (const std::string& text : {std::string("123456789abc"), std::string(), std::string("a\0b", 3)}) {
    const std::string sealed = secret->seal(text);
    CHECK(*secret->unseal(sealed) == text);
    CHECK(secret->seal(text) != sealed);
    if (!text.empty()) CHECK(sealed.find(text) == std::string::npos);
    CHECK_FALSE(other->unseal(sealed).ok());
    std::string changed = sealed;
    changed.back() = static_cast<char>(changed.back() ^ 1);
    CHECK(secret->unseal(changed).error().kind == ErrorKind::kCorrupt);
  }
  CHECK_FALSE(secret->unseal("").ok());
  CHECK_FALSE(secret->unseal(std::string(39, 'x')).ok());
}
