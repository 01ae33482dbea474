#include "service/http/request_reader.h"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <limits>
#include <utility>

#include "service/http/form.h"
#include "service/http/framing.h"

namespace winnow::http {
namespace {

namespace beast = boost::beast::http;

std::string_view view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

// A target in absolute form, as a forward proxy gets it and every server must take it (RFC 9112, section
// 3.2.2): its host counts, not the header's.
void take_host_from_path(Request& request) {
  const std::string scheme = lower(request.path.substr(0, 8));
  const std::size_t begin = scheme.starts_with("http://") ? 7 : scheme == "https://" ? 8 : 0;
  if (begin == 0) return;
  const std::size_t end = std::min(request.path.find('/', begin), request.path.size());
  std::erase_if(request.headers, [](const Field& header) { return header.first == "host"; });
  request.headers.emplace_back("host", request.path.substr(begin, end - begin));
  request.path.erase(0, end);
  if (request.path.empty()) request.path = "/";
}

Request translate(const beast::request<beast::string_body>& from) {
  Request request;
  request.method = view(from.method_string());
  request.version = from.version() == 10 ? "HTTP/1.0" : "HTTP/1.1";
  const std::string_view target = view(from.target());
  const std::size_t query = target.find('?');
  request.path = target.substr(0, query);
  if (query != std::string_view::npos) request.query = target.substr(query + 1);
  for (const auto& field : from)
    request.headers.emplace_back(lower(view(field.name_string())), view(field.value()));
  take_host_from_path(request);
  request.path = percent_decoded(request.path);
  return request;
}

bool too_long(const beast::request<beast::string_body>& head) {
  std::size_t count = 0;
  for (const auto& field : head)
    if (++count > kMaxHeaders || field.name_string().size() + field.value().size() > kMaxHeaderBytes)
      return true;
  return head.target().size() > kMaxHeaderBytes;
}

constexpr const char* kLongHead = "The head of the request is too long.";
constexpr const char* kNoRequest = "This is no HTTP request that winnow understands.";
constexpr const char* kUnclearLength = "The length of the body is not clear.";
constexpr const char* kBrokenBody = "The body ends early or is not encoded as its head says.";

}  // namespace

struct RequestReader::Parser : beast::request_parser<beast::string_body> {
  Parser() {
    header_limit(kMaxHeadBytes);
    body_limit(std::numeric_limits<std::uint64_t>::max());  // until allow_body()
    eager(false);                                           // stop behind the head
  }
};

RequestReader::RequestReader() = default;
RequestReader::~RequestReader() = default;

RequestReader::Progress RequestReader::take(std::string_view bytes) {
  if (progress_ == Progress::kRefused) return progress_;
  if (progress_ != Progress::kMore || !rest_.empty()) {
    rest_.append(bytes);
    return progress_ == Progress::kMore ? parse_rest() : progress_;
  }
  const std::size_t parsed = parse(bytes);
  if (progress_ != Progress::kRefused) rest_ = bytes.substr(parsed);
  return progress_;
}

RequestReader::Progress RequestReader::next() {
  request_ = {};
  progress_ = Progress::kMore;
  leaves_body_ = false;
  wire_ = 0;
  return parse_rest();
}

RequestReader::Progress RequestReader::parse_rest() {
  std::string bytes = std::exchange(rest_, {});
  const std::size_t parsed = parse(bytes);
  if (parsed == bytes.size() || progress_ == Progress::kRefused) return progress_;  // nothing to keep
  rest_ = std::move(bytes);
  rest_.erase(0, parsed);
  return progress_;
}

// Beast takes it for granted that the last chunk, once it has begun, is there to the end of its first line
// and two bytes more, and would end the process where assertions are on. A chunked body never ends with fewer
// bytes.
bool RequestReader::is_enough(std::string_view bytes) const {
  constexpr std::size_t kLastChunk = 5;
  const bool may_be_last = parser_->is_header_done() && parser_->chunked() && bytes.starts_with('0');
  return !may_be_last || bytes.size() >= kLastChunk;
}

std::size_t RequestReader::parse(std::string_view bytes) {
  std::size_t parsed = 0;
  if (!parser_) {
    // Blank lines before a request are to be passed over (RFC 9112, section 2.2).
    parsed = std::min(bytes.find_first_not_of("\r\n"), bytes.size());
    if (parsed == bytes.size()) return parsed;
    parser_ = std::make_unique<Parser>();
  }
  boost::system::error_code failure;
  while (parsed < bytes.size() && !failure && !parser_->is_done() && is_enough(bytes.substr(parsed))) {
    parsed += parser_->put(boost::asio::const_buffer(bytes.data() + parsed, bytes.size() - parsed), failure);
    if (parser_->is_header_done() && request_.method.empty()) break;
  }
  wire_ += parsed;
  const bool wasteful = parser_->is_header_done() && (bytes.size() - parsed > kMaxHeaderBytes ||
                                                      wire_ > kMaxHeadBytes + kWireFactor * limit_);
  if (failure == beast::error::bad_content_length || failure == beast::error::bad_transfer_encoding)
    refuse(ErrorKind::kInvalid, kUnclearLength, "Content-Length");
  else if (failure && failure != beast::error::need_more)
    refuse_bytes(failure == beast::error::header_limit || failure == beast::error::body_limit);
  else if (parser_->is_header_done() && request_.method.empty())
    read_head();
  else if (parser_->is_done())
    finish();
  else if (wasteful)
    refuse_bytes(true);
  return parsed;
}

void RequestReader::read_head() {
  const auto& head = parser_->get();
  request_ = translate(head);
  // A host that was taken from the path may be one more than came.
  if (too_long(head) || request_.headers.size() > kMaxHeaders) return refuse(ErrorKind::kTooLarge, kLongHead);
  if (head.method() == beast::verb::unknown) return refuse(ErrorKind::kInvalid, kNoRequest);
  if (!framing_of(request_).is_clear) return refuse(ErrorKind::kInvalid, kUnclearLength, "Content-Length");
  progress_ = Progress::kHead;
}

RequestReader::Progress RequestReader::allow_body(std::size_t limit) {
  limit_ = limit;
  const Framing framing = framing_of(request_);
  leaves_body_ = framing.has_body && limit == 0;
  if (framing.length > limit && !leaves_body_) {
    refuse_bytes(true);
  } else if (leaves_body_ || parser_->is_done()) {
    finish();
  } else {
    progress_ = Progress::kMore;
    parser_->body_limit(limit);
    parser_->eager(true);
    parse_rest();
  }
  return progress_;
}

// `too_many`: else they make no sense.
void RequestReader::refuse_bytes(bool too_many) {
  const bool in_body = parser_->is_header_done();
  if (too_many && in_body)
    refuse(ErrorKind::kTooLarge, "The body has more than " + std::to_string(limit_) + " bytes.");
  else if (too_many)
    refuse(ErrorKind::kTooLarge, kLongHead);
  else if (in_body)
    refuse(ErrorKind::kInvalid, kBrokenBody);
  else
    refuse(ErrorKind::kInvalid, kNoRequest);
}

void RequestReader::refuse(ErrorKind kind, std::string message, std::string field) {
  refusal_ = {kind, std::move(message), std::move(field)};
  if (request_.method.empty() && parser_) request_ = translate(parser_->get());  // as far as it was read
  parser_.reset();
  std::string().swap(rest_);
  progress_ = Progress::kRefused;
}

void RequestReader::cut_off() {
  refuse(ErrorKind::kInvalid, parser_ && parser_->is_header_done() ? kBrokenBody : kNoRequest);
}

void RequestReader::finish() {
  request_.body = std::move(parser_->get().body());
  parser_.reset();
  progress_ = Progress::kWhole;
}

bool RequestReader::awaits_continue() const {
  return progress_ == Progress::kMore && parser_ && parser_->is_header_done() &&
         request_.version == "HTTP/1.1" && lower(request_.header("expect")) == "100-continue" &&
         parser_->get().body().empty() && rest_.empty();
}

std::size_t RequestReader::held() const {
  return rest_.size() + request_.body.size() + (parser_ ? parser_->get().body().size() : 0);
}

}  // namespace winnow::http
