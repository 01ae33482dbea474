// Measures how long a retraining takes and how much memory: see tools/bench retrain, which builds and runs
// this.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "classifier/fingerprint.h"
#include "classifier/normalize.h"
#include "service/store/sqlite/sqlite_store.h"
#include "tests/bench/made_up_words.h"
#include "tests/must.h"

namespace winnow {
namespace {

constexpr std::size_t kWords = 20000;
constexpr std::size_t kBatch = 2000;

FeedbackEvent event(Random& random, std::size_t number, const std::vector<Site>& sites) {
  FeedbackEvent one;
  char id[33];
  std::snprintf(id, sizeof id, "%032zx", number + 1);
  one.id = id;
  one.site = sites[skewed(random, sites.size())].id;
  one.at = 1700000000000 + static_cast<std::int64_t>(number) * 1000;
  one.label = random() % 3 == 0 ? Label::kHam : Label::kSpam;
  one.reporter = "moderator " + std::to_string(random() % 3);
  const bool spam = one.label == Label::kSpam;
  for (std::size_t i = 0, length = 8 + random() % 60; i < length; ++i)
    one.comment.content += word(skewed(random, kWords) + (spam ? kWords / 4 : 0)) + " ";
  if (spam)
    one.comment.content += "http://" + word(skewed(random, 3000)) + "-shop.top/" + word(random() % kWords);
  one.comment.author = word(random() % kWords);
  one.text_key = text_key(normalize(one.comment.content).folded);
  return one;
}

void fill(const std::filesystem::path& data, std::size_t events, std::size_t site_count) {
  std::filesystem::create_directories(data);
  const auto store = must(SqliteStore::open(data / "winnow.db"));
  std::vector<Site> sites;
  for (std::size_t i = 0; i < site_count; ++i)
    sites.push_back(must(store->add_site("site" + std::to_string(i) + ".example", 0)));
  Random random(1);
  std::vector<FeedbackEvent> batch;
  for (std::size_t i = 0; i < events; ++i) {
    batch.push_back(event(random, i, sites));
    if (batch.size() < kBatch && i + 1 < events) continue;
    must(store->put_feedbacks(batch));
    batch.clear();
  }
}

int run(const std::filesystem::path& data, std::size_t events, std::size_t sites, const std::string& winnow) {
  std::printf("making %zu reports on %zu sites\n", events, sites);
  std::fflush(stdout);
  fill(data, events, sites);
  if (winnow.empty()) return 0;
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    ::execl(winnow.c_str(), winnow.c_str(), "--data-dir", data.c_str(), "retrain", "--dry-run", nullptr);
    std::_Exit(127);
  }
  int status = 0;
  rusage used{};
  if (child < 0 || ::wait4(child, &status, 0, &used) != child)
    throw std::runtime_error("winnow cannot be run");
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  std::printf("%zu reports: %.0f s, %.0f MiB at most, exit code %d\n", events, took.count(),
              static_cast<double>(used.ru_maxrss) / 1024, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
  return 0;
}

}  // namespace
}  // namespace winnow

int main(int argc, char** argv) {
  CLI::App app("Fills a scratch database with made-up reports and retrains on them.", "retrain_scale");
  std::string data, winnow;
  std::size_t events = 1000000, sites = 200;
  app.add_option("--data-dir", data, "Directory for the scratch database")->required();
  app.add_option("--winnow", winnow, "The CLI; without it the database is filled, and that is all")
      ->check(CLI::ExistingFile);
  app.add_option("--events", events, "Reports")->capture_default_str();
  app.add_option("--sites", sites, "Sites; a few give most reports")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    return winnow::run(data, events, sites, winnow);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "retrain_scale: %s\n", error.what());
    return 1;
  }
}
