#include "service/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cctype>

#include "service/secret.h"

namespace winnow {
namespace {

constexpr std::size_t kSecretBytes = 20;
constexpr std::int64_t kStepMillis = 30'000;

// Truncated as RFC 4226, section 5.3, says.
std::uint32_t truncated_hmac(std::string_view secret, std::int64_t step) {
  std::array<unsigned char, 8> counter{};
  for (int i = 7; i >= 0; --i, step >>= 8)
    counter[static_cast<std::size_t>(i)] = static_cast<unsigned char>(step & 0xff);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(),
       digest.data(), &size);
  const std::size_t at = digest[size - 1] & 15;
  return static_cast<std::uint32_t>((digest[at] & 0x7f) << 24 | digest[at + 1] << 16 | digest[at + 2] << 8 |
                                    digest[at + 3]);
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 128 && std::isalnum(byte))
      out += c;
    else
      out.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
  }
  return out;
}

}  // namespace

std::string generate_totp_secret() {
  return random_bytes(kSecretBytes);
}

std::string base32(std::string_view bytes) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : bytes) {
    buffer = buffer << 8 | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) out += kAlphabet[buffer >> (bits - 5) & 31];
    buffer &= (1u << bits) - 1;
  }
  if (bits > 0) out += kAlphabet[buffer << (5 - bits) & 31];
  return out;
}

std::string totp_uri(std::string_view secret, std::string_view name) {
  return "otpauth://totp/winnow:" + percent_encoded(name) + "?secret=" + base32(secret) + "&issuer=winnow";
}

std::int64_t totp_step(UnixMillis at) {
  return at / kStepMillis;
}

std::string totp_code(std::string_view secret, std::int64_t step, int digits) {
  std::string code(static_cast<std::size_t>(digits), '0');
  std::uint32_t number = truncated_hmac(secret, step);
  for (std::size_t i = code.size(); i > 0; --i, number /= 10)
    code[i - 1] = static_cast<char>('0' + number % 10);
  return code;
}

std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view code, UnixMillis now,
                                          std::int64_t last_used) {
  std::string typed;
  for (const char c : code)
    if (c != ' ') typed += c;
  std::optional<std::int64_t> found;
  for (std::int64_t step = totp_step(now) - 1; step <= totp_step(now) + 1; ++step)
    if (same_secret(totp_code(secret, step), typed) && step > last_used) found = step;
  return found;
}

}  // namespace winnow
