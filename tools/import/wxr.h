// Wxr: the file that WordPress writes under Tools, Export (WordPress eXtended RSS, any version).
// WordPress leaves spam out of it; a dump of the table of comments (wordpress_csv.h) has it.
#pragma once

#include "tools/import/imported_comment.h"
#include "tools/import/input.h"

namespace winnow {

// Comments with the title, address and tags of their post. Fails as read_xml() does, and with kInvalid where
// the file is XML of another kind.
Result<void> read_wxr(Input& input, const VisitComment& visit);

}  // namespace winnow
