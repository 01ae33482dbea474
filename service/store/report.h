// Reports by people that a comment is spam or ham: the log that learning folds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "classifier/comment.h"
#include "service/store/stored_verdict.h"

namespace winnow {

// That a report counts for nothing from now on.
struct Withdrawal {
  UnixMillis at = 0;
  KeyId key = 0;   // 0: the command line
  std::string by;  // who, as the platform or the command line names them; may be empty
};

// A report that is taken back.
struct TakenBack {
  std::string id;
  std::optional<Label> to_tell;  // what the site of its verdict is told at its callback, where it gave one
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
  std::string origin =
      "report";          // "akismet", "api", "admin", "cli", "import"; "report" where it was not noted
  bool curator = false;  // reported with a curator's key
  // Sum of the points that the judge gave the comment at that time, without its memory; none if not known.
  std::optional<double> points;
  bool corrects = false;  // says the opposite of what winnow had answered; counted, not stored
  // The site does not know of it, and is told at the callback that its check named; not stored.
  bool tell = false;
  bool is_test = false;
  std::optional<Withdrawal> withdrawn;  // set when read, never when put
};

// What happened to one comment: every verdict on it and what became of each, oldest first.
struct CommentHistory {
  std::vector<StoredVerdict> verdicts;  // that which was asked for, those it replaced, those that replaced it
  std::vector<FeedbackEvent> reports;   // on any of them, tests and withdrawn ones included
  std::vector<Told> told;
};

// A report in its place in the log of all sites.
struct LoggedEvent {
  std::int64_t seq = 0;  // rises with arrival, with gaps
  FeedbackEvent event;
  // Sites that one key speaks for are not independent of each other, unless it is good for any site.
  bool of_any_site_key = false;
};

// The newest entries of the log; 0 where there is none.
struct LogEnd {
  std::int64_t event = 0;       // LoggedEvent::seq
  std::int64_t withdrawal = 0;  // rises with each withdrawal
  std::int64_t removal = 0;     // rises whenever reports that counted are removed from the log

  bool operator==(const LogEnd&) const = default;
};

// Reports without tests.
struct ReportCounts {
  std::int64_t spam = 0;
  std::int64_t ham = 0;
  std::int64_t withdrawn = 0;  // these are not counted in spam and ham
  std::int64_t since = 0;      // of spam and ham, those behind the one that was asked for
};

}  // namespace winnow
