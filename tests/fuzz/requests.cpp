// Whole requests, through the router, to the shipped model and a real store.
// Input: "METHOD PATH?QUERY", a line; headers, a line each; an empty line; the body. The key of Akismet's
// calls is 0123456789ab; a call of our own API has its key, one of the admin API the key of an administrator,
// unless it brings one.
#include <set>

#include "classifier/unicode.h"
#include "service/log.h"
#include "tests/fuzz/property.h"
#include "tests/learning/site.h"
#include "tests/unit/service/http/exchange.h"

namespace winnow::fuzz {
namespace {

constexpr std::size_t kRunsOfOneStore = 5000;
constexpr char kAkismetKey[] = "0123456789ab";
constexpr char kApiKey[] = "wnw_00000000000000000000000000000001";
constexpr char kCuratorKey[] = "wnw_00000000000000000000000000000002";

struct House : http::Exchange {
  House() {
    installation.engine = {std::shared_ptr<const Engine>(), &learning_test::shipped_engine()};
    installation.services.new_id = [this] {
      char id[33];
      std::snprintf(id, sizeof id, "%032x", ++ids);
      return std::string(id);
    };
    installation.services.recheck.hosts = {"blog.example"};
    const SiteId site = must(installation.store->add_site(must(canonical_site("http://blog.example")), 1)).id;
    installation.add({.kind = KeyKind::kAkismet, .sites = {site}}, kAkismetKey);
    installation.add({.kind = KeyKind::kApi}, kApiKey);
    installation.add({.kind = KeyKind::kApi, .scopes = kAllScopes}, kCuratorKey);
  }

  unsigned ids = 0;
};

House& house() {
  static std::unique_ptr<House> house;
  static std::size_t runs = 0;
  if (runs++ % kRunsOfOneStore == 0 || !house) {
    house.reset();
    house = std::make_unique<House>();
  }
  return *house;
}

// Passwords make Argon2 work for a tenth of a second each; the rest acts on the shelf of models on disk.
bool is_left_out(std::string_view path) {
  return path.starts_with("/api/v1/admin/models/") || path == "/api/v1/admin/training" ||
         path.starts_with("/api/v1/admin/session") || path == "/api/v1/admin/setup" ||
         path.starts_with("/api/v1/admin/people");
}

std::string_view default_key(std::string_view path) {
  return path.starts_with("/api/v1/admin/") ? kCuratorKey : kApiKey;
}

void require_reply(const http::Request& request, const http::Reply& reply) {
  static const std::set<int> kStatuses = {200, 201, 202, 204, 303, 304, 307, 308, 400,
                                          401, 403, 404, 405, 409, 413, 415, 422, 429};
  if (!kStatuses.contains(reply.status))
    std::fprintf(stderr, "status %d: %s\n", reply.status, reply.body.c_str());
  require(kStatuses.contains(reply.status), "no request breaks what answers it");
  for (const auto& [name, value] : reply.headers) {
    require(!name.empty() && name.find_first_of("\r\n: ") == std::string::npos, "a header's name is one");
    require(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos, "a header is one line");
  }
  require(is_valid_utf8(reply.body) || request.path.starts_with("/admin"), "an answer is valid UTF-8");
  if (reply.content_type.find("json") != std::string::npos)
    require(parse_json(reply.body).ok(), "JSON that is answered can be read");
}

http::Request request_of(Parts parts) {
  http::Request request;
  request.version = "HTTP/1.1";
  std::string_view head = parts.line();
  const std::size_t blank = head.find(' ');
  request.method = head.substr(0, blank);
  head = blank == std::string_view::npos ? "" : head.substr(blank + 1);
  const std::size_t question = head.find('?');
  request.path = head.substr(0, question);
  if (question != std::string_view::npos) request.query = head.substr(question + 1);
  request.remote_addr = "203.0.113.7";
  bool has_key = false;
  for (std::string_view line = parts.line(); !line.empty(); line = parts.line()) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    request.headers.emplace_back(http::lower(line.substr(0, colon)), line.substr(colon + 1));
    has_key = has_key || request.headers.back().first == "authorization";
  }
  if (!has_key)
    request.headers.emplace_back("authorization", "Bearer " + std::string(default_key(request.path)));
  request.body = parts.rest();
  return request;
}

}  // namespace
}  // namespace winnow::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace winnow;
  static const bool quiet = [] {
    open_log("text", "error");
    return true;
  }();
  static_cast<void>(quiet);
  http::Request request = fuzz::request_of({data, size});
  if (fuzz::is_left_out(request.path)) return 0;
  fuzz::House& house = fuzz::house();
  house.installation.now += 1000;  // else the rate limits would refuse nearly all
  const std::size_t limit = house.router.body_limit(request);
  if (request.body.size() > limit) request.body.resize(limit);
  fuzz::require_reply(request, house.router.answer(request));
  return 0;
}
