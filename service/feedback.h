// Use cases: a person says that a comment is spam or ham, or takes that back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/check.h"

namespace winnow {

struct Report {
  Label label = Label::kHam;
  std::string verdict_id;  // the verdict it is about, or empty
  Comment comment;         // the comment itself, where no id is given or the id is not known
  std::string reporter;
  std::string origin = "api";         // FeedbackEvent::origin
  std::optional<bool> answered_spam;  // what the platform says that winnow had answered, where it does
  bool is_test = false;
};

// What became of a report.
enum class Effect {
  kLearned,       // from now on it changes verdicts on this site
  kAlreadyKnown,  // kept; winnow judges such comments so already
  kDuplicate,     // this site has said the same of this comment: nothing was added
  kConflict,      // this site has said the opposite of this comment: the newer word counts
  kTestIgnored,   // kept, and never learned from
};
// "learned", "already_known", "duplicate", "conflicts_with", "test_ignored"
std::string_view to_string(Effect effect);

struct ReportReply {
  std::string id;          // of the event; of the earlier one for a duplicate
  std::string verdict_id;  // the verdict that it was matched with; empty if none was found
  Effect effect = Effect::kLearned;
  std::string conflicts_with;  // id of the earlier event, for a conflict
  // Independent sites, this one included, that say the same, while these are too few for it to count on other
  // sites; none when it counts everywhere, or nothing was learned.
  std::optional<int> sites_agreeing;
};

// Appends one event; durable, and in force for the next check, when it returns. The verdict is found by id,
// else among the site's newest on comments with the same text_key: the newest of the same author, or else the
// newest. kNotFound if an id was given that this site does not have and no comment with content came along;
// text_was_deleted() where the verdict's comment is deleted and none came along.
Result<ReportReply> report(const Services& services, const Caller& caller, const Report& report);

// kConflict: there is nothing left that could be learned.
Error text_was_deleted();

// Who reports stored verdicts at the admin's desk.
struct DeskReporter {
  KeyId key = 0;  // 0: a person
  std::string name;
  bool is_curator = false;
};

// Reports verdicts that winnow itself has shown: each gets an event of its own, also where the site has said
// the same of another comment with the same text, unless it has said so of this verdict. In one transaction,
// and in force at once; the sites are told at their callbacks (service/recheck.h). Replies in the order of
// `verdicts`, of which no two are the same.
Result<std::vector<ReportReply>> report_verdicts(const Services& services,
                                                 const std::vector<StoredVerdict>& verdicts, Label label,
                                                 const DeskReporter& reporter);

// The event counts for nothing when this returns; it stays in the log, with who and when. Gives it as it then
// is; taking back twice keeps the first time. kNotFound if there is none with this id.
Result<FeedbackEvent> withdraw(const Services& services, std::string_view id, const Withdrawal& withdrawal);

}  // namespace winnow
