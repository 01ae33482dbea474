// The queue of errors that OpenSSL keeps for each thread is emptied before each call that may add to it, and
// read only right behind that call: a thread serves many connections.
#include "service/http/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <climits>
#include <cstring>
#include <ctime>
#include <string_view>

namespace winnow::http {
namespace {

constexpr unsigned char kProtocols[] = "\x08http/1.1\x08http/1.0";

constexpr std::string_view kSpeakTls =
    "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 38\r\n"
    "Connection: close\r\n\r\nThis port speaks TLS: call it https://";

// The first cause in the queue, which is emptied.
std::string reason() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  if (code == 0) return "";
  if (ERR_SYSTEM_ERROR(code)) return std::strerror(ERR_GET_REASON(code));
  const char* const words = ERR_reason_error_string(code);
  return words ? words : "error " + std::to_string(code);
}

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned offered_length, void*) {
  unsigned char* found = nullptr;
  const int outcome =
      SSL_select_next_proto(&found, length, kProtocols, sizeof kProtocols - 1, offered, offered_length);
  *chosen = found;
  return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

// OpenSSL would ask for a passphrase on the terminal.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

std::shared_ptr<SSL_CTX> new_context() {
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1) return nullptr;
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION);
  // Without AUTO_RETRY a client cannot keep SSL_read() busy with records that are no data.
  SSL_CTX_clear_mode(context.get(), SSL_MODE_AUTO_RETRY);
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                      SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);  // tickets need no memory here
  SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, nullptr);
  SSL_CTX_set_default_passwd_cb(context.get(), no_passphrase);
  return context;
}

class TlsChannel final : public Channel {
 public:
  TlsChannel(SSL_CTX* context, int socket) : ssl_(SSL_new(context)), socket_(socket) {
    if (!ssl_ || SSL_set_fd(ssl_, socket) != 1) broken_ = true;
  }
  ~TlsChannel() override { SSL_free(ssl_); }
  TlsChannel(const TlsChannel&) = delete;
  TlsChannel& operator=(const TlsChannel&) = delete;

  Step open() override {
    return step([&] { return SSL_accept(ssl_); });
  }
  Step receive(char* to, std::size_t size) override {
    return step([&] { return SSL_read(ssl_, to, bounded(size)); });
  }
  Step send(const char* from, std::size_t size) override {
    return step([&] { return SSL_write(ssl_, from, bounded(size)); });
  }
  // Does not wait for the peer's own last word.
  void finish() override {
    if (broken_ || SSL_in_init(ssl_)) return;
    ERR_clear_error();
    SSL_shutdown(ssl_);
    ERR_clear_error();
  }
  std::string failure() const override { return failure_; }

 private:
  static int bounded(std::size_t size) { return static_cast<int>(std::min<std::size_t>(size, INT_MAX)); }

  template <typename Call>
  Step step(Call call) {
    if (broken_) return {Step::kFailed};
    ERR_clear_error();
    const int outcome = call();
    if (outcome > 0) return {Step::kDone, static_cast<std::size_t>(outcome)};
    switch (SSL_get_error(ssl_, outcome)) {
      case SSL_ERROR_WANT_READ:
        return {Step::kWantsRead};
      case SSL_ERROR_WANT_WRITE:
        return {Step::kWantsWrite};
      case SSL_ERROR_ZERO_RETURN:
        return {Step::kEnd};
      default:
        return failed();
    }
  }

  // Nothing may be asked of OpenSSL for this connection any more.
  Step failed() {
    broken_ = true;
    const int why = ERR_GET_REASON(ERR_peek_error());
    if (why == SSL_R_HTTP_REQUEST) [[maybe_unused]]
      const ssize_t sent = ::send(socket_, kSpeakTls.data(), kSpeakTls.size(), MSG_NOSIGNAL);
    failure_ = why == SSL_R_UNEXPECTED_EOF_WHILE_READING ? "" : reason();
    ERR_clear_error();
    return {Step::kFailed};
  }

  SSL* const ssl_;
  const int socket_;
  bool broken_ = false;
  std::string failure_;
};

Error unusable(const std::string& setting, const std::string& file) {
  return {ErrorKind::kInvalid, setting + ": " + file + " cannot be used: " + reason(), setting};
}

}  // namespace

Result<TlsIdentity> TlsIdentity::load(const std::string& certificate, const std::string& key) {
  ERR_clear_error();
  const std::shared_ptr<SSL_CTX> context = new_context();
  if (!context) return Error{ErrorKind::kInternal, "OpenSSL cannot start: " + reason(), ""};
  if (SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) != 1)
    return unusable("tls_certificate", certificate);
  // Fails too if the key is not that of the certificate.
  if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1)
    return unusable("tls_key", key);
  return TlsIdentity(context);
}

std::unique_ptr<Channel> TlsIdentity::channel(int socket) const {
  return std::make_unique<TlsChannel>(context_.get(), socket);
}

std::string TlsIdentity::last_day() const {
  std::tm end{};
  char text[16] = "";
  if (ASN1_TIME_to_tm(X509_get0_notAfter(SSL_CTX_get0_certificate(context_.get())), &end) == 1)
    std::strftime(text, sizeof text, "%Y-%m-%d", &end);
  return text;
}

}  // namespace winnow::http
