// Disqus: the XML that Disqus mails under Community, Export.
//
//   <thread dsq:id="1"><link>..</link><title>..</title>...</thread>
//   <post
//   dsq:id="2"><message>..</message><createdAt>..</createdAt><isDeleted>..</isDeleted><isSpam>..</isSpam>
//     <author><name>..</name>...</author><ipAddress>..</ipAddress><thread dsq:id="1"/><parent
//     dsq:id="3"/></post>
#pragma once

#include "tools/import/imported_comment.h"
#include "tools/import/input.h"

namespace winnow {

// Comments with the title and address of their thread. isSpam is spam; what was deleted without being spam is
// skipped; the rest is ham. Threads come first and are kept in memory, up to 128 MiB of them; comments of
// later ones have no title and address. Fails as read_xml() does, and with kInvalid where the file is XML of
// another kind.
Result<void> read_disqus(Input& input, const VisitComment& visit);

}  // namespace winnow
