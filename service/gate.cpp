#include "service/gate.h"

#include <algorithm>

#include "classifier/network.h"

namespace winnow {
namespace {

constexpr double kBurstSeconds = 10;
constexpr double kMinute = 60;
constexpr std::size_t kMostPairs = 100'000;
constexpr std::size_t kPairDigits = 15;  // 60 bits; a string keeps so many without memory of its own

// Of what is no address, one name for all.
std::string name_of_client(std::string_view client) {
  const std::optional<IpAddress> address = IpAddress::parse(client);
  if (!address) return "";
  return address->is_ipv4() ? address->text() : address->prefix(64).text();
}

bool is_this_machine(std::string_view client) {
  return client == "::1" || client.starts_with("127.");
}

// Nothing while there is nothing to wait for; else the refusal, counted.
Result<void> after(std::int64_t wait_millis, std::atomic<std::uint64_t>& refused, const char* message) {
  if (wait_millis <= 0) return {};
  ++refused;
  return Error{ErrorKind::kTooMany, message, "", static_cast<int>((wait_millis + 999) / 1000)};
}

constexpr const char* kByKey = "Too many requests with this key: please come again later.";
constexpr const char* kByClient = "Too many requests from this address: please come again later.";
constexpr const char* kUnknown = "Too many wrong keys were shown: please come again later.";

std::string named(KeyScopes scopes) {
  std::string names;
  for (const KeyScope scope : scopes.list())
    names += (names.empty() ? "" : " or ") + std::string(to_string(scope));
  return names;
}

Entrance refusal(const Error& error) {
  const auto outcome = error.kind == ErrorKind::kUnauthenticated ? Entrance::Outcome::kUnknown
                       : error.kind == ErrorKind::kTooMany       ? Entrance::Outcome::kTooMany
                                                                 : Entrance::Outcome::kFailed;
  return {outcome, {}, error};
}

}  // namespace

Gate::Gate(const GateRates& rates)
    : by_key_(rates.per_key, std::max(1.0, rates.per_key * kBurstSeconds)),
      by_client_(rates.per_client, std::max(1.0, rates.per_client * kBurstSeconds)),
      unknown_by_client_(rates.unknown_per_client / kMinute, std::max(1.0, rates.unknown_per_client)),
      unknown_in_total_(rates.unknown_in_total / kMinute, std::max(1.0, rates.unknown_in_total)),
      tried_(kMostPairs) {}

Result<void> Gate::come(std::string_view client, UnixMillis now) {
  if (is_this_machine(client)) return {};
  return after(by_client_.take(name_of_client(client), 1, now), refused_by_client_, kByClient);
}

bool Gate::was_tried(const std::string& pair, bool remember) {
  const std::lock_guard lock(mutex_);
  if (tried_.find(pair)) return true;
  if (remember) tried_.get(pair, true);
  return false;
}

Result<void> Gate::may_guess(const std::string& client, UnixMillis now) {
  Result<void> here = after(unknown_by_client_.wait(client, 1, now), refused_unknown_by_client_, kUnknown);
  if (!here) return here;
  return after(unknown_in_total_.wait("", 1, now), refused_unknown_in_total_, kUnknown);
}

// What has not the form of a key is no guess, and of many at once that show the same key one pays.
Entrance Gate::enter(Store& store, const InstallSecret& secret, std::string_view key, std::string_view client,
                     KeyScopes any_of, UnixMillis now) {
  const std::string canonical = canonical_key(key);
  if (canonical.empty()) return refusal(unknown_key());
  const std::string name = name_of_client(client);
  const std::string pair = secret.hash("shown " + name + " " + canonical).substr(0, kPairDigits);
  const bool is_new = !was_tried(pair, false);
  if (is_new)
    if (const Result<void> may = may_guess(name, now); !may) return refusal(may.error());
  Result<Key> known = authenticate(store, secret, canonical, now);
  if (known && !known->may_come_from(client)) known = unknown_key();
  if (!known && known.error().kind != ErrorKind::kUnauthenticated) return refusal(known.error());
  if (is_new && !was_tried(pair, true) && !known) {
    unknown_by_client_.charge(name, 1, now);
    unknown_in_total_.charge("", 1, now);
  }
  return known ? admit(std::move(*known), client, any_of, now) : refusal(known.error());
}

Entrance Gate::admit(Key key, std::string_view client, KeyScopes any_of, UnixMillis now) {
  if (key.suspended_at)
    return {
        Entrance::Outcome::kSuspended, std::move(key), {ErrorKind::kForbidden, "The key is suspended.", ""}};
  if (!key.scopes.has_any_of(any_of))
    return {Entrance::Outcome::kLacksScope,
            std::move(key),
            {ErrorKind::kForbidden, "This takes a key with the scope " + named(any_of) + ".", ""}};
  if (!is_this_machine(client)) {
    const Result<void> in_time = after(by_key_.take(std::to_string(key.id), 1, now), refused_by_key_, kByKey);
    if (!in_time) return refusal(in_time.error());
  }
  return {Entrance::Outcome::kLetIn, std::move(key), {}};
}

Result<void> Gate::count_more(const Key& key, std::string_view client, std::size_t more, UnixMillis now) {
  if (is_this_machine(client) || more == 0) return {};
  const auto count = static_cast<double>(more);
  Result<void> in_time =
      after(by_client_.take(name_of_client(client), count, now), refused_by_client_, kByClient);
  if (!in_time) return in_time;
  return after(by_key_.take(std::to_string(key.id), count, now), refused_by_key_, kByKey);
}

GateCounts Gate::counts() const {
  return {refused_by_key_, refused_by_client_, refused_unknown_by_client_, refused_unknown_in_total_};
}

}  // namespace winnow
