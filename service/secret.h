// Keys of clients: made, written down as keyed hashes only. The only file that knows libsodium is secret.cpp.
#pragma once

#include <filesystem>
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

// 32 lower-case hex digits from 16 random bytes: ids of verdicts and events.
std::string random_id();

}  // namespace winnow
