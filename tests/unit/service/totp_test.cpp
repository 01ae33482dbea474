#include "service/totp.h"

#include <doctest/doctest.h>

using namespace winnow;

namespace {

constexpr std::string_view kSecret = "12345678901234567890";

}  // namespace

// RFC 6238, appendix B, the rows of SHA-1.
TEST_CASE("codes are those of RFC 6238") {
  struct {
    std::int64_t seconds;
    const char* code;
  } const cases[] = {{59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
                     {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& [seconds, code] : cases) {
    CAPTURE(seconds);
    CHECK(totp_code(kSecret, totp_step(seconds * 1000), 8) == code);
    CHECK(totp_code(kSecret, totp_step(seconds * 1000)) == std::string(code).substr(2));
  }
}

// RFC 4648, section 10.
TEST_CASE("base32 is that of RFC 4648") {
  CHECK(base32("") == "");
  CHECK(base32("f") == "MY");
  CHECK(base32("fo") == "MZXQ");
  CHECK(base32("foo") == "MZXW6");
  CHECK(base32("foob") == "MZXW6YQ");
  CHECK(base32("fooba") == "MZXW6YTB");
  CHECK(base32("foobar") == "MZXW6YTBOI");
  CHECK(base32("\xff\xff\xff\xff\xff") == "77777777");
}

TEST_CASE("a code is good in its step and the two beside it, and never twice") {
  const UnixMillis now = 1'700'000'010'000;
  const std::int64_t step = totp_step(now);
  for (const std::int64_t beside : {-1, 0, 1})
    CHECK(matching_step(kSecret, totp_code(kSecret, step + beside), now, 0) == step + beside);
  CHECK_FALSE(matching_step(kSecret, totp_code(kSecret, step - 2), now, 0).has_value());
  CHECK_FALSE(matching_step(kSecret, totp_code(kSecret, step + 2), now, 0).has_value());
  CHECK_FALSE(matching_step(kSecret, totp_code(kSecret, step), now, step).has_value());
  CHECK_FALSE(matching_step(kSecret, totp_code(kSecret, step - 1), now, step).has_value());
  CHECK(matching_step(kSecret, totp_code(kSecret, step + 1), now, step) == step + 1);
}

TEST_CASE("blanks in a code do not matter, all else does") {
  const UnixMillis now = 1'700'000'010'000;
  const std::string code = totp_code(kSecret, totp_step(now));
  CHECK(matching_step(kSecret, " " + code.substr(0, 3) + " " + code.substr(3), now, 0).has_value());
  CHECK_FALSE(matching_step(kSecret, code + "0", now, 0).has_value());
  CHECK_FALSE(matching_step(kSecret, code.substr(1), now, 0).has_value());
  CHECK_FALSE(matching_step(kSecret, "", now, 0).has_value());
  CHECK_FALSE(matching_step("another secret of 20", code, now, 0).has_value());
}

TEST_CASE("an authenticator reads the secret from an address") {
  CHECK(totp_uri(kSecret, "Zoë B") ==
        "otpauth://totp/winnow:Zo%C3%AB%20B?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=winnow");
  CHECK(generate_totp_secret().size() == 20);
  CHECK(generate_totp_secret() != generate_totp_secret());
}
