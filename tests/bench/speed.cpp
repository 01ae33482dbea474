// Measures what a durable check costs over HTTP, beside an empty POST to the same server: see tools/bench,
// which builds and runs this.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>

#include "classifier/json.h"
#include "tests/bench/bodies.h"
#include "tests/bench/load/daemon.h"
#include "tests/bench/load/generator.h"
#include "tests/bench/load/process.h"

namespace winnow::load {
namespace {

struct Options {
  std::string bin, model;
  std::vector<std::string> comments;
  std::string json;
  double seconds = 3;
  int rounds = 5;
  std::string only;
  std::string server = "winnowd_bench";
  std::filesystem::path data;
  bool checks_only = false;
  int starts = 9;
};

// How many requests wait at once, and whether each has a connection of its own; and what is to be reached.
struct Load {
  const char* name;
  int connections;
  bool keep_alive;
  double goal;
};
constexpr Load kLoads[] = {{"1 connection", 1, true, 0},
                           {"8 connections", 8, true, 0.75},
                           {"64 connections", 64, true, 0.80},
                           {"a new connection each, 8 at once", 8, false, 0.85}};
constexpr double kHalf = 0.5;  // of the capacity, for latencies
constexpr int kLatencyConnections = 64;

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values.empty() ? 0 : values[values.size() / 2];
}

class Measure {
 public:
  explicit Measure(const Options& options)
      : options_(options),
        home_(std::filesystem::temp_directory_path() / ("winnow-speed-" + std::to_string(::getpid()))),
        data_(options.data.empty() ? home_ / "data" : options.data) {
    std::filesystem::create_directory(home_);
  }
  ~Measure() { std::filesystem::remove_all(home_); }
  Measure(const Measure&) = delete;
  Measure& operator=(const Measure&) = delete;

  int run() {
    key_ = new_key();
    const std::vector<Comment> comments = read_comments(options_.comments);
    for (const Comment& comment : comments) bodies_.push_back(form_body(comment, key_));
    figures_["comments"] = bodies_.size();
    if (options_.starts > 0) starts();
    const std::vector<std::string> kept = requests(true), closing = requests(false);
    const Daemon daemon(server(), data_, settings());
    const long before = resident_kib(daemon.pid());
    std::printf("resident after the start: %.1f MiB\n\n", static_cast<double>(before) / 1024);
    figures_["resident_kib"] = {{"start", before}};
    (void)offer(daemon.port(), {0, std::min(2.0, options_.seconds), 8}, text(kept, kCheck));  // warm
    ratios(daemon, kept, closing);
    latencies(daemon, kept);
    std::printf("resident after %zu checks: %.1f MiB\n", checks_,
                static_cast<double>(resident_kib(daemon.pid())) / 1024);
    figures_["resident_kib"]["end"] = resident_kib(daemon.pid());
    figures_["checks"] = checks_;
    if (!options_.json.empty()) std::ofstream(options_.json) << to_text(figures_) << "\n";
    return lost_ == 0 ? 0 : 1;
  }

 private:
  enum What { kNull, kCheck };

  std::vector<std::string> settings() const {
    // Verdicts that were made up for a measurement are of many days; none has had its time.
    return {"WINNOW_MODEL=" + options_.model, "WINNOW_LOG_LEVEL=info", "WINNOW_RETENTION_DAYS=0",
            "WINNOW_RETENTION_DISCARD_DAYS=0"};
  }

  std::string server() const { return options_.bin + "/" + options_.server; }

  std::string new_key() const {
    std::vector<std::string> with = settings();
    with.push_back("WINNOW_CONFIG=");
    const std::string said = output_of(
        {options_.bin + "/winnow", "--data-dir", data_.string(), "key", "create", "--json", "--site", "*"},
        with);
    const Result<Json> json = parse_json(said);
    return json ? json->value("key", "") : "";
  }

  // Two for each comment: the empty POST and the check.
  std::vector<std::string> requests(bool keep_alive) const {
    std::vector<std::string> all;
    for (const std::string& body : bodies_)
      for (const char* path : {"/bench/null", "/1.1/comment-check"})
        all.push_back("POST " + std::string(path) +
                      " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n" +
                      (keep_alive ? "" : "Connection: close\r\n") +
                      "User-Agent: WordPress/6.1 | Akismet/5.3\r\nContent-Length: " +
                      std::to_string(body.size()) + "\r\n\r\n" + body);
    return all;
  }

  // Goes on where the last run stopped, so that comments come again as late as may be.
  std::function<std::string(std::uint64_t)> text(const std::vector<std::string>& from, What what) {
    const std::size_t first = next_[what];
    return [&from, what, first, this](std::uint64_t n) {
      next_[what] = first + n + 1;
      return from[2 * ((first + n) % (from.size() / 2)) + what];
    };
  }

