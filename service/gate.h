// Gate: whom winnow lets in, by client address and key, and how often.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "service/access.h"
#include "service/rate_limit.h"

namespace winnow {

// Each 0: no limit.
struct GateRates {
  double per_key = 100;            // requests a second, of a batch its comments; ten seconds' worth at once
  double per_client = 100;         // the same of one client address
  double unknown_per_client = 10;  // wrong keys a minute that one client address may try
  double unknown_in_total = 1000;  // and all of them together
};

// Requests that were refused since the start.
struct GateCounts {
  std::uint64_t by_key = 0;
  std::uint64_t by_client = 0;
  std::uint64_t unknown_by_client = 0;
  std::uint64_t unknown_in_total = 0;
};

// What became of a key that was shown.
struct Entrance {
  enum class Outcome {
    kLetIn,
    kUnknown,     // to whoever shows it: it may be revoked, over, or good for other networks
    kSuspended,   // the key is known, and may do nothing
    kLacksScope,  // the key is known, and may not do this
    kTooMany,     // `error` says of what, and when to come again
    kFailed,      // `error` says why
  };
  Outcome outcome = Outcome::kUnknown;
  Key key;      // of kLetIn, kSuspended and kLacksScope
  Error error;  // of all but kLetIn
};

// A client address is an IPv4 address whole, or the /64 of an IPv6 address. Who comes from this machine
// itself is not limited, but for wrong keys.
//
// Wrong keys are limited hard, since a key that Akismet's clients take has 48 bits only: a key that this
// address has not shown before is looked up while the address, and all together, may still try wrong ones. A
// key that it has shown before is looked up always, so a key in use goes on while somebody guesses from the
// same address (a proxy, one network of many sites), and one wrong key shown again and again counts once. Of
// keys it cannot tell are those alone that come from such an address for the first time since the start: they
// wait for their turn. Addresses, keys and pairs of both are kept 100,000 each, the last seen.
// Thread rule: all methods from any thread.
class Gate {
 public:
  explicit Gate(const GateRates& rates = {});

  // One request of a client, whatever it asks. kTooMany if it came too soon.
  Result<void> come(std::string_view client, UnixMillis now);

  // A client shows a key, for something that takes one of these scopes.
  Entrance enter(Store& store, const InstallSecret& secret, std::string_view key, std::string_view client,
                 KeyScopes any_of, UnixMillis now);

  // The request of a key that was let in counts for so many more. kTooMany if it came too soon for that.
  Result<void> count_more(const Key& key, std::string_view client, std::size_t more, UnixMillis now);

  GateCounts counts() const;

 private:
  // True if the pair was tried before; it counts as tried from now on where `remember`.
  bool was_tried(const std::string& pair, bool remember);
  Result<void> may_guess(const std::string& client, UnixMillis now);
  Entrance admit(Key key, std::string_view client, KeyScopes any_of, UnixMillis now);

  RateLimit by_key_;
  RateLimit by_client_;
  RateLimit unknown_by_client_;
  RateLimit unknown_in_total_;
  std::mutex mutex_;
  RecencyMap<bool> tried_;  // pairs of address and key, hashed; guarded by mutex_
  std::atomic<std::uint64_t> refused_by_key_ = 0;
  std::atomic<std::uint64_t> refused_by_client_ = 0;
  std::atomic<std::uint64_t> refused_unknown_by_client_ = 0;
  std::atomic<std::uint64_t> refused_unknown_in_total_ = 0;
};

}  // namespace winnow
