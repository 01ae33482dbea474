// Bodies: comments of labelled rows (as `winnow evaluate` reads them) as a blog platform sends them.
#pragma once

#include <string>
#include <vector>

#include "classifier/comment.h"

namespace winnow {

// The comments of these files, in an order that mixes the files and is always the same. Throws
// std::runtime_error that names the file and the line.
std::vector<Comment> read_comments(const std::vector<std::string>& files);

// The body of a comment-check of Akismet's, with the fields that WordPress' plugin sends beside.
std::string form_body(const Comment& comment, const std::string& key);

}  // namespace winnow
