// The server's side of TLS 1.2 and 1.3, by OpenSSL; ALPN: http/1.1. tls.cpp is the only file that includes
// openssl/ssl.h.
#pragma once

#include <memory>
#include <string>

#include "classifier/result.h"
#include "service/http/channel.h"

struct ssl_ctx_st;

namespace winnow::http {

// A certificate with its chain and private key, ready to be shown to clients. A value: copies share it.
// Thread rule: from any thread.
class TlsIdentity {
 public:
  // `certificate`: PEM file with the server's certificate first, then those between it and the root.
  // `key`: PEM file with its private key, without a passphrase. kInvalid names the setting, the file and the
  // reason if one cannot be read or they do not belong together.
  static Result<TlsIdentity> load(const std::string& certificate, const std::string& key);

  // The channel of a connection that a client has begun; it keeps this identity to its end. `socket` must not
  // block, and outlives the channel.
  std::unique_ptr<Channel> channel(int socket) const;

  // Last day on which the certificate is good, "2029-02-26", in UTC.
  std::string last_day() const;

 private:
  explicit TlsIdentity(std::shared_ptr<ssl_ctx_st> context) : context_(std::move(context)) {}

  std::shared_ptr<ssl_ctx_st> context_;
};

}  // namespace winnow::http
