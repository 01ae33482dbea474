#include "tests/api/tls_client.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <memory>
#include <stdexcept>

namespace winnow::api_test {
namespace {

void set_version(SSL_CTX* context, TlsVersion wanted) {
  if (wanted == TlsVersion::kAny) return;
  const int version = wanted == TlsVersion::k11   ? TLS1_1_VERSION
                      : wanted == TlsVersion::k12 ? TLS1_2_VERSION
                                                  : TLS1_3_VERSION;
  SSL_CTX_set_min_proto_version(context, version);
  SSL_CTX_set_max_proto_version(context, version);
  if (wanted == TlsVersion::k11) SSL_CTX_set_security_level(context, 0);  // this side would refuse it
}

SSL* new_session(const TlsWishes& wishes) {
  const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  set_version(context.get(), wishes.version);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  if (SSL_CTX_load_verify_locations(context.get(), wishes.authority.c_str(), nullptr) != 1)
    throw std::runtime_error("no authority");
  const std::string offer = static_cast<char>(wishes.protocol.size()) + wishes.protocol;
  SSL* const ssl = SSL_new(context.get());
  SSL_set1_host(ssl, wishes.host.c_str());
  std::string host = wishes.host;
  SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host.data());
  SSL_set_alpn_protos(ssl, reinterpret_cast<const unsigned char*>(offer.data()),
                      static_cast<unsigned>(offer.size()));
  return ssl;
}

}  // namespace

TlsClient::TlsClient(int port, const TlsWishes& wishes) : Client(port), ssl_(new_session(wishes)) {
  ::signal(SIGPIPE, SIG_IGN);
  const timeval patience{kPatienceMillis / 1000, 0};
  ::setsockopt(socket(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  SSL_set_fd(ssl_, socket());
  ERR_clear_error();
  if (SSL_connect(ssl_) == 1) return;
  char words[256];
  ERR_error_string_n(ERR_get_error(), words, sizeof words);
  SSL_free(ssl_);
  throw std::runtime_error(words);
}

TlsClient::~TlsClient() {
  SSL_free(ssl_);
}

long TlsClient::put(const char* from, std::size_t size) {
  return SSL_write(ssl_, from, static_cast<int>(size));
}

long TlsClient::get(char* to, std::size_t size) {
  const int got = SSL_read(ssl_, to, static_cast<int>(size));
  if (got < 0 && SSL_get_error(ssl_, got) == SSL_ERROR_WANT_READ)
    throw std::runtime_error("the server is silent");
  return got;
}

std::string TlsClient::version() const {
  return SSL_get_version(ssl_);
}

std::string TlsClient::protocol() const {
  const unsigned char* name = nullptr;
  unsigned length = 0;
  SSL_get0_alpn_selected(ssl_, &name, &length);
  return {reinterpret_cast<const char*>(name), length};
}

std::string TlsClient::fingerprint() const {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  const std::unique_ptr<X509, void (*)(X509*)> certificate(SSL_get1_peer_certificate(ssl_), X509_free);
  X509_digest(certificate.get(), EVP_sha256(), digest, &length);
  return {reinterpret_cast<const char*>(digest), length};
}

bool TlsClient::ended_cleanly() const {
  return (SSL_get_shutdown(ssl_) & SSL_RECEIVED_SHUTDOWN) != 0;
}

bool TlsClient::send_key_update() {
  return SSL_key_update(ssl_, SSL_KEY_UPDATE_NOT_REQUESTED) == 1 && SSL_do_handshake(ssl_) == 1;
}

}  // namespace winnow::api_test
