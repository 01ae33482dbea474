// Measures a running winnowd under more than it can do: see tools/bench overload, which builds and runs this.
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <thread>

#include "classifier/json.h"
#include "tests/bench/load/generator.h"
#include "tests/bench/load/neighbours.h"
#include "tests/bench/load/process.h"
#include "tests/bench/made_up_words.h"

namespace winnow::load {
namespace {

constexpr double kOffered = 3;   // times the capacity
constexpr double kSoaked = 0.8;  // of the capacity
constexpr int kManyConnections = 600;
constexpr std::size_t kRequests = 20000;
constexpr std::size_t kLastWord = 16;  // bytes that are left for it
constexpr long kReaders = 2 * 8;       // descriptors of the connections that winnowd's pool has at most
constexpr double kNormalRate = 50;     // checks a second of the client that is looked at
constexpr int kNormalConnections = 4;

struct Options {
  int port = 0, pid = 0;
  std::string key, json;
  double seconds = 10, soak = 0;
  int idle = 2000, trickling = 500, babbling = 200;
};

// What is false of it is told, and makes the run fail: answers, descriptors and memory, never times.
class Findings {
 public:
  void expect(bool holds, const std::string& what) {
    if (holds) return;
    std::fprintf(stderr, "overload: %s\n", what.c_str());
    failed_ = true;
  }
  bool failed() const { return failed_; }

 private:
  bool failed_ = false;
};

class Measure {
 public:
  explicit Measure(const Options& options) : options_(options), requests_(requests(options.key)) {}

  int run() {
    offer(options_.port, {0, std::min(2.0, options_.seconds), 16}, check());  // warm
    neighbours();
    overload();
    gibibyte();
    if (options_.soak > 0) soak();
    if (!options_.json.empty()) std::ofstream(options_.json) << to_text(figures_) << "\n";
    return findings_.failed() ? 1 : 0;
  }

 private:
  // Made-up comments of some sixty words, each another one by its last: made before, as the machine is to be
  // the server's.
  std::function<std::string(std::uint64_t)> check() const {
    return [this](std::uint64_t n) {
      const std::string& begun = requests_[n % requests_.size()];
      std::string request;
      request.reserve(begun.size() + kLastWord);
      request = begun;
      request += word(n);
      request.resize(begun.size() + kLastWord, '+');
      return request;
    };
  }

  // All but the last word, for which kLastWord bytes are left.
  static std::vector<std::string> requests(const std::string& key) {
    std::vector<std::string> made;
    for (std::size_t n = 0; n < kRequests; ++n) {
      Random random(n);
      std::string body = "api_key=" + key + "&blog=http%3A%2F%2Fblog.example&user_ip=203.0.113." +
                         std::to_string(n % 250) + "&comment_author=" + word(n % 5000) + "&comment_content=";
      for (int i = 0; i < 60; ++i) body += word(skewed(random, 100000)) + "+";
      made.push_back(
          "POST /1.1/comment-check HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
          "application/x-www-form-urlencoded\r\nContent-Length: " +
          std::to_string(body.size() + kLastWord) + "\r\n\r\n" + body);
    }
    return made;
  }

  void tell(const char* what, const Outcome& outcome) {
    const auto all = static_cast<double>(outcome.accepted.count() + outcome.shed.count());
    std::printf("%-34s %8.0f %8.1f %8.1f %8.1f %8.1f%% %8.1f\n", what,
                static_cast<double>(outcome.accepted.count()) / outcome.seconds, outcome.accepted.at(0.5),
                outcome.accepted.at(0.99), outcome.accepted.at(1),
                all > 0 ? 100 * static_cast<double>(outcome.shed.count()) / all : 0, outcome.shed.at(0.99));
    std::fflush(stdout);
    figures_["runs"].push_back(
        {{"run", what},
         {"accepted_per_second", static_cast<double>(outcome.accepted.count()) / outcome.seconds},
         {"p50_ms", outcome.accepted.at(0.5)},
         {"p99_ms", outcome.accepted.at(0.99)},
         {"max_ms", outcome.accepted.at(1)},
         {"shed", outcome.shed.count()},
         {"shed_p99_ms", outcome.shed.at(0.99)},
         {"resident_kib", resident_kib(options_.pid)},
         {"descriptors", descriptors(options_.pid).all()}});
    findings_.expect(outcome.accepted.count() > 0, std::string(what) + ": nothing was answered");
    findings_.expect(outcome.other == 0, std::string(what) + ": " + std::to_string(outcome.other) +
                                             " answers were neither 200 nor 503");
    findings_.expect(outcome.unanswered == 0,
                     std::string(what) + ": " + std::to_string(outcome.unanswered) + " had no answer");
  }

  void expect_no_more_open(const Descriptors& before) {
    const auto expect = [&](const char* what, long now, long most) {
      findings_.expect(now <= most, std::to_string(now) + " " + what + " are open, which were " +
                                        std::to_string(most) + " at most");
    };
    const Descriptors now = descriptors(options_.pid);
    expect("sockets", now.sockets, before.sockets);
    expect("descriptors of the database", now.database, before.database + kReaders);
    expect("other descriptors", now.others, before.others);
  }

  void neighbours() {
    std::printf("%-34s %8s %8s %8s %8s %9s %8s\n", "", "a second", "p50 ms", "p99 ms", "max ms", "503",
                "p99 ms");
    const Offer normal{kNormalRate, options_.seconds, kNormalConnections};
    tell("a normal client alone", offer(options_.port, normal, check()));
    const Descriptors before = descriptors(options_.pid);
    {
      Neighbours others(options_.port, options_.idle, options_.trickling, options_.babbling);
      tell("beside idle, slow and garbage", offer(options_.port, normal, check(), [&] { others.turn(); }));
      findings_.expect(others.idle_left() == options_.idle, "idle connections were closed");
    }
    settle();
    expect_no_more_open(before);
  }

