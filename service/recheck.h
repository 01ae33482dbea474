// Use case: an answer that may yet change. Sites whose client names a callback (and whose host the operator
// allows) are told when reports of other sites make spam of what they were told is ham; a comment in doubt
// they are asked to hold so long. And they are told what a person says at the admin's desk, whatever they had
// been told.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "service/check.h"
#include "service/secret.h"

namespace winnow {

// True for an http or https URL whose host is allowed: by name, with a port where it is not the scheme's own;
// and any name below "*.example.org".
bool may_call(const RecheckPolicy& policy, std::string_view url);

// So long after the answer a site may be told what a person says; WordPress deletes spam then.
inline constexpr std::int64_t kKeptForPeopleDays = 15;

// The watch that goes with a verdict; none unless the site can be told: not of a test, nor of a site that is
// told ham in any case. It changes by itself only if it is ham, and no recheck but one of an edit. Held while
// in doubt: it is unsure, or one other site has reported the same text.
std::optional<Watch> watch_for(const Services& services, const Site& site, const CheckRequest& request,
                               const StoredVerdict& stored);

// The header by which a site knows that a body comes from whoever has its key: "t=UNIX SECONDS,v1=CODE", CODE
// being the HMAC-SHA-256 of "SECONDS.BODY" under the key, in hex. A site refuses what is old.
inline constexpr const char* kSignatureHeader = "X-winnow-signature";
std::string signature_of(std::string_view key, UnixMillis now, std::string_view body);

// Looks at what is watched, and tells. Thread rule: look() from one thread at a time; the rest from any.
class Rechecker {
 public:
  enum class Delivery {
    kDone,
    kRefused,  // the site does not want it: not tried again
    kFailed,   // tried again later, six times within three quarters of an hour
  };
  // POSTs a JSON body to a URL, in bounded time. `headers`: to be sent with it. Called on the thread of
  // look().
  using Headers = std::vector<std::pair<std::string, std::string>>;
  using Deliver =
      std::function<Delivery(const std::string& url, const Headers& headers, const std::string& body)>;

  // `services` and `secret` outlive it.
  Rechecker(const Services& services, const InstallSecret& secret, Deliver deliver)
      : services_(services), secret_(secret), deliver_(std::move(deliver)) {}
  ~Rechecker() { stop(); }

  // Looks every half second, on a thread of its own, until stop(), which waits for a delivery that is under
  // way.
  void start();
  void stop();

  // Looks at all that is due now. Gives how many there were.
  std::size_t look();

 private:
  void look_at(Watch watch);
  Result<bool> decide(Watch& watch);
  Result<void> tell(Watch watch, UnixMillis seen);
  Result<void> after(Delivery delivery, Watch watch, UnixMillis seen);

  const Services& services_;
  const InstallSecret& secret_;
  const Deliver deliver_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace winnow
