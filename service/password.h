// Passwords of people, kept as Argon2id hashes: libsodium's crypto_pwhash with its interactive costs (64 MiB,
// two passes). Passwords are compared as NFKC, so that it does not matter how a keyboard composes its
// letters.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>

#include "classifier/result.h"

namespace winnow {

// 10 to 1,000 characters of valid UTF-8. kInvalid (field "password") says what is wrong.
Result<void> check_password(std::string_view password);

// A new password of 20 lower-case letters and digits: 99 bits.
std::string generate_password();

// Hashes at most two passwords at once, for each takes 64 MiB and a tenth of a second; a few more wait.
// Thread rule: from any thread.
class PasswordHasher {
 public:
  // The hash with its salt and costs, as text. kUnavailable if too many wait already, or there is no memory.
  Result<std::string> hash(std::string_view password);

  // False after as long a time where `hash` is empty: of nobody. Fails as hash().
  Result<bool> matches(const std::string& hash, std::string_view password);

 private:
  class Turn;

  std::mutex mutex_;
  std::condition_variable changed_;
  int at_work_ = 0;  // guarded by mutex_
  int waiting_ = 0;  // guarded by mutex_
};

}  // namespace winnow
