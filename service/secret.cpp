#include "service/secret.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <system_error>

#include "classifier/model.h"

namespace winnow {
namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kTimeBytes = 6;  // of an id
constexpr std::size_t kAkismetDigits = 12;
constexpr std::size_t kApiDigits = 32;
constexpr std::string_view kApiPrefix = "wnw_";
constexpr std::size_t kHintLength = 4;

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

Error io_error(const std::string& what, const std::filesystem::path& path, int reason) {
  return {ErrorKind::kUnavailable,
          "cannot " + what + " " + path.string() + ": " + std::generic_category().message(reason), ""};
}

Result<void> write_synced(const std::filesystem::path& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return io_error("write", path, errno);
  const bool written =
      ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) && ::fsync(file) == 0;
  const int reason = errno;
  ::close(file);
  if (!written) return io_error("write", path, reason);
  return {};
}

void sync_directory(const std::filesystem::path& directory) {
  const int file = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

Result<void> make_directory(const std::filesystem::path& directory) {
  std::error_code failed;
  if (std::filesystem::is_directory(directory, failed)) return {};
  if (std::filesystem::create_directories(directory, failed)) {
    std::filesystem::permissions(directory, std::filesystem::perms::owner_all, failed);
  }
  if (failed) return io_error("make the directory", directory, failed.value());
  return {};
}

// libsodium's view of a text.
const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* writable_bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

using SealKey = std::array<unsigned char, crypto_secretbox_KEYBYTES>;

// Another key than that of hash(), so that neither tells of the other.
SealKey seal_key(const std::string& secret) {
  constexpr std::string_view kPurpose = "winnow seal";
  SealKey key{};
  crypto_generichash(key.data(), key.size(), bytes_of(kPurpose), kPurpose.size(), bytes_of(secret),
                     secret.size());
  return key;
}

// Leaves a secret at `path`: a new one, or that of another process which was quicker (so link, which does not
// replace).
Result<void> make_secret(const std::filesystem::path& path) {
  const std::filesystem::path unfinished = path.string() + "." + random_id();
  Result<void> written = write_synced(unfinished, random_bytes(kSecretBytes));
  if (written && ::link(unfinished.c_str(), path.c_str()) != 0 && errno != EEXIST)
    written = io_error("make", path, errno);
  ::unlink(unfinished.c_str());
  sync_directory(path.parent_path());
  return written;
}

}  // namespace

