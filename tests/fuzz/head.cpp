// What is read of a request's head: where its body ends, who sent it, with which key.
// Input: the query, a line; headers, a line each.
#include "classifier/network.h"
#include "service/http/auth.h"
#include "service/http/forwarded.h"
#include "service/http/framing.h"
#include "tests/fuzz/property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace winnow;
  using fuzz::require;
  static const std::vector<Network> proxies = *parse_networks({"127.0.0.0/8", "2001:db8::/32"});
  fuzz::Parts parts(data, size);
  http::Request head;
  head.method = "POST";
  head.version = parts.byte() % 2 == 0 ? "HTTP/1.1" : "HTTP/1.0";
  head.query = parts.line();
  while (!parts.rest().empty()) {
    const std::string_view line = parts.line();
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    head.headers.emplace_back(http::lower(line.substr(0, colon)), line.substr(colon + 1));
  }

  const http::Framing framing = http::framing_of(head);
  require(framing.length == 0 || framing.has_body, "what has a length has a body");
  int lengths = 0, encodings = 0;
  for (const auto& [name, value] : head.headers) {
    lengths += name == "content-length";
    encodings += name == "transfer-encoding";
  }
  require(!framing.is_clear || lengths == 0 || encodings == 0, "a length beside an encoding is not clear");
  require(!framing.is_clear || encodings <= 1, "two encodings are not clear");
  http::wants_keep_alive(head);

  for (const char* peer : {"127.0.0.1", "203.0.113.9", ""}) {
    const std::string client = http::client_address(peer, head.headers, proxies);
    require(client == peer || peer == std::string_view("127.0.0.1"), "a stranger's headers are not believed");
    require(client == peer || parse_networks({client}).ok(), "a client's address is an address");
    require(!http::forwarded_https(peer, head.headers, proxies) || peer == std::string_view("127.0.0.1"),
            "a stranger's HTTPS is not believed");
  }
  http::bearer_token(head);
  if (const auto fields = http::Fields::read(head)) {
    for (const bool own : {false, true})
      static_cast<void>(http::akismet_key(head, *fields, own, {"example.org"}));
  }
  return 0;
}
