// A client that speaks TLS, by OpenSSL.
#pragma once

#include <filesystem>
#include <string>

#include "tests/api/http_client.h"

struct ssl_st;

namespace winnow::api_test {

enum class TlsVersion { kAny, k11, k12, k13 };

struct TlsWishes {
  std::filesystem::path authority;  // PEM of the CA that the server's certificate must come from
  std::string host = "rest.akismet.com";
  TlsVersion version = TlsVersion::kAny;
  std::string protocol = "http/1.1";  // the one that ALPN offers
};

class TlsClient final : public Client {
 public:
  // Throws with OpenSSL's words if the handshake fails or the certificate is not good for the host.
  TlsClient(int port, const TlsWishes& wishes);
  ~TlsClient() override;

  std::string version() const;      // "TLSv1.3"
  std::string protocol() const;     // what ALPN chose
  std::string fingerprint() const;  // of the server's certificate
  // True if the server said that the stream ends; only once is_closed() is true.
  bool ended_cleanly() const;
  // A record that tells new keys and carries no data.
  bool send_key_update();

 private:
  long put(const char* from, std::size_t size) override;
  long get(char* to, std::size_t size) override;

  ssl_st* ssl_;
};

}  // namespace winnow::api_test
