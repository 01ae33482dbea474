// Fields of forms, multipart forms and JSON, and the comment that is made of them.
// Input: the Content-Type, a line; the query, a line; the body.
#include "service/http/fields.h"

#include "service/http/decode.h"
#include "service/http/form_signs.h"
#include "service/http/multipart.h"
#include "service/http/slashes.h"
#include "tests/fuzz/comment_text.h"

namespace winnow::fuzz {
namespace {

constexpr std::size_t kMostContent = 600;

void try_fields(const http::Request& request) {
  const Result<http::Fields> fields = http::Fields::read(request);
  if (!fields) return;
  for (const char* name : {"comment_content", "blog", "a", "is_test"}) {
    const std::string text = fields->text(name, 40);
    require(text.size() <= 40 && is_valid_utf8(text), "a field's text is valid UTF-8 within its bound");
    require(text.empty() || fields->has(name), "what has a text was sent");
  }
  for (const std::vector<std::string>& texts : {fields->list("a", 5, 40), fields->all("c", 5, 40)}) {
    require(texts.size() <= 5, "a list has no more values than were asked for");
    for (const std::string& text : texts)
      require(!text.empty() && text.size() <= 40 && is_valid_utf8(text),
              "a list's texts are valid UTF-8 within their bound");
  }
  require_texts(http::to_comment(*fields, kMostContent), kMostContent, http::kMaxFieldBytes);
}

void try_form(std::string_view text) {
  require(http::parse_form(text, 7).size() <= 7, "a form has no more fields than its bound");
  std::size_t bytes = 0;
  for (const auto& [name, value] : http::parse_form(text)) bytes += name.size() + value.size();
  require(bytes <= text.size(), "a form's fields are no longer than the form");
}

void try_multipart(std::string_view content_type, std::string_view body) {
  const std::optional<std::string> boundary = http::multipart_boundary(content_type);
  if (!boundary) return;
  require(!boundary->empty() && boundary->size() <= 70, "a boundary has 1 to 70 characters");
  require(http::parse_multipart(body, *boundary, 3).size() <= 3, "no more parts are read than the bound");
  std::size_t bytes = 0;
  for (const auto& [name, value] : http::parse_multipart(body, *boundary))
    bytes += name.size() + value.size();
  require(bytes <= body.size(), "a multipart body's fields are no longer than the body");
}

void try_json(std::string_view text) {
  const Result<Json> json = parse_json(text);
  if (!json) return;
  const Result<Json> again = parse_json(to_text(*json));
  require(again.ok() && to_text(*again) == to_text(*json), "JSON that was read can be written and read");
  if (const auto report = http::to_report(*json, kMostContent))
    require_texts(report->comment, kMostContent, http::kMaxFieldBytes);
  if (const auto batch = http::to_batch(*json, kMostContent))
    require(!batch->empty() && batch->size() <= http::kMaxBatch, "a batch is within its bound");
  const Result<CheckRequest> request = http::to_check(*json, kMostContent);
  if (!request) return;
  require_texts(request->comment, kMostContent, http::kMaxFieldBytes);
  const Json written = http::to_json(request->comment);
  const Result<CheckRequest> reread = http::to_check(written, kMostContent);
  require(reread.ok() && http::to_json(reread->comment) == written, "a comment is read as it was written");
}

}  // namespace
}  // namespace winnow::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace winnow;
  fuzz::Parts parts(data, size);
  http::Request request;
  request.method = "POST";
  request.version = "HTTP/1.1";
  request.headers.emplace_back("content-type", parts.line());
  request.query = parts.line();
  request.body = parts.rest();
  fuzz::try_fields(request);
  fuzz::try_form(request.body);
  fuzz::try_multipart(request.header("content-type"), request.body);
  fuzz::try_json(request.body);
  return 0;
}
