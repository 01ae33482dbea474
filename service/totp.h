// The second factor: one-time codes of an authenticator, TOTP (RFC 6238) with HMAC-SHA-1, six digits, a new
// one every 30 seconds. totp.cpp alone knows OpenSSL in this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "service/store/store.h"

namespace winnow {

// 20 random bytes.
std::string generate_totp_secret();

// RFC 4648, section 6, without padding: how people type a secret.
std::string base32(std::string_view bytes);

// What an authenticator reads from a QR code: otpauth://totp/winnow:NAME?secret=...&issuer=winnow
std::string totp_uri(std::string_view secret, std::string_view name);

// Steps of 30 seconds since 1970.
std::int64_t totp_step(UnixMillis at);
// The code of one step, with leading zeros.
std::string totp_code(std::string_view secret, std::int64_t step, int digits = 6);

// The step that `code` (blanks in it do not matter) is of: that of `now`, or one beside it, for clocks
// differ; none if it is of none of them, or of `last_used` or an earlier one.
std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view code, UnixMillis now,
                                          std::int64_t last_used);

}  // namespace winnow
