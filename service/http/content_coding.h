// Content-Encoding of request bodies: gzip, deflate and br are undone, within bounds. The one file of the
// server that includes httplib.h, which has the decoders.
#pragma once

#include <cstddef>

#include "classifier/result.h"
#include "service/http/message.h"

namespace winnow::http {

// Replaces the body by what it unpacks to, where the head names such an encoding; any other name leaves it as
// it is. kTooLarge if that has more than `limit` bytes, kInvalid if it is not so encoded.
Result<void> unpack_body(Request& request, std::size_t limit);

}  // namespace winnow::http
