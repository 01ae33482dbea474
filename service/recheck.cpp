#include "service/recheck.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "classifier/json.h"
#include "classifier/lists/lists.h"
#include "service/access.h"
#include "service/log.h"

namespace winnow {
namespace {

constexpr std::chrono::milliseconds kPause{500};
constexpr std::size_t kBatch = 64;
constexpr UnixMillis kSecond = 1000;
constexpr UnixMillis kHour = 3600 * kSecond;
constexpr UnixMillis kDay = 24 * kHour;
constexpr std::array<UnixMillis, 6> kRetryAfter = {5 * kSecond,   20 * kSecond,  60 * kSecond,
                                                   240 * kSecond, 600 * kSecond, 1800 * kSecond};

// "https://Example.org:443/path?x" -> "example.org"; empty if it is no URL that may be called.
std::string authority_of(std::string_view url) {
  std::string_view default_port;
  if (url.starts_with("https://")) default_port = ":443";
  if (url.starts_with("http://")) default_port = ":80";
  if (default_port.empty()) return "";
  url.remove_prefix(url.find("//") + 2);
  url = url.substr(0, url.find_first_of("/?#\\"));
  if (url.find('@') != std::string_view::npos) return "";
  if (url.ends_with(default_port)) url.remove_suffix(default_port.size());
  std::string authority(url);
  for (char& c : authority)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return authority;
}

bool matches(std::string_view pattern, std::string_view authority) {
  if (!pattern.starts_with("*.")) return pattern == authority;
  pattern.remove_prefix(1);
  return authority.size() > pattern.size() && authority.ends_with(pattern);
}

bool is_in_doubt(const Services& services, const StoredVerdict& stored) {
  if (stored.verdict.outcome == Outcome::kUnsure) return true;
  const Features features(stored.comment);
  return services.learning.with_memory(
      [&](const Memory& memory) { return memory.is_suspected_elsewhere(stored.site, features); });
}

void complain(const Watch& watch, std::string_view what, const std::string& why) {
  log(LogLevel::kWarn, what, {{"id", watch.verdict_id}, {"error", why}});
}

}  // namespace

bool may_call(const RecheckPolicy& policy, std::string_view url) {
  const std::string authority = authority_of(url);
  return !authority.empty() && std::ranges::any_of(policy.hosts, [&](const std::string& pattern) {
    return matches(pattern, authority);
  });
}

std::string signature_of(std::string_view key, UnixMillis now, std::string_view body) {
  const std::string seconds = std::to_string(now / kSecond);
  return "t=" + seconds + ",v1=" + hmac_sha256(key, seconds + "." + std::string(body));
}

std::optional<Watch> watch_for(const Services& services, const Site& site, const CheckRequest& request,
                               const StoredVerdict& stored) {
  const std::string& reason = stored.comment.recheck_reason;
  if (!request.callback || stored.is_test || site.log_only) return std::nullopt;
  const bool may_change = !stored.verdict.is_spam() && (reason.empty() || reason == "edit");
  Watch watch;
  watch.verdict_id = stored.id;
  watch.site = stored.site;
  watch.text_key = stored.text_key;
  watch.callback = request.callback->url;
  watch.sealed_key = request.callback->sealed_key;
  const std::int64_t hold_seconds = services.recheck.hold_seconds;
  if (may_change && hold_seconds > 0 && is_in_doubt(services, stored))
    watch.held_until = stored.at + hold_seconds * kSecond;
  watch.ends_at = stored.at;
  if (may_change)
    watch.ends_at = std::max(stored.at + services.recheck.watch_hours * kHour, watch.held_until.value_or(0));
  watch.kept_until = std::max(watch.ends_at, stored.at + kKeptForPeopleDays * kDay);
  watch.look_at = watch.held_until.value_or(watch.kept_until);
  watch.told = stored.verdict.is_spam() ? Label::kSpam : Label::kHam;
  return watch;
}

void Rechecker::start() {
  thread_ = std::thread([this] {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, kPause, [this] { return stopping_; })) {
      lock.unlock();
      look();
      lock.lock();
    }
  });
}

void Rechecker::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

std::size_t Rechecker::look() {
  const Result<std::vector<Watch>> due = services_.store.watches_due(services_.now(), kBatch);
  if (!due) {
    log(LogLevel::kError, "cannot see what is watched", {{"error", due.error().message}});
    return 0;
  }
  for (const Watch& watch : *due) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) break;
    }
    look_at(watch);
  }
  return due->size();
}

