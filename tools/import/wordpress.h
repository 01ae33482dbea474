// What the columns of WordPress's table of comments mean, whichever way they come out of it.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "tools/import/imported_comment.h"

namespace winnow {

// By column of wp_comments: "comment_content", "comment_approved", ... Columns that are missing are empty.
using WordPressRow = std::map<std::string, std::string, std::less<>>;

// The fields, the id and the time; what comment_approved says: 1 is ham, spam is spam, 0 waits, trash teaches
// nothing (people throw away honest comments, too), nor does what a plug-in wrote itself (order notes, logs).
ImportedComment from_wordpress(WordPressRow row);

}  // namespace winnow
