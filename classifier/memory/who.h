// Who: the names under which reports on an author and a network are counted, and asked for.
#pragma once

#include <string>
#include <vector>

#include "classifier/comment.h"

namespace winnow {

// A report is counted under the first of each; all are asked for, since a person has a name of their own
// under each key that pseudonyms are made with.
struct Who {
  std::vector<std::string> author;   // of the e-mail address; empty: not known
  std::vector<std::string> network;  // of the client's address; empty: not known, or of no place
};

// As the comment itself says: by its pseudonyms, or by what is clear (email_name(), address_name()).
Who who_of(const Comment& comment);

}  // namespace winnow
