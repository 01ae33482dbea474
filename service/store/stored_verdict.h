// Verdicts as they are stored, and what hangs on them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "classifier/comment.h"
#include "classifier/verdict.h"
#include "service/store/site.h"

namespace winnow {

enum class Label { kHam, kSpam };
std::string_view to_string(Label label);  // "ham", "spam"

// What the model that runs in shadow thinks of a comment.
struct ShadowOpinion {
  std::string model_id;
  Outcome outcome = Outcome::kHam;
  double score = 0;
};

struct StoredVerdict {
  std::string id;  // 32 lower-case hex digits
  SiteId site = 0;
  KeyId key = 0;
  UnixMillis at = 0;
  Comment comment;
  Verdict verdict;
  std::uint64_t text_key = 0;  // classifier/fingerprint.h, of the content
  std::string supersedes;      // the verdict on the same request that this one replaces, or empty
  bool is_test = false;
  std::optional<ShadowOpinion> shadow;  // stored; read again as Store::shadow_counts() alone
  // Since when the comment and what the reasons quote of it are deleted; set when read, never when put.
  std::optional<UnixMillis> text_deleted_at = {};
};

// Which model runs in shadow where.
struct Shadow {
  std::optional<SiteId> site;  // none: all sites without a Shadow of their own
  std::string model_id;        // empty: none there
};

// Verdicts of one model in force and one in shadow that are alike; tests are not counted.
struct ShadowCount {
  std::string in_force;
  Outcome outcome = Outcome::kHam;
  Outcome shadow_outcome = Outcome::kHam;
  std::optional<Label> said;  // the last report on the comment, if there is one
  std::int64_t verdicts = 0;
};

// A verdict in its place among those of all sites.
struct LoggedVerdict {
  std::int64_t seq = 0;  // rises with arrival, with gaps
  StoredVerdict verdict;
};

// Which verdicts are gone through.
struct VerdictQuery {
  SiteId site = 0;       // 0: of every site
  UnixMillis since = 0;  // given then or later
};

// An answer that may yet change, of a site that said where to tell it.
struct Watch {
  std::string verdict_id;
  SiteId site = 0;
  std::uint64_t text_key = 0;  // of the comment
  std::string callback;        // URL
  std::string sealed_key;      // the client's key (InstallSecret::seal()), by which the site knows winnow
  UnixMillis look_at = 0;      // when to look next; a report on the text brings it forward
  std::optional<UnixMillis> held_until;  // the site holds the comment until it is told, then at the latest
  UnixMillis ends_at = 0;        // until then reports of other sites may make spam of what is told ham
  UnixMillis kept_until = 0;     // until then the site may be told what a person says; not before ends_at
  Label told = Label::kHam;      // what the site knows
  std::optional<Label> to_tell;  // decided, and not yet delivered
  int attempts = 0;              // of delivering it
};

// What a site was told at its callback.
struct Told {
  UnixMillis at = 0;
  Label label = Label::kHam;
};

}  // namespace winnow
