// Measures what comments that were built to be expensive cost beside plain prose of the same size: see
// tools/bench worst-case, which builds and runs this.
#include <stdlib.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "classifier/explanation.h"
#include "classifier/json.h"
#include "classifier/unicode.h"
#include "service/check.h"
#include "service/secret.h"
#include "service/store/sqlite/sqlite_store.h"
#include "tests/bench/expensive_comments.h"

namespace winnow {
namespace {

// CPU time of all threads, milliseconds: what others do on the machine does not count.
double cpu_millis() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

template <typename T>
T must(Result<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "worst-case: %s\n", result.error().message.c_str());
  std::exit(1);
}

// Contents of the seed's honest English comments, over and over.
std::string prose(const std::filesystem::path& seed, std::size_t size) {
  std::string all;
  std::ifstream in(seed / "en.jsonl");
  for (std::string line; std::getline(in, line);) {
    const Result<Json> row = parse_json(line);
    if (row && string_or(*row, "label") == "ham") all += string_or(*row, "content") + "\n";
  }
  if (all.empty()) {
    std::fprintf(stderr, "worst-case: there are no comments in %s\n", seed.c_str());
    std::exit(1);
  }
  std::string text = repeated(all, size);
  return std::string(clip_utf8(text, size));
}

// A database of its own, with a memory that a few hundred reports on pieces of prose taught.
class House {
 public:
  House(const std::filesystem::path& directory, std::shared_ptr<const Engine> engine)
      : engine_(std::move(engine)),
        store_(must(SqliteStore::open(directory / "winnow.db"))),
        learning_(*store_, {}, "", [this] { return engine_; }),
        services_{*store_,
                  learning_,
                  [this] { return engine_; },
                  [] { return UnixMillis{1'700'000'000'000}; },
                  random_id,
                  [](const Thresholds& of_model) { return of_model; }} {
    caller_.site = must(store_->add_site("bench.example", 1));
    Key key;
    key.kind = KeyKind::kApi;
    key.sites = {caller_.site.id};
    key.hash = std::string(64, '0');
    key.hint = "benc";
    caller_.key = must(store_->add_key(key)).id;
  }

  void teach(const std::string& text, std::size_t reports) {
    std::vector<FeedbackEvent> events;
    for (std::size_t i = 0; i < reports; ++i) {
      FeedbackEvent event;
      event.id = random_id();
      event.site = caller_.site.id;
      event.at = 1;
      event.label = i % 2 == 0 ? Label::kSpam : Label::kHam;
      event.comment.content =
          clip_utf8(std::string_view(text).substr(text.find(' ', i * 997 % (text.size() / 2))), 600);
      event.text_key = i + 1;
      events.push_back(std::move(event));
    }
    must(store_->put_feedbacks(events));
    if (const Result<void> learned = learning_.load(); !learned) must<int>(learned.error());
  }

  double judge(const Comment& comment) const {
    return timed([&] { winnow::judge(services_, caller_.site, comment); });
  }
  double explain(const Comment& comment) const {
    return timed([&] { winnow::explain(*engine_, comment, learning_.of(caller_.site.id)); });
  }
  double check(const Comment& comment) {
    return timed([&] { must(winnow::check(services_, caller_, {comment, false, {}}, random_id())); });
  }
  double index() {
    return timed([&] { must(store_->index_verdicts(1)); });
  }
  // As near-duplicates are looked for.
  double alike(const Comment& comment) const {
    const Features features(comment);
    return timed([&] {
      learning_.with_memory([&](const Memory& memory) { return memory.alike(features, 20).size(); });
    });
  }

 private:
  template <typename Work>
  static double timed(Work&& work) {
    const double begun = cpu_millis();
    work();
    return cpu_millis() - begun;
  }

  std::shared_ptr<const Engine> engine_;
  std::unique_ptr<SqliteStore> store_;
  Learning learning_;
  Services services_;
  Caller caller_;
};

struct Costs {
  double judge, explain, check, index, alike;
};

// The cheapest of `rounds`, for a slower one was disturbed.
Costs costs_of(House& house, const std::string& content, int rounds) {
  Comment comment;
  comment.content = content;
  comment.author = "Ann";
  comment.blog = "http://bench.example";
  Costs least{1e9, 1e9, 1e9, 1e9, 1e9};
  for (int round = 0; round < rounds; ++round) {
    least.judge = std::min(least.judge, house.judge(comment));
    least.explain = std::min(least.explain, house.explain(comment));
    least.check = std::min(least.check, house.check(comment));
    least.index = std::min(least.index, house.index());
    least.alike = std::min(least.alike, house.alike(comment));
  }
  return least;
}

}  // namespace
}  // namespace winnow

int main(int argc, char** argv) {
  using namespace winnow;
  CLI::App app{"measures what expensive comments cost beside prose"};
  std::string model, seed, only;
  std::size_t size = 1 << 20;
  double most = 20;
  int rounds = 2;
  app.add_option("--model", model)->required();
  app.add_option("--seed", seed)->required();
  app.add_option("--only", only);
  app.add_option("--bytes", size);
  app.add_option("--rounds", rounds);
  app.add_option("--most", most);
  CLI11_PARSE(app, argc, argv);

  std::string directory = (std::filesystem::temp_directory_path() / "winnow-worst-XXXXXX").string();
  if (mkdtemp(directory.data()) == nullptr) return 1;
  double worst = 0;
  {
    House house(directory, std::make_shared<const Engine>(must(Engine::load(model, ""))));
    const std::string plain = prose(seed, size);
    house.teach(plain, 400);
    Comment first;
    first.content = plain;
    house.judge(first);  // lists are made on first use
    const Costs base = costs_of(house, plain, rounds + 1);
    std::printf(
        "| %zu bytes of | judged | with its check stored | indexed | explained | near-duplicates "
        "|\n|---|---|---|---|---|---|\n",
        size);
    std::printf("| plain prose | %.1f ms | %.1f ms | %.1f ms | %.1f ms | %.2f ms |\n", base.judge, base.check,
                base.index, base.explain, base.alike);
    for (const ExpensiveComment& expensive : expensive_comments()) {
      if (!only.empty() && only != expensive.name) continue;
      const Costs costs = costs_of(house, expensive.make(size), rounds);
      const double ratios[] = {costs.judge / base.judge, costs.check / base.check, costs.index / base.index,
                               costs.explain / base.explain};
      std::printf("| %s | %.1f | %.1f | %.1f | %.1f | %.2f ms |\n", expensive.name, ratios[0], ratios[1],
                  ratios[2], ratios[3], costs.alike);
      std::fflush(stdout);
      worst = std::max(worst, *std::max_element(std::begin(ratios), std::end(ratios)));
    }
  }
  std::filesystem::remove_all(directory);
  std::printf("the worst costs %.1f times as much as prose; %.0f are allowed\n", worst, most);
  return worst <= most ? 0 : 1;
}
