// Use cases of the admin's desk: a person reports verdicts that are stored, takes reports back, and sees what
// that changed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/feedback.h"

namespace winnow {

// At most so many verdicts or reports at once.
inline constexpr std::size_t kMostAtOnce = 200;

// One verdict that was to be reported.
struct Filed {
  std::string verdict_id;
  SiteId site = 0;
  std::optional<Error> error;  // why not
  ReportReply reply;           // else
  bool told = false;           // the site named a callback with its check, and is told
};

// Reports each as the person's word; those that they may not see do not exist. `everywhere`: it counts on all
// sites at once. In the order of `ids`; an id that comes again is passed over. Fails as the store does, and
// then nothing was reported.
Result<std::vector<Filed>> report_at_desk(const Services& services, const Person& person,
                                          const std::vector<std::string>& ids, Label label, bool everywhere);

// Stored comments that are nearly the same as what was reported, are not reported themselves, and would be
// judged otherwise now: spam or not.
struct ChangedAlike {
  std::size_t count = 0;            // at most kMostAtOnce
  Outcome outcome = Outcome::kHam;  // what most of them would get
  std::string like;                 // a verdict that was reported; they are those like it
};

// Of the campaign of which most would be judged otherwise, among the first that were reported; on the sites
// that the person may see. Fails as the store does.
Result<ChangedAlike> changed_alike(const Services& services, const Person& person,
                                   const std::vector<Filed>& filed);

// One report that was to be taken back.
struct TakenBackReply {
  std::string id;
  SiteId site = 0;
  std::optional<Error> error;
};

struct WithdrawnAtDesk {
  std::vector<TakenBackReply> results;  // in the order of the ids
  bool in_force = true;  // false: the log of reports is long, and folded anew in the background
};

// Takes each back; those on sites that the person may not see do not exist. The sites that were told are told
// what stands then: what the last other report says, or else winnow. Fails as the store does, and then
// nothing was taken back.
Result<WithdrawnAtDesk> withdraw_at_desk(const Services& services, const Person& person,
                                         const std::vector<std::string>& ids);

}  // namespace winnow