std::string random_bytes(std::size_t count) {
  static const bool ready = sodium_init() >= 0;
  if (!ready) std::abort();  // no source of randomness: nothing that is made now would be safe
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string hex_of(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::optional<std::string> bytes_of_hex(std::string_view text) {
  if (text.size() % 2 != 0 || !is_hex(text)) return std::nullopt;
  std::string bytes(text.size() / 2, '\0');
  std::size_t length = 0;
  if (sodium_hex2bin(writable_bytes_of(bytes), bytes.size(), text.data(), text.size(), nullptr, &length,
                     nullptr) != 0 ||
      length != bytes.size())
    return std::nullopt;
  return bytes;
}

std::uint64_t keyed_tag(std::string_view key, std::string_view text) {
  std::array<unsigned char, crypto_generichash_BYTES_MIN> digest{};
  crypto_generichash(digest.data(), digest.size(), bytes_of(text), text.size(), bytes_of(key), key.size());
  std::uint64_t tag = 0;
  for (std::size_t i = 0; i < sizeof tag; ++i) tag = tag << 8 | digest[i];
  return tag;
}

Result<void> write_secret(const std::filesystem::path& path, std::string_view bytes) {
  const std::filesystem::path unfinished = path.string() + "." + random_id();
  Result<void> written = write_synced(unfinished, bytes);
  if (written && ::rename(unfinished.c_str(), path.c_str()) != 0) written = io_error("write", path, errno);
  if (!written) ::unlink(unfinished.c_str());
  sync_directory(path.parent_path());
  return written;
}

Result<InstallSecret> InstallSecret::open(const std::filesystem::path& data_dir) {
  const std::filesystem::path path = data_dir / "secret";
  if (Result<void> made = make_directory(data_dir); !made) return made.error();
  std::error_code failed;
  if (!std::filesystem::exists(path, failed)) {
    if (Result<void> made = make_secret(path); !made) return made.error();
  }
  Result<std::string> bytes = read_file(path);
  if (!bytes) return Error{ErrorKind::kUnavailable, "cannot read " + path.string(), ""};
  if (bytes->size() != kSecretBytes) {
    return Error{ErrorKind::kCorrupt, path.string() + " is damaged: it is not 32 bytes long", ""};
  }
  InstallSecret secret;
  secret.bytes_ = *std::move(bytes);
  return secret;
}

std::string InstallSecret::hash(std::string_view text) const {
  std::array<unsigned char, kHashBytes> digest{};
  crypto_generichash(digest.data(), digest.size(), bytes_of(text), text.size(), bytes_of(bytes_),
                     bytes_.size());
  return hex_of({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string InstallSecret::seal(std::string_view text) const {
  const SealKey key = seal_key(bytes_);
  const std::string nonce = random_bytes(crypto_secretbox_NONCEBYTES);
  std::string box(text.size() + crypto_secretbox_MACBYTES, '\0');
  crypto_secretbox_easy(writable_bytes_of(box), bytes_of(text), text.size(), bytes_of(nonce), key.data());
  return nonce + box;
}

Result<std::string> InstallSecret::unseal(std::string_view sealed) const {
  const Error damaged{ErrorKind::kCorrupt, "what was sealed cannot be opened with this secret", ""};
  if (sealed.size() < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) return damaged;
  const std::string_view nonce = sealed.substr(0, crypto_secretbox_NONCEBYTES);
  const std::string_view box = sealed.substr(crypto_secretbox_NONCEBYTES);
  const SealKey key = seal_key(bytes_);
  std::string text(box.size() - crypto_secretbox_MACBYTES, '\0');
  if (crypto_secretbox_open_easy(writable_bytes_of(text), bytes_of(box), box.size(), bytes_of(nonce),
                                 key.data()) != 0)
    return damaged;
  return text;
}

std::string generate_key(KeyKind kind) {
  if (kind == KeyKind::kApi) return std::string(kApiPrefix) + hex_of(random_bytes(kApiDigits / 2));
  return hex_of(random_bytes(kAkismetDigits / 2));
}

std::string canonical_key(std::string_view text) {
  if (text.size() == kAkismetDigits && is_hex(text)) {
    std::string key(text);
    std::ranges::transform(key, key.begin(),
                           [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; });
    return key;
  }
  const bool is_token = text.size() == kApiPrefix.size() + kApiDigits && text.starts_with(kApiPrefix) &&
                        is_hex(text.substr(kApiPrefix.size()));
  return is_token ? std::string(text) : std::string();
}

std::string hint_of(std::string_view key) {
  return std::string(key.substr(key.starts_with(kApiPrefix) ? kApiPrefix.size() : 0, kHintLength));
}

// Of what each thread has at hand: the system is asked for randomness once for many ids.
std::string random_id() {
  using namespace std::chrono;
  constexpr std::size_t kRandom = kIdBytes - kTimeBytes, kAtOnce = 100 * kRandom;
  thread_local std::string at_hand;
  if (at_hand.empty()) at_hand = random_bytes(kAtOnce);
  const std::string random = at_hand.substr(at_hand.size() - kRandom);
  at_hand.resize(at_hand.size() - kRandom);
  const auto millis =
      static_cast<std::uint64_t>(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
  std::string time(kTimeBytes, '\0');
  for (std::size_t i = 0; i < kTimeBytes; ++i)
    time[i] = static_cast<char>(millis >> (8 * (kTimeBytes - 1 - i)));
  return hex_of(time) + hex_of(random);
}

std::string random_hex(std::size_t bytes) {
  return hex_of(random_bytes(bytes));
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(text), text.size());
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> code{};
  crypto_auth_hmacsha256_final(&state, code.data());
  return hex_of({reinterpret_cast<const char*>(code.data()), code.size()});
}

bool same_secret(std::string_view one, std::string_view other) {
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace winnow
