// Keys of clients and other secrets: made, written down as keyed hashes only. secret.cpp and password.cpp
// alone know libsodium.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "classifier/result.h"
#include "service/store/store.h"

namespace winnow {

// The secret of one installation: 32 random bytes in DATA_DIR/secret (mode 0600).
// Thread rule: const methods may be called from any thread.
class InstallSecret {
 public:
  // Reads the file, or makes it, and the directory (mode 0700), on first use: temporary file, fsync, link, so
  // that of two processes one wins. kCorrupt if it has another size, kUnavailable if it cannot be made or
  // read.
  static Result<InstallSecret> open(const std::filesystem::path& data_dir);

  // BLAKE2b-256 of `text` keyed with the secret, 64 hex digits. For keys: hash(canonical_key(k)).
  std::string hash(std::string_view text) const;

  // `text` encrypted and authenticated with a key derived from the secret (XSalsa20-Poly1305, random nonce),
  // and back. kCorrupt if `sealed` was not made by seal() of this installation.
  std::string seal(std::string_view text) const;
  Result<std::string> unseal(std::string_view sealed) const;

 private:
  std::string bytes_;
};

// A new random key: 12 hex digits, or "wnw_" and 32 hex digits.
std::string generate_key(KeyKind kind);

// `text` as it is hashed: Akismet keys in lower case (host names have no case), API tokens as they are. Empty
// if it has neither form.
std::string canonical_key(std::string_view text);

// What is shown of a key to tell it from others: its first four characters, after wnw_.
std::string hint_of(std::string_view key);

// 32 lower-case hex digits: ids of verdicts and events. The time (48 bits of milliseconds since 1970), so
// that what is stored together stands together in an index; and ten random bytes.
std::string random_id();

// Unpredictable bytes, for secrets; and as twice as many lower-case hex digits.
std::string random_bytes(std::size_t count);
std::string random_hex(std::size_t bytes);

// HMAC-SHA-256 (RFC 2104), 64 lower-case hex digits. `key` may be of any length.
std::string hmac_sha256(std::string_view key, std::string_view text);

// The same digits of any bytes, and back; none if `text` has others, or an odd number.
std::string hex_of(std::string_view bytes);
std::optional<std::string> bytes_of_hex(std::string_view text);

// 64 bits of the BLAKE2b hash of `text` keyed with `key` (32 bytes).
std::uint64_t keyed_tag(std::string_view key, std::string_view text);

// Leaves a file of mode 0600 at `path` in place of what is there: temporary file, fsync, rename.
// kUnavailable.
Result<void> write_secret(const std::filesystem::path& path, std::string_view bytes);

// True if they are equal, in a time that tells nothing of where they differ.
bool same_secret(std::string_view one, std::string_view other);

}  // namespace winnow
