// Measures each step of a check by itself, by length and language of the comment: see tools/bench micro,
// which builds and runs this. `allocations` is how often a step asks for memory.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <new>
#include <stdexcept>

#include "classifier/comment_json.h"
#include "classifier/engine.h"
#include "classifier/memory/memory.h"
#include "classifier/rules/catalogue.h"
#include "service/check.h"
#include "service/http/decode.h"
#include "service/http/fields.h"
#include "service/secret.h"
#include "service/store/sqlite/sqlite_store.h"
#include "tests/bench/bodies.h"
#include "tests/must.h"

namespace {

std::atomic<std::uint64_t> asked_for_memory = 0;

void* allocate(std::size_t size) {
  asked_for_memory.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) {
  return allocate(size);
}
void* operator new[](std::size_t size) {
  return allocate(size);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace winnow {
namespace {

constexpr std::size_t kSizes[] = {50, 300, 1000, 10000};
constexpr const char* kLanguages[] = {"en", "de", "ru", "zh"};
constexpr int kTaught = 2000;

std::filesystem::path top;

const std::vector<Comment>& seed_of(const std::string& language) {
  static const auto by_language = [] {
    std::map<std::string, std::vector<Comment>> all;
    for (const auto& file : std::filesystem::directory_iterator(top / "data/seed")) {
      if (file.path().extension() != ".jsonl") continue;
      std::ifstream in(file.path());
      for (std::string line; std::getline(in, line);) {
        const Json row = must(parse_json(line));
        all[row.value("lang", "")].push_back(must(comment_from_json(row)));
      }
    }
    return all;
  }();
  return by_language.at(language);
}

// Seed comments of that language in a row, cut to size.
Comment comment_of(const std::string& language, std::size_t size) {
  const std::vector<Comment>& seed = seed_of(language);
  Comment comment = seed.front();
  std::string text;
  for (std::size_t i = 0; text.size() < size; i = (i + 1) % seed.size()) text += seed[i].content + "\n";
  comment.content = clip_utf8(text, size);
  comment.user_ip = "203.0.113.7";
  return comment;
}

const Engine& engine() {
  static const Engine loaded =
      must(Engine::load(std::filesystem::canonical(top / "models/current"), top / "data/rules"));
  return loaded;
}

Lesson lesson_of(std::int64_t seq) {
  Lesson lesson;
  lesson.seq = seq;
  lesson.site = lesson.voter = 1;
  lesson.spam = seq % 2 == 0;
  return lesson;
}

// A site's memory that was taught seed comments.
std::unique_ptr<Memory> new_taught() {
  auto made = std::make_unique<Memory>(MemoryOptions{}, engine().model().background);
  const std::vector<Comment>& seed = seed_of("en");
  for (std::int64_t seq = 0; seq < kTaught; ++seq)
    made->learn(lesson_of(seq), Features(seed[static_cast<std::size_t>(seq) % seed.size()]));
  return made;
}

const Memory& taught() {
  static const std::unique_ptr<Memory> memory = new_taught();
  return *memory;
}

class Taught final : public HistoryView {
 public:
  void judge(const Features& features, std::vector<Signal>& signals) const override {
    taught().judge(1, features, signals);
  }
};

template <typename Step>
void measure(benchmark::State& state, Step step) {
  step();
  const std::uint64_t before = asked_for_memory;
  std::uint64_t runs = 0;
  for (auto _ : state) {
    step();
    ++runs;
  }
  state.counters["allocations"] =
      static_cast<double>(asked_for_memory - before) / static_cast<double>(std::max<std::uint64_t>(runs, 1));
}

using Make = void (*)(benchmark::State&, const Comment&);

void decode(benchmark::State& state, const Comment& comment) {
  http::Request request;
  request.method = "POST";
  request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
  request.body = form_body(comment, "0123456789ab");
  measure(state, [&] {
    const Result<http::Fields> fields = http::Fields::read(request);
    benchmark::DoNotOptimize(http::to_comment(*fields, 1 << 20));
  });
}

void normalized(benchmark::State& state, const Comment& comment) {
  measure(state, [&] { benchmark::DoNotOptimize(normalize(comment.content)); });
}

void links(benchmark::State& state, const Comment& comment) {
  measure(state, [&] { benchmark::DoNotOptimize(find_links(comment.content)); });
}

void features(benchmark::State& state, const Comment& comment) {
  measure(state, [&] { benchmark::DoNotOptimize(Features(comment).distinct_words); });
}

void model(benchmark::State& state, const Comment& comment) {
  const Features read(comment);
  measure(state, [&] {
    const LineWords line(model_words(read));
    benchmark::DoNotOptimize(engine().model().text.read(line).score.log_odds +
                             engine().model().linear->read(line).score.log_odds);
  });
}

void rules(benchmark::State& state, const Comment& comment) {
  const Features read(comment);
  measure(state, [&] {
    std::vector<Signal> signals;
    judge_by_rules(read, engine().model().weights, signals);
    engine().operator_rules().judge(read, signals, {});
    benchmark::DoNotOptimize(signals);
  });
}

void memory(benchmark::State& state, const Comment& comment) {
  const Features read(comment);
  measure(state, [&] {
    std::vector<Signal> signals;
    taught().judge(1, read, signals);
    benchmark::DoNotOptimize(signals);
  });
}

// A report, from the comment on; each on another one.
void learn(benchmark::State& state, const Comment& comment) {
  const std::unique_ptr<Memory> memory = new_taught();
  std::int64_t seq = kTaught;
  Comment reported = comment;
  measure(state, [&] {
    ++seq;
    reported.content = comment.content + " n" + std::to_string(seq);
    const Features read(reported);
    benchmark::DoNotOptimize(memory->learn(lesson_of(seq), read));
  });
}

void judge_alone(benchmark::State& state, const Comment& comment) {
  measure(state, [&] { benchmark::DoNotOptimize(engine().judge(comment, NoHistory())); });
}

void judge_taught(benchmark::State& state, const Comment& comment) {
  measure(state, [&] { benchmark::DoNotOptimize(engine().judge(comment, Taught())); });
}

// A verdict, of 64 that are stored in one transaction; with the disk.
void store(benchmark::State& state, const Comment& comment) {
  constexpr std::size_t kTogether = 64;
  const std::filesystem::path home =
      std::filesystem::temp_directory_path() / ("winnow-micro-" + std::to_string(::getpid()));
  std::filesystem::create_directory(home);
  {
    const std::unique_ptr<SqliteStore> store = must(SqliteStore::open(home / "winnow.db"));
    StoredVerdict stored;
    stored.site = must(store->add_site("blog.example", 1'700'000'000'000)).id;
    stored.at = 1'700'000'000'000;
    stored.comment = comment;
    stored.verdict = engine().judge(comment, NoHistory());
    stored.text_key = stored.verdict.text_key;
    std::vector<StoredVerdict> together(kTogether, stored);
    measure(state, [&] {
      for (StoredVerdict& each : together) each.id = random_id(), each.text_key = each.text_key * 31 + 7;
      must(store->put_verdicts(together));
    });
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kTogether));
  }
  std::filesystem::remove_all(home);
}

void add(const std::string& name, Make step) {
  for (const char* language : kLanguages)
    for (const std::size_t size : kSizes)
      benchmark::RegisterBenchmark(
          (name + "/" + language + "/" + std::to_string(size)).c_str(),
          [step](benchmark::State& state, const Comment& comment) { step(state, comment); },
          comment_of(language, size));
}

int run(int count, char** words) {
  if (count < 2) {
    std::fprintf(stderr, "Usage: micro DIRECTORY-OF-WINNOW [--benchmark_filter=NAME ...]\n");
    return 2;
  }
  top = words[1];
  words[1] = words[0];
  int rest = count - 1;
  benchmark::Initialize(&rest, words + 1);
  add("decode", decode);
  add("normalize", normalized);
  add("links", links);
  add("features", features);
  add("model", model);
  add("rules", rules);
  add("memory", memory);
  add("judge", judge_alone);
  add("judge_taught", judge_taught);
  add("learn", learn);
  add("store", store);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace
}  // namespace winnow

int main(int count, char** words) {
  try {
    return winnow::run(count, words);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "micro: %s\n", failure.what());
    return 1;
  }
}
