// The bytes of a connection as requests, in one piece and in many. Input: a byte (how long bodies may be);
// the bytes.
#include <algorithm>

#include "service/http/bounds.h"
#include "service/http/request_reader.h"
#include "tests/fuzz/property.h"

namespace winnow::fuzz {
namespace {

using Progress = http::RequestReader::Progress;

struct Conversation {
  std::vector<http::Request> requests;
  bool leaves_body = false;
};

void require_request(const http::Request& request, std::size_t limit) {
  require(request.body.size() <= limit, "a body is within its limit");
  require(request.headers.size() <= http::kMaxHeaders, "a request has no more headers than the bound");
  std::size_t head = 0;
  for (const auto& [name, value] : request.headers) {
    head += name.size() + value.size();
    require(value.size() <= http::kMaxHeaderBytes, "a header is within its bound");
    require(name == http::lower(name), "names of headers are in lower case");
    require(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos, "a header is one line");
  }
  require(head <= http::kMaxHeadBytes, "a head is within its bound");
}

// `step`: bytes at once.
Conversation read(std::string_view bytes, std::size_t limit, std::size_t step) {
  http::RequestReader reader;
  Conversation conversation;
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, step);
    bytes.remove_prefix(piece.size());
    Progress progress = reader.take(piece);
    while (progress == Progress::kHead || progress == Progress::kWhole) {
      if (progress == Progress::kHead) {
        progress = reader.allow_body(limit);
        continue;
      }
      require_request(reader.request(), limit);
      conversation.requests.push_back(reader.request());
      if (reader.leaves_body()) {
        conversation.leaves_body = true;
        return conversation;
      }
      progress = reader.next();
    }
    if (progress == Progress::kRefused) {
      require(!reader.refusal().message.empty(), "a refusal says why");
      return conversation;
    }
  }
  return conversation;
}

// What begins badly may be refused at once, or when more of it is there.
void require_same(const Conversation& one, const Conversation& other) {
  require(one.leaves_body == other.leaves_body && one.requests.size() == other.requests.size(),
          "it does not matter in which pieces bytes come");
  for (std::size_t i = 0; i < one.requests.size(); ++i) {
    const http::Request &a = one.requests[i], &b = other.requests[i];
    require(a.method == b.method && a.path == b.path && a.query == b.query && a.headers == b.headers &&
                a.body == b.body,
            "requests are the same in whichever pieces they come");
  }
}

}  // namespace
}  // namespace winnow::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace winnow::fuzz;
  Parts parts(data, size);
  const std::size_t limit = std::size_t{parts.byte()} * 16;
  const Conversation whole = read(parts.rest(), limit, std::string_view::npos);
  for (const std::size_t step : {std::size_t{1}, std::size_t{7}})
    require_same(whole, read(parts.rest(), limit, step));
  return 0;
}
