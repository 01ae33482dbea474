// ImportedComment: one comment of another platform's file, as every reader hands it on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "classifier/comment.h"
#include "classifier/result.h"

namespace winnow {

// What the platform's people made of the comment.
enum class Standing {
  kSpam,
  kHam,
  kWaiting,  // nobody has decided yet
  kSkipped,  // it teaches nothing; `why` says why
};

struct ImportedComment {
  Comment comment;
  Standing standing = Standing::kWaiting;
  // Of kSkipped: a few words, one of a small set of texts that live for ever.
  std::string_view why;
  // The platform's own id with the platform's name before it ("wordpress:7"), the same whichever format the
  // comment came in; empty if there is none.
  std::string source_id;
  std::optional<std::int64_t> at;  // when it was written, milliseconds since 1970 UTC; none if not told
  // Of a row that `winnow export` wrote: the report's id and its site. Else empty.
  std::string report_id;
  std::string report_site;
};

// Takes each comment in the order of the file. An Error ends the reading, which then fails with it.
using VisitComment = std::function<Result<void>(ImportedComment)>;

// The most bytes that one comment may take in its file (XML: one text of it). A longer one is kSkipped, for
// no platform takes such; this bounds the memory of every reader.
inline constexpr std::size_t kMaxRecordBytes = 1 << 20;
inline constexpr std::string_view kTooLong = "longer than 1 MiB";

}  // namespace winnow
