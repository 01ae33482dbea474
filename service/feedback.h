// Use case: a person says that a comment is spam or ham.
#pragma once

#include <string>

#include "service/check.h"

namespace winnow {

struct Report {
  Label label = Label::kHam;
  std::string verdict_id;  // the verdict it is about, or empty
  Comment comment;         // the comment itself, where no id is given or the id is not known
  std::string reporter;
  bool is_test = false;
};

struct ReportReply {
  std::string id;          // of the event
  std::string verdict_id;  // the verdict that it was matched with; empty if none was found
};

// Appends one event; durable when it returns. The verdict is found by id, else by the site's newest verdict
// on a comment with the same text_key. kNotFound if an id was given that this site does not have and no
// comment with content came along.
Result<ReportReply> report(const Services& services, const Caller& caller, const Report& report);

}  // namespace winnow
