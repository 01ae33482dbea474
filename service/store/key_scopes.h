// KeyScopes: what a key may be used for.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

namespace winnow {

enum class KeyScope : std::uint8_t {
  kCheck = 1,     // have comments judged
  kFeedback = 2,  // report, and take reports back
  kCurator = 4,   // what it reports counts on all sites at once
  kAdmin = 8,  // call the admin API: as an owner if it is good for any site, else as a moderator of its own
};

// A set of them.
class KeyScopes {
 public:
  constexpr KeyScopes() = default;
  constexpr KeyScopes(std::initializer_list<KeyScope> scopes) {
    for (const KeyScope scope : scopes) bits_ = static_cast<std::uint8_t>(bits_ | bit(scope));
  }
  // As bits() gave them, and the store keeps them; bits that stand for nothing are dropped.
  static constexpr KeyScopes of_bits(std::int64_t bits) {
    KeyScopes scopes;
    scopes.bits_ = static_cast<std::uint8_t>(bits & kAll);
    return scopes;
  }

  constexpr std::int64_t bits() const { return bits_; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool has(KeyScope scope) const { return (bits_ & bit(scope)) != 0; }
  constexpr bool has_any_of(KeyScopes others) const { return (bits_ & others.bits_) != 0; }
  constexpr bool is_within(KeyScopes others) const { return (bits_ & ~others.bits_) == 0; }
  constexpr void add(KeyScope scope) { bits_ = static_cast<std::uint8_t>(bits_ | bit(scope)); }
  // In the order of KeyScope.
  std::vector<KeyScope> list() const;

  constexpr bool operator==(const KeyScopes&) const = default;

 private:
  static constexpr std::uint8_t kAll = 15;
  static constexpr std::uint8_t bit(KeyScope scope) { return static_cast<std::uint8_t>(scope); }

  std::uint8_t bits_ = 0;
};

// What keys of Akismet's form may have at most, and a new key has if nothing else is said.
inline constexpr KeyScopes kCheckAndFeedback = {KeyScope::kCheck, KeyScope::kFeedback};
// What an administrator's key has.
inline constexpr KeyScopes kAllScopes = {KeyScope::kCheck, KeyScope::kFeedback, KeyScope::kCurator,
                                         KeyScope::kAdmin};

std::string_view to_string(KeyScope scope);  // "check", "feedback", "curator", "admin"
std::optional<KeyScope> key_scope_named(std::string_view name);

}  // namespace winnow