void Rechecker::look_at(Watch watch) {
  const UnixMillis seen = watch.look_at;
  const Result<bool> goes_on = decide(watch);
  Result<void> done;
  if (!goes_on)
    done = goes_on.error();
  else if (!*goes_on)
    done = services_.store.end_watch(watch.verdict_id);
  else if (watch.to_tell)
    done = tell(watch, seen);
  else
    done = services_.store.update_watch(watch, seen);
  if (!done) complain(watch, "a recheck failed and comes again", done.error().message);
}

// Sets what is to be told, or when to look again. False if there is nothing to wait for.
Result<bool> Rechecker::decide(Watch& watch) {
  const Result<Site> site = services_.store.site(watch.site);
  if (!site) return site.error();
  if (site->log_only) {  // set since the answer: what the site holds it may let go
    if (watch.held_until) watch.to_tell = Label::kHam;
    return watch.to_tell == Label::kHam;
  }
  if (watch.to_tell) return true;
  const UnixMillis now = services_.now();
  const bool may_change = watch.told == Label::kHam && now < watch.ends_at;
  if (!may_change && !watch.held_until) {
    watch.look_at = watch.kept_until;
    return now < watch.kept_until;
  }
  const Result<std::optional<StoredVerdict>> first = services_.store.find_verdict(watch.verdict_id);
  if (!first) return first.error();
  if (!first->has_value()) return false;
  if ((*first)->text_deleted_at) {
    watch.look_at = watch.kept_until;
    return now < watch.kept_until;
  }
  StoredVerdict again = **first;
  again.verdict = judge(services_, *site, again.comment);
  again.comment = services_.as_kept(again.comment);
  if (again.verdict.is_spam() && !was_decided_by_hidden((*first)->verdict.signals)) {
    again.id = services_.new_id();
    again.at = now;
    again.supersedes = watch.verdict_id;
    watch.to_tell = Label::kSpam;
    const Result<void> put = services_.store.put_verdict(again, watch);
    if (!put) return put.error();
    return true;
  }
  if (watch.held_until && now >= *watch.held_until) {
    watch.to_tell = Label::kHam;
    return true;
  }
  watch.look_at = watch.held_until.value_or(watch.kept_until);
  return now < watch.kept_until;
}

Result<void> Rechecker::tell(Watch watch, UnixMillis seen) {
  const Result<std::string> key = secret_.unseal(watch.sealed_key);
  // A key that was revoked or suspended since speaks for nobody, nor does winnow under its name.
  const Result<Key> known =
      key ? authenticate(services_.store, secret_, *key, services_.now()) : Result<Key>(key.error());
  if (known.ok() && !known->suspended_at) {
    const Json body = {
        {"key", *key},
        {"endpoint", "comment-check"},
        {"comments", Json::array({{{"guid", watch.verdict_id},
                                   {"result", *watch.to_tell == Label::kSpam ? "true" : "false"}}})}};
    const std::string text = to_text(body);
    const Headers signature = {{kSignatureHeader, signature_of(*key, services_.now(), text)}};
    const Delivery delivery = deliver_(watch.callback, signature, text);
    return after(delivery, std::move(watch), seen);
  }
  if (!known && known.error().kind == ErrorKind::kUnavailable) return known.error();
  return services_.store.end_watch(watch.verdict_id);
}

Result<void> Rechecker::after(Delivery delivery, Watch watch, UnixMillis seen) {
  const UnixMillis now = services_.now();
  const bool given_up = static_cast<std::size_t>(watch.attempts) >= kRetryAfter.size();
  if (delivery == Delivery::kFailed && !given_up) {
    watch.look_at = now + kRetryAfter[static_cast<std::size_t>(watch.attempts)];
    ++watch.attempts;
    return services_.store.update_watch(watch, seen);
  }
  const Label label = *watch.to_tell;
  if (delivery == Delivery::kDone) {
    log(LogLevel::kInfo, "told a site of a recheck",
        {{"id", watch.verdict_id}, {"outcome", std::string(to_string(label))}});
    if (const Result<void> noted = services_.store.put_told(watch.verdict_id, {now, label}); !noted)
      complain(watch, "what a site was told is not in the comment's history", noted.error().message);
    watch.told = label;
  } else {
    complain(watch, "a site was not told of a recheck",
             delivery == Delivery::kRefused ? "it refused" : "it could not be reached");
    if (label == Label::kSpam || now >= watch.ends_at) return services_.store.end_watch(watch.verdict_id);
  }
  watch.held_until.reset();
  watch.to_tell.reset();
  watch.attempts = 0;
  watch.look_at = watch.kept_until;
  return services_.store.update_watch(watch, seen);
}

}  // namespace winnow