  double rate(const Daemon& daemon, const Load& load, const std::vector<std::string>& from, What what) {
    const Outcome outcome =
        offer(daemon.port(), {0, options_.seconds, load.connections, load.keep_alive}, text(from, what));
    note(outcome);
    if (what == kCheck) checks_ += outcome.accepted.count();
    return static_cast<double>(outcome.accepted.count()) / outcome.seconds;
  }

  void note(const Outcome& outcome) {
    const std::int64_t lost =
        outcome.other + outcome.unanswered + static_cast<std::int64_t>(outcome.shed.count());
    if (lost > 0)
      std::fprintf(stderr, "speed: %ld requests were not answered 200\n", static_cast<long>(lost));
    lost_ += lost;
  }

  void starts() {
    const std::string request = requests(true)[1];
    std::vector<double> times;
    for (int i = 0; i < options_.starts; ++i) {
      const Daemon daemon(server(), data_, settings());
      times.push_back(daemon.until_answer_of(request).count());
    }
    std::printf("start to the first answer: %.0f ms (median of %d; goal 150)\n", median(times),
                options_.starts);
    figures_["start_ms"] = median(times);
  }

  void ratios(const Daemon& daemon, const std::vector<std::string>& kept,
              const std::vector<std::string>& closing) {
    std::printf("%-34s %10s %10s %7s %15s %6s\n", "", "empty POST", "check", "ratio", "least to most",
                "goal");
    for (const Load& load : kLoads) {
      if (!options_.only.empty() && std::string(load.name).find(options_.only) == std::string::npos) continue;
      const std::vector<std::string>& from = load.keep_alive ? kept : closing;
      std::vector<double> empty, check, ratio;
      for (int round = 0; round < options_.rounds; ++round) {
        empty.push_back(options_.checks_only ? 0 : rate(daemon, load, from, kNull));
        check.push_back(rate(daemon, load, from, kCheck));
        ratio.push_back(options_.checks_only ? 0 : check.back() / empty.back());
      }
      const auto [least, most] = std::ranges::minmax(ratio);
      std::printf("%-34s %10.0f %10.0f %7.2f %6.2f to %5.2f %6.2f\n", load.name, median(empty), median(check),
                  median(ratio), least, most, load.goal);
      std::fflush(stdout);
      figures_["loads"].push_back({{"load", load.name},
                                   {"empty_per_second", median(empty)},
                                   {"checks_per_second", median(check)},
                                   {"ratio", median(ratio)},
                                   {"least", least},
                                   {"most", most},
                                   {"goal", load.goal}});
      if (load.connections == kLatencyConnections) capacity_ = median(check);
    }
  }

  // Latencies count from when a request was due.
  void latencies(const Daemon& daemon, const std::vector<std::string>& kept) {
    if (capacity_ <= 0) return;
    std::vector<double> p50, p99;
    for (int round = 0; round < options_.rounds; ++round) {
      const Outcome outcome = offer(daemon.port(), {kHalf * capacity_, options_.seconds, kLatencyConnections},
                                    text(kept, kCheck));
      note(outcome);
      checks_ += outcome.accepted.count();
      p50.push_back(outcome.accepted.at(0.5));
      p99.push_back(outcome.accepted.at(0.99));
    }
    std::printf(
        "\nat half of the capacity, open loop: p50 %.2f ms, p99 %.2f ms, %.1f times (goals: 3 ms, 5 times)\n",
        median(p50), median(p99), median(p99) / median(p50));
    figures_["half_of_capacity"] = {{"p50_ms", median(p50)}, {"p99_ms", median(p99)}};
  }

  const Options options_;
  const std::filesystem::path home_, data_;
  std::string key_;
  std::vector<std::string> bodies_;
  std::size_t next_[2] = {0, 0};
  std::size_t checks_ = 0;
  std::int64_t lost_ = 0;
  double capacity_ = 0;
  Json figures_ = {{"loads", Json::array()}};
};

}  // namespace
}  // namespace winnow::load

int main(int argc, char** argv) {
  winnow::load::Options options;
  CLI::App app("Measures what a durable check costs over HTTP");
  app.add_option("--bin", options.bin)->required();
  app.add_option("--model", options.model)->required();
  app.add_option("--comments", options.comments)->required();
  app.add_option("--seconds", options.seconds)->check(CLI::Range(0.05, 3600.0));
  app.add_option("--rounds", options.rounds)->check(CLI::Range(1, 1000));
  app.add_option("--only", options.only);
  app.add_option("--server", options.server);
  app.add_option("--data", options.data);
  app.add_flag("--checks-only", options.checks_only);
  app.add_option("--starts", options.starts)->check(CLI::Range(0, 1000));
  app.add_option("--json", options.json);
  CLI11_PARSE(app, argc, argv);
  try {
    return winnow::load::Measure(options).run();
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "speed: %s\n", failure.what());
    return 1;
  }
}
