#include "service/http/content_coding.h"

#include <httplib.h>

#include <memory>

namespace winnow::http {
namespace {

namespace detail = httplib::detail;

std::unique_ptr<detail::decompressor> decoder_of(std::string_view encoding) {
  const std::string name = lower(encoding);
  if (name == "gzip" || name == "x-gzip" || name == "deflate")
    return std::make_unique<detail::gzip_decompressor>();
  if (name == "br") return std::make_unique<detail::brotli_decompressor>();
  return nullptr;
}

}  // namespace

Result<void> unpack_body(Request& request, std::size_t limit) {
  const std::string_view encoding = request.header("content-encoding");
  if (encoding.empty() || request.body.empty()) return {};
  const std::unique_ptr<detail::decompressor> decoder = decoder_of(encoding);
  if (!decoder) return {};
  std::string unpacked;
  bool over = false;
  const auto add = [&](const char* data, std::size_t size) {
    over = size > limit - unpacked.size();
    if (!over) unpacked.append(data, size);
    return !over;
  };
  const bool good = decoder->is_valid() && decoder->decompress(request.body.data(), request.body.size(), add);
  if (over)
    return Error{ErrorKind::kTooLarge, "The body has more than " + std::to_string(limit) + " bytes.", ""};
  if (!good)
    return Error{ErrorKind::kInvalid, "The body ends early or is not encoded as its head says.",
                 "Content-Encoding"};
  request.body = std::move(unpacked);
  return {};
}

}  // namespace winnow::http