  void overload() {
    const Outcome closed = offer(options_.port, {0, options_.seconds, 64}, check());
    tell("capacity (64 at a time)", closed);
    capacity_ = static_cast<double>(closed.accepted.count()) / closed.seconds;
    const long before = resident_kib(options_.pid);
    tell("three times that",
         offer(options_.port, {kOffered * capacity_, options_.seconds, kManyConnections}, check()));
    settle();
    std::printf("resident before %ld KiB, after %ld KiB\n", before, resident_kib(options_.pid));
    tell("half of it again", offer(options_.port, {capacity_ / 2, options_.seconds / 2, 64}, check()));
  }

  void gibibyte() {
    const long before = resident_kib(options_.pid);
    long most = before;
    const std::string head =
        "POST /1.1/comment-check HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    const std::string chunk = "10000\r\n" + std::string(65536, 'a') + "\r\n";
    const int socket = connect_to(options_.port);
    std::string pending = head, answer;
    std::size_t sent = 0;
    for (bool open = true; open && sent < (std::size_t{1} << 30);) {
      const ssize_t put = ::send(socket, pending.data(), pending.size(), MSG_NOSIGNAL);
      open = put > 0 || errno == EAGAIN;
      if (put > 0) sent += static_cast<std::size_t>(put);
      if (put > 0) pending.erase(0, static_cast<std::size_t>(put));
      if (pending.empty()) pending = chunk;
      char bytes[4096];
      const ssize_t got = ::recv(socket, bytes, sizeof bytes, MSG_DONTWAIT);
      if (got > 0) answer.append(bytes, static_cast<std::size_t>(got));
      most = std::max(most, resident_kib(options_.pid));
    }
    ::close(socket);
    const long after = resident_kib(options_.pid);
    std::printf("a chunked gibibyte: %s after %zu KiB; resident %+ld KiB at most, %+ld KiB then\n",
                answer.substr(0, answer.find('\r')).c_str(), sent / 1024, most - before, after - before);
    figures_["gibibyte"] = {
        {"sent_kib", sent / 1024}, {"most_kib", most - before}, {"after_kib", after - before}};
    findings_.expect(answer.starts_with("HTTP/1.1 413 "),
                     "the gibibyte was not refused: " + answer.substr(0, 20));
    findings_.expect(!kMemoryTells || after - before < 2048, "the gibibyte was kept");
  }

  // A line a minute, or three if there are less than that. The capacity is taken again, for longer and with
  // what is stored by then: what a machine can do for half a minute with an empty database it cannot do for
  // long.
  void soak() {
    const Outcome closed = offer(options_.port, {0, 4 * options_.seconds, 64}, check());
    tell("capacity again, for four times as long", closed);
    capacity_ = std::min(capacity_, static_cast<double>(closed.accepted.count()) / closed.seconds);
    const int rounds = std::max(3, static_cast<int>(options_.soak));
    const double seconds = options_.soak * 60 / rounds;
    std::vector<double> resident;
    const Descriptors before = descriptors(options_.pid);
    for (int i = 0; i < rounds; ++i) {
      const std::string name = "soak at 80 %, " + std::to_string(i + 1) + " of " + std::to_string(rounds);
      tell(name.c_str(), offer(options_.port, {kSoaked * capacity_, seconds, 64}, check()));
      resident.push_back(static_cast<double>(resident_kib(options_.pid)));
      std::printf("  resident %.0f KiB, %ld descriptors\n", resident.back(), descriptors(options_.pid).all());
    }
    settle();
    const double slope = slope_of(resident) / (seconds / 60);
    std::printf("resident memory rises by %.0f KiB a minute\n", slope);
    figures_["soak"] = {{"minutes", options_.soak}, {"kib_a_minute", slope}};
    expect_no_more_open(before);
  }

  // Least squares; a round is 1.
  static double slope_of(const std::vector<double>& values) {
    const double count = static_cast<double>(values.size());
    double x = 0, y = 0, xx = 0, xy = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double at = static_cast<double>(i);
      x += at, y += values[i], xx += at * at, xy += at * values[i];
    }
    return (count * xy - x * y) / (count * xx - x * x);
  }

  // Connections that were closed here are closed there, too, a moment later.
  static void settle() { std::this_thread::sleep_for(std::chrono::seconds(3)); }

  const Options options_;
  const std::vector<std::string> requests_;
  double capacity_ = 0;
  Findings findings_;
  Json figures_ = {{"runs", Json::array()}};
};

}  // namespace
}  // namespace winnow::load

int main(int argc, char** argv) {
  winnow::load::Options options;
  CLI::App app("Measures a running winnowd under more than it can do");
  app.add_option("--port", options.port)->required();
  app.add_option("--pid", options.pid)->required();
  app.add_option("--key", options.key)->required();
  app.add_option("--seconds", options.seconds)->check(CLI::Range(0.1, 3600.0));
  app.add_option("--soak", options.soak)->check(CLI::Range(0.0, 10000.0));
  app.add_option("--idle", options.idle);
  app.add_option("--trickling", options.trickling);
  app.add_option("--babbling", options.babbling);
  app.add_option("--json", options.json);
  CLI11_PARSE(app, argc, argv);
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  try {
    return winnow::load::Measure(options).run();
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "overload: %s\n", failure.what());
    return 1;
  }
}
