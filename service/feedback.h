// Use case: a person says that a comment is spam or ham.
#pragma once

#include <optional>
#include <string>

#include "service/check.h"

namespace winnow {

struct Report {
  Label label = Label::kHam;
  std::string verdict_id;  // the verdict it is about, or empty
  Comment comment;         // the comment itself, where no id is given or the id is not known
  std::string reporter;
  std::optional<bool> answered_spam;  // what the platform says that winnow had answered, where it does
  bool is_test = false;
};

struct ReportReply {
  std::string id;          // of the event
  std::string verdict_id;  // the verdict that it was matched with; empty if none was found
};

// Appends one event; durable when it returns. The verdict is found by id, else among the site's newest on
// comments with the same text_key: the newest of the same author, or else the newest. kNotFound if an id was
// given that this site does not have and no comment with content came along.
Result<ReportReply> report(const Services& services, const Caller& caller, const Report& report);

}  // namespace winnow
