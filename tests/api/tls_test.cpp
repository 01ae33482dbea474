// winnowd's own TLS. The certificates are made by tools/integrations/private-ca/make-ca.
#include <doctest/doctest.h>
#include <signal.h>

#include <memory>
#include <thread>

#include "tests/api/http_client.h"
#include "tests/api/tls_client.h"
#include "tests/api/winnowd_process.h"
#include "tests/source_dir.h"

namespace winnow::api_test {
namespace {

const std::string kMakeCa = source_dir() + "/tools/integrations/private-ca/make-ca";

const std::string kHelloBegins("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);

// An installation with a certificate for Akismet's names.
struct Home : Installation {
  std::filesystem::path tls = data().parent_path() / "tls";
  std::filesystem::path certificate = tls / "server.pem";
  std::filesystem::path private_key = tls / "server.key";
  TlsWishes wishes{tls / "ca.pem"};

  Home() { make(tls); }

  static void make(const std::filesystem::path& dir) { REQUIRE(run_program(kMakeCa, {dir}).exit_code == 0); }

  // Another certificate of the same authority.
  void renew() const {
    std::filesystem::remove(certificate);
    std::filesystem::remove(private_key);
    make(tls);
  }

  std::vector<std::string> flags(std::vector<std::string> more = {}) const {
    std::vector<std::string> all = {"--listen-tls", "127.0.0.1:0", "--tls-certificate",
                                    certificate,    "--tls-key",   private_key};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  // A good answer over a connection of its own.
  bool answers(const Winnowd& winnowd) const {
    TlsClient client(winnowd.tls_port(), wishes);
    client.send(request("GET", "/healthz"));
    return client.read().status == 200;
  }
};

std::string reason_of_failure(int port, const TlsWishes& wishes) {
  try {
    const TlsClient client(port, wishes);
    return "";
  } catch (const std::runtime_error& failure) {
    return failure.what();
  }
}

TEST_CASE("a check over TLS 1.2 and 1.3, key in the host, many on one connection") {
  const Home home;
  const std::string key = home.create_key("blog.example.org");
  const Winnowd winnowd(home, home.flags());
  for (const TlsVersion version : {TlsVersion::k12, TlsVersion::k13}) {
    TlsWishes wishes = home.wishes;
    wishes.host = key + ".rest.akismet.com";
    wishes.version = version;
    TlsClient client(winnowd.tls_port(), wishes);
    CHECK(client.version() == (version == TlsVersion::k12 ? "TLSv1.2" : "TLSv1.3"));
    CHECK(client.protocol() == "http/1.1");
    for (const std::string word : {"cheap", "hello", "cheap"}) {
      client.send(request("POST", "/1.1/comment-check", {{"Host", wishes.host}},
                          "blog=http://blog.example.org&user_ip=203.0.113.7&comment_content=" + word));
      CHECK(client.read().body == (word == "cheap" ? "true" : "false"));
    }
    client.send(request("GET", "/healthz") + request("GET", "/nowhere"));
    CHECK(client.read().status == 200);
    CHECK(client.read().status == 404);
    client.send(request("GET", "/healthz", {{"Connection", "close"}}));
    CHECK(client.read().status == 200);
    CHECK(client.is_closed());
    CHECK(client.ended_cleanly());
  }
}

TEST_CASE("HTTP/1.0 over TLS ends with the answer") {
  const Home home;
  const Winnowd winnowd(home, home.flags());
  TlsClient client(winnowd.tls_port(), home.wishes);
  client.send("GET /healthz HTTP/1.0\r\n\r\n");
  CHECK(client.read().status == 200);
  CHECK(client.is_closed());
  CHECK(client.ended_cleanly());
}

TEST_CASE("a long body over TLS, at once and in pieces, and one that is too long") {
  const Home home;
  const std::string start = "api_key=" + home.create_key("blog.example.org") +
                            "&blog=http://blog.example.org&user_ip=&comment_content=";
  const Winnowd winnowd(home, home.flags());
  const std::string text =
      request("POST", "/1.1/comment-check", {}, start + std::string(300000, 'a') + "+cheap");
  {
    TlsClient client(winnowd.tls_port(), home.wishes);
    client.send(text);
    CHECK(client.read().body == "true");
    for (std::size_t i = 0; i < text.size(); i += 7001) {
      client.send(std::string_view(text).substr(i, 7001));
      client.send_key_update();
    }
    CHECK(client.read().body == "true");
  }
  TlsClient client(winnowd.tls_port(), home.wishes);
  client.send(request("POST", "/1.1/comment-check", {}, std::string((1 << 20) + 1, 'a')));
  CHECK(client.read().status == 413);
}

TEST_CASE("what is older than TLS 1.2, or wants another protocol, is refused") {
  const Home home;
  const Winnowd winnowd(home, home.flags({"--threads", "1"}));
  TlsWishes wishes = home.wishes;
  wishes.version = TlsVersion::k11;
  CHECK(reason_of_failure(winnowd.tls_port(), wishes).find("protocol version") != std::string::npos);
  wishes = home.wishes;
  wishes.protocol = "h2";
  CHECK(reason_of_failure(winnowd.tls_port(), wishes).find("no application protocol") != std::string::npos);
  // With one thread: nothing of those failures clings to it.
  CHECK(home.answers(winnowd));
  CHECK(ask(winnowd.port(), "GET", "/healthz").status == 200);
}

TEST_CASE("plain HTTP on the port of TLS is told so, rubbish is cut off") {
  const Home home;
  const Winnowd winnowd(home, home.flags({"--threads", "1"}));
  const Response told = ask(winnowd.tls_port(), "GET", "/healthz");
  CHECK(told.status == 400);
  CHECK(told.body == "This port speaks TLS: call it https://");
  {
    Client client(winnowd.tls_port());
    client.send(std::string(500, '\x01'));
    CHECK(client.read().status == 0);
  }
  CHECK(home.answers(winnowd));
  CHECK(winnowd.log().find("no TLS connection") != std::string::npos);
  CHECK(winnowd.log().find("client=127.0.0.0/24") != std::string::npos);
}

TEST_CASE("TLS on the port of plain HTTP fails, and disturbs nobody") {
  const Home home;
  const Winnowd winnowd(home, home.flags({"--threads", "1"}));
  CHECK(reason_of_failure(winnowd.port(), home.wishes) != "");
  CHECK(home.answers(winnowd));
}

TEST_CASE("handshakes that stop midway hold up neither others nor the end") {
  const Home home;
  Winnowd winnowd(home, home.flags({"--threads", "4"}));
  Client begun(winnowd.tls_port());
  begun.send(kHelloBegins);
  Client silent(winnowd.tls_port());
  TlsClient idle(winnowd.tls_port(), home.wishes);
  CHECK(home.answers(winnowd));
  winnowd.signal(SIGTERM);
  CHECK(winnowd.wait() == 0);
  CHECK(idle.is_closed());
  CHECK(idle.ended_cleanly());
}

TEST_CASE("a handshake that does not end, and records that carry nothing, are cut off") {
  const Home home;
  const Winnowd winnowd(home, home.flags());
  Client begun(winnowd.tls_port());
  begun.send(kHelloBegins);
  TlsClient empty(winnowd.tls_port(), home.wishes);
  bool taken = true;
  for (int i = 0; taken && i < 400; ++i) {
    taken = empty.send_key_update();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  CHECK_FALSE(taken);
  CHECK(begun.is_closed());
}

TEST_CASE("idle connections end with the service, a request in flight is answered") {
  const Home home;
  Winnowd winnowd(home, home.flags());
  TlsClient idle(winnowd.tls_port(), home.wishes);
  idle.send(request("GET", "/healthz"));
  CHECK(idle.read().status == 200);
  TlsClient flying(winnowd.tls_port(), home.wishes);
  const std::string text = request("POST", "/1.1/verify-key", {}, "key=0123456789ab&blog=x");
  flying.send(text.substr(0, text.size() - 5));
  CHECK(home.answers(winnowd));  // by now the half request has been accepted
  winnowd.signal(SIGTERM);
  CHECK(winnowd.wait_for_log("stopping"));
  CHECK(idle.is_closed());
  CHECK(idle.ended_cleanly());
  flying.send(text.substr(text.size() - 5));
  CHECK(flying.read().body == "invalid");
  CHECK(winnowd.wait() == 0);
}

TEST_CASE("SIGHUP takes a new certificate for new connections, and refuses a bad pair") {
  const Home home;
  const Winnowd winnowd(home, home.flags());
  TlsClient before(winnowd.tls_port(), home.wishes);
  home.renew();
  winnowd.signal(SIGHUP);
  REQUIRE(winnowd.wait_for_log("reloaded certificate"));
  TlsClient after(winnowd.tls_port(), home.wishes);
  CHECK(after.fingerprint() != before.fingerprint());
  for (TlsClient* client : {&before, &after}) {
    client->send(request("GET", "/healthz"));
    CHECK(client->read().status == 200);
  }

  write_file(home.private_key, "no key");
  winnowd.signal(SIGHUP);
  REQUIRE(winnowd.wait_for_log("certificate refused"));
  CHECK(winnowd.log().find(home.private_key.string() + " cannot be used: ") != std::string::npos);
  CHECK(TlsClient(winnowd.tls_port(), home.wishes).fingerprint() == after.fingerprint());
}

TEST_CASE("a broken rules file does not keep a new certificate out") {
  const Home home;
  const Winnowd winnowd(home, home.flags());
  const std::string before = TlsClient(winnowd.tls_port(), home.wishes).fingerprint();
  home.renew();
  write_file(home.rules() / "worse.toml", "[[rule");
  winnowd.signal(SIGHUP);
  REQUIRE(winnowd.wait_for_log("reloaded certificate"));
  CHECK(winnowd.log().find("reload refused") != std::string::npos);
  CHECK(TlsClient(winnowd.tls_port(), home.wishes).fingerprint() != before);
}

TEST_CASE("a pair that cannot be used ends the start with the file and the reason") {
  const Home home;
  const std::filesystem::path other = home.tls / "other";
  Home::make(other);
  const std::filesystem::path rubbish = home.tls / "rubbish";
  const std::filesystem::path locked = home.tls / "locked";
  write_file(rubbish, "rubbish");
  REQUIRE(run_program("/usr/bin/openssl",
                      {"pkey", "-in", home.private_key, "-aes256", "-passout", "pass:word", "-out", locked})
              .exit_code == 0);
  const struct {
    std::filesystem::path certificate;
    std::filesystem::path private_key;
    std::string named;
  } cases[] = {
      {"/nowhere.pem", home.private_key, "tls_certificate: /nowhere.pem cannot be used: No such file"},
      {rubbish, home.private_key, "tls_certificate: " + rubbish.string()},
      {home.certificate, "/nowhere.key", "tls_key: /nowhere.key cannot be used: No such file"},
      {home.certificate, rubbish, "tls_key: " + rubbish.string()},
      {home.certificate, locked, "tls_key: " + locked.string()},
      {home.certificate, other / "server.key", "key values mismatch"}};
  for (const auto& [certificate, private_key, named] : cases) {
    const Ended ended = run_winnowd(
        home, {"--listen-tls", "127.0.0.1:0", "--tls-certificate", certificate, "--tls-key", private_key});
    CAPTURE(ended.output);
    CHECK(ended.exit_code == 1);
    CHECK(ended.output.find(named) != std::string::npos);
    CHECK(ended.output.find("listening") == std::string::npos);
  }
  const Ended without = run_winnowd(home, {"--listen-tls", "127.0.0.1:0"});
  CHECK(without.exit_code == 2);
  CHECK(without.output.find("tls_certificate") != std::string::npos);
}

TEST_CASE("plain and TLS at once, and TLS alone") {
  const Home home;
  {
    const Winnowd winnowd(home, home.flags());
    CHECK(winnowd.first_line() ==
          "winnowd is listening on http://127.0.0.1:" + std::to_string(winnowd.port()));
    CHECK(ask(winnowd.port(), "GET", "/healthz").status == 200);
    CHECK(home.answers(winnowd));
    CHECK(winnowd.wait_for_log("https://127.0.0.1:" + std::to_string(winnowd.tls_port())));
  }
  Winnowd winnowd(home, home.flags({"--listen", ""}));
  CHECK(winnowd.first_line() ==
        "winnowd is listening on https://127.0.0.1:" + std::to_string(winnowd.tls_port()));
  CHECK(winnowd.port() == 0);
  CHECK(home.answers(winnowd));
  winnowd.signal(SIGTERM);
  CHECK(winnowd.wait() == 0);
}

TEST_CASE("many at once over TLS and plain") {
  const Home home;
  const std::string body = "api_key=" + home.create_key("blog.example.org") +
                           "&blog=http://blog.example.org&user_ip=&comment_content=";
  // As many threads as clients: a slow disk is no overload.
  const Winnowd winnowd(home, home.flags({"--threads", "12"}));
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 12; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 8; ++i) {
        std::unique_ptr<Client> client = (t + i) % 3 == 0
                                             ? std::make_unique<Client>(winnowd.port())
                                             : std::make_unique<TlsClient>(winnowd.tls_port(), home.wishes);
        client->send(request("POST", "/1.1/comment-check", {}, body + (i % 2 ? "cheap" : "hello")));
        right += client->read().body == (i % 2 ? "true" : "false");
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(right == 96);
}

TEST_CASE("the log names the client's network, forwarded by a trusted proxy alone") {
  const Installation home;
  const Headers forwarded = {{"X-Forwarded-For", "198.51.100.1, 203.0.113.7"}};
  {
    const Winnowd winnowd(home);
    ask(winnowd.port(), "GET", "/healthz", forwarded);
    CHECK(winnowd.wait_for_log("client=127.0.0.0/24"));
  }
  const Winnowd winnowd(home, {"--trusted-proxies", "127.0.0.1"});
  ask(winnowd.port(), "GET", "/healthz", forwarded);
  CHECK(winnowd.wait_for_log("client=203.0.113.0/24"));
  ask(winnowd.port(), "GET", "/healthz",
      {{"X-Forwarded-For", "2001:db8:1::1"}, {"Host", "x"}, {"x-forwarded-for", "2001:db8:2:3::1"}});
  CHECK(winnowd.wait_for_log("client=2001:db8:2::/48"));
  CHECK(winnowd.log().find("198.51.100") == std::string::npos);
  const Ended ended = run_winnowd(home, {"--trusted-proxies", "127.0.0.1, proxy"});
  CHECK(ended.exit_code == 2);
  CHECK(ended.output.find("trusted_proxies: \"proxy\"") != std::string::npos);
}

}  // namespace
}  // namespace winnow::api_test
