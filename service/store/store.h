// Store: what winnow remembers, in domain words. No SQL type crosses this border; service/store/sqlite
// implements it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/comment.h"
#include "classifier/history.h"
#include "classifier/result.h"
#include "classifier/verdict.h"

namespace winnow {

using SiteId = std::int64_t;
using KeyId = std::int64_t;
using UnixMillis = std::int64_t;  // milliseconds since 1970-01-01 UTC

struct Site {
  SiteId id = 0;
  std::string url;  // canonical, see canonical_site()
  UnixMillis created_at = 0;
};

enum class KeyKind {
  kAkismet,  // 12 hex digits: what Akismet clients can send
  kApi,      // wnw_ and 32 hex digits (128 bits)
};

struct Key {
  KeyId id = 0;
  KeyKind kind = KeyKind::kAkismet;
  std::optional<SiteId> site;  // none: good for any site
  std::string hint;            // first four characters (after wnw_), to tell keys apart
  UnixMillis created_at = 0;
  std::optional<UnixMillis> revoked_at;
};

enum class Label { kHam, kSpam };
std::string_view to_string(Label label);  // "ham", "spam"

struct StoredVerdict {
  std::string id;  // 32 lower-case hex digits
  SiteId site = 0;
  KeyId key = 0;
  UnixMillis at = 0;
  Comment comment;
  Verdict verdict;
  std::uint64_t text_key = 0;  // classifier/fingerprint.h, of the content
  bool is_test = false;
};

// One report by a person that a comment is spam or ham. Append-only.
struct FeedbackEvent {
  std::string id;          // 32 lower-case hex digits
  std::string verdict_id;  // the verdict it is about; empty if no check of this comment is known
  SiteId site = 0;
  KeyId key = 0;
  UnixMillis at = 0;
  Label label = Label::kHam;
  Comment comment;
  std::uint64_t text_key = 0;
  std::string reporter;  // who reported, as the platform names them; may be empty
  bool is_test = false;
};

// `url` as one name for one site: host in lower case without scheme, "www.", default port, trailing slash,
// query and fragment; a path is kept ("example.org/blog"). kInvalid if no host can be read from it.
Result<std::string> canonical_site(std::string_view url);

// Thread rule: all methods may be called from any thread. Methods that write return when the data is on disk
// (fsync done) and commit many callers' writes together. Every method fails with kUnavailable when the
// database cannot be used now, kInternal otherwise, beside what is stated.
class Store {
 public:
  virtual ~Store() = default;

  // kConflict if the site exists. `url` is canonicalised first.
  virtual Result<Site> add_site(std::string_view url, UnixMillis now) = 0;
  // The site with this canonical url, or none.
  virtual Result<std::optional<Site>> find_site(std::string_view canonical_url) = 0;
  // kNotFound if there is none with this id.
  virtual Result<Site> site(SiteId id) = 0;
  virtual Result<std::vector<Site>> sites() = 0;

  // `hash` is the keyed hash of the secret (service/secret.h); the secret itself is never stored. kConflict
  // if it exists.
  virtual Result<Key> add_key(KeyKind kind, std::optional<SiteId> site, std::string_view hash,
                              std::string_view hint, UnixMillis now) = 0;
  virtual Result<std::optional<Key>> find_key(std::string_view hash) = 0;
  virtual Result<std::vector<Key>> keys() = 0;
  // kNotFound if there is no such key; revoking twice keeps the first time.
  virtual Result<void> revoke_key(KeyId id, UnixMillis now) = 0;

  virtual Result<void> put_verdict(const StoredVerdict& verdict) = 0;
  // All of them in one transaction.
  virtual Result<void> put_verdicts(const std::vector<StoredVerdict>& verdicts) = 0;
  virtual Result<std::optional<StoredVerdict>> find_verdict(std::string_view id) = 0;
  // The newest verdict of this site on a comment with this text_key, or none.
  virtual Result<std::optional<StoredVerdict>> find_verdict_by_text(SiteId site, std::uint64_t text_key) = 0;

  virtual Result<void> put_feedback(const FeedbackEvent& event) = 0;
  // Of one site, oldest first; for tests, export and training. `after` is a FeedbackEvent::id or empty for
  // the start.
  virtual Result<std::vector<FeedbackEvent>> feedback(SiteId site, std::string_view after,
                                                      std::size_t limit) = 0;

  virtual Result<Past> reports_of_text(SiteId site, std::uint64_t text_key) = 0;
  virtual Result<Past> reports_of_author(SiteId site, std::string_view author_email) = 0;

  // Answers one trivial read; for /readyz.
  virtual Result<void> ping() = 0;
};

}  // namespace winnow
