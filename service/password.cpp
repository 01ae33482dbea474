#include "service/password.h"

#include <sodium.h>

#include <cstdlib>

#include "classifier/unicode.h"
#include "service/secret.h"

namespace winnow {
namespace {

constexpr std::size_t kFewestCharacters = 10;
constexpr std::size_t kMostCharacters = 1000;
constexpr int kMostAtWork = 2;
constexpr int kMostWaiting = 8;
constexpr std::size_t kGeneratedLength = 20;

// Of no password that anybody has: takes the time that a real one takes.
constexpr const char* kNobody =
    "$argon2id$v=19$m=65536,t=2,p=1$d2lubm93IG9mIG5vYm9keQ$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

std::size_t characters_in(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) next_code_point(text, at);
  return count;
}

void get_ready() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) std::abort();  // no source of randomness for the salts
}

Error busy() {
  return {ErrorKind::kUnavailable, "too many passwords are being checked", ""};
}

}  // namespace

// One of the places at work, or none where too many wait.
class PasswordHasher::Turn {
 public:
  explicit Turn(PasswordHasher& hasher) : hasher_(hasher) {
    std::unique_lock lock(hasher_.mutex_);
    if (hasher_.at_work_ >= kMostAtWork && hasher_.waiting_ >= kMostWaiting) return;
    ++hasher_.waiting_;
    hasher_.changed_.wait(lock, [this] { return hasher_.at_work_ < kMostAtWork; });
    --hasher_.waiting_;
    ++hasher_.at_work_;
    given_ = true;
  }
  ~Turn() {
    if (!given_) return;
    {
      const std::lock_guard lock(hasher_.mutex_);
      --hasher_.at_work_;
    }
    hasher_.changed_.notify_one();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  bool given() const { return given_; }

 private:
  PasswordHasher& hasher_;
  bool given_ = false;
};

Result<void> check_password(std::string_view password) {
  const auto wrong = [](const char* message) { return Error{ErrorKind::kInvalid, message, "password"}; };
  if (!is_valid_utf8(password)) return wrong("The password is not written in UTF-8.");
  const std::size_t characters = characters_in(password);
  if (characters < kFewestCharacters) return wrong("A password has at least 10 characters.");
  if (characters > kMostCharacters) return wrong("A password has at most 1,000 characters.");
  return {};
}

std::string generate_password() {
  // Without those that are taken for one another.
  constexpr std::string_view kCharacters = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string password;
  for (const char byte : random_bytes(kGeneratedLength))
    password += kCharacters[static_cast<unsigned char>(byte) % kCharacters.size()];
  return password;
}

Result<std::string> PasswordHasher::hash(std::string_view password) {
  get_ready();
  const Turn turn(*this);
  if (!turn.given()) return busy();
  const std::string text = nfkc(to_valid_utf8(password));
  char hashed[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str_alg(hashed, text.data(), text.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0)
    return Error{ErrorKind::kUnavailable, "no memory to hash a password", ""};
  return std::string(hashed);
}

Result<bool> PasswordHasher::matches(const std::string& hash, std::string_view password) {
  get_ready();
  const Turn turn(*this);
  if (!turn.given()) return busy();
  const std::string text = nfkc(to_valid_utf8(password));
  const bool same =
      crypto_pwhash_str_verify(hash.empty() ? kNobody : hash.c_str(), text.data(), text.size()) == 0;
  return same && !hash.empty();
}

}  // namespace winnow
