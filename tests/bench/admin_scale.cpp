// Fills a scratch database with made-up verdicts, reports among them, and indexes it: see tools/bench admin,
// which builds and runs this.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "classifier/fingerprint.h"
#include "classifier/normalize.h"
#include "service/store/search.h"
#include "service/store/sqlite/sqlite_store.h"
#include "tests/bench/made_up_words.h"
#include "tests/must.h"

namespace winnow {
namespace {

constexpr std::size_t kWords = 200'000;
constexpr std::size_t kBatch = 1000;
constexpr int kReasons = 60;
constexpr UnixMillis kYear = 365LL * 86'400'000;

struct Options {
  std::filesystem::path data;
  std::size_t verdicts = 1'000'000, sites = 50;
  std::size_t reported = 20;
  bool unindexed = false;
};

// As random_id(): the time, then what tells those of one moment apart.
std::string id_of(UnixMillis at, std::size_t number, char kind) {
  char id[64];
  std::snprintf(id, sizeof id, "%012llx%c%019zx", static_cast<unsigned long long>(at), kind, number);
  return id;
}

Comment comment(Random& random, bool is_spam, const std::string& site) {
  Comment made;
  for (std::size_t i = 0, words = 8 + random() % 90; i < words; ++i)
    made.content += word(skewed(random, kWords) + (is_spam ? 20 : 0)) + (i % 11 == 10 ? ". " : " ");
  if (is_spam && random() % 2 == 0)
    made.content += "http://" + word(skewed(random, 3000)) + "-shop.top/" + word(random() % kWords);
  made.author = word(1000 + skewed(random, 30'000)) + " " + word(1000 + random() % 5000);
  made.author_email = made.author.substr(0, made.author.find(' ')) + "@mail.example";
  if (is_spam) made.author_url = "https://" + word(skewed(random, 5000)) + ".example/";
  made.blog = "https://" + site;
  const std::string post = std::to_string(skewed(random, 400));
  made.permalink = made.blog + "/2026/01/a-post-with-a-long-name-" + post;
  made.post_title = "A post with a long name " + post;
  made.type = "comment";
  made.user_ip = "203.0." + std::to_string(random() % 114) + "." + std::to_string(random() % 256);
  made.user_agent =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" +
      std::to_string(random() % 40) + ".0.0.0 Safari/537.36";
  made.referrer = made.permalink;
  return made;
}

StoredVerdict verdict(Random& random, std::size_t number, std::size_t of, const std::vector<Site>& sites,
                      UnixMillis now) {
  StoredVerdict made;
  const Site& site = sites[skewed(random, sites.size())];
  made.site = site.id;
  made.at = now - kYear +
            static_cast<UnixMillis>(static_cast<double>(kYear) * static_cast<double>(number) /
                                    static_cast<double>(of));
  made.id = id_of(made.at, number, 'a');
  const std::size_t kind = random() % 100;  // 55 ham, 3 unsure, 32 spam, 10 discarded
  made.verdict.outcome = kind < 55   ? Outcome::kHam
                         : kind < 58 ? Outcome::kUnsure
                         : kind < 90 ? Outcome::kSpam
                                     : Outcome::kDiscard;
  static constexpr double kFrom[] = {0, 0.5, 0.8, 0.99}, kWide[] = {0.5, 0.3, 0.19, 0.01};
  const auto outcome = static_cast<std::size_t>(made.verdict.outcome);
  made.verdict.score = kFrom[outcome] + kWide[outcome] * static_cast<double>(random() % 1000) / 1000;
  made.comment = comment(random, kind >= 56, site.url);
  made.text_key = text_key(normalize(made.comment.content).folded);
  made.verdict.signals.push_back({"text.model", 1.25, "the words of the text speak for it"});
  for (std::size_t i = 0, reasons = 3 + random() % 6; i < reasons; ++i) {
    const std::string reason = word(100 + skewed(random, kReasons));
    made.verdict.signals.push_back({"group." + reason, 0.75, "says a sentence about " + reason});
  }
  made.verdict.model_id = "made-up";
  made.verdict.rules_version = "abcdef012345";
  return made;
}

FeedbackEvent report(const StoredVerdict& on, std::size_t number, Random& random) {
  FeedbackEvent made;
  made.verdict_id = on.id;
  made.site = on.site;
  made.at = on.at + 3'600'000;
  made.id = id_of(made.at, number, 'b');
  made.corrects = random() % 2 == 0;
  made.label = on.verdict.is_spam() == made.corrects ? Label::kHam : Label::kSpam;
  made.comment = on.comment;
  made.text_key = on.text_key;
  made.reporter = "moderator " + std::to_string(random() % 3);
  return made;
}

double seconds_since(std::chrono::steady_clock::time_point began) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

void fill(SqliteStore& store, const Options& options) {
  const auto began = std::chrono::steady_clock::now();
  const UnixMillis now = std::chrono::duration_cast<std::chrono::milliseconds>(
                             std::chrono::system_clock::now().time_since_epoch())
                             .count();
  std::vector<Site> sites;
  for (std::size_t i = 0; i < options.sites; ++i)
    sites.push_back(must(store.add_site("site" + std::to_string(i) + ".example", 0)));
  Random random(1);
  std::vector<StoredVerdict> batch;
  std::vector<FeedbackEvent> reports;
  for (std::size_t i = 0; i < options.verdicts; ++i) {
    batch.push_back(verdict(random, i, options.verdicts, sites, now));
    if (options.reported > 0 && random() % options.reported == 0)
      reports.push_back(report(batch.back(), i, random));
    if (batch.size() < kBatch && i + 1 < options.verdicts) continue;
    must(store.put_verdicts(batch));
    if (!reports.empty()) must(store.put_feedbacks(reports));
    batch.clear();
    reports.clear();
  }
  std::printf("%zu verdicts on %zu sites made in %.0f s\n", options.verdicts, options.sites,
              seconds_since(began));
}

// winnowd's cleanup goes once through what it has not stored itself: it finds that done.
void settle(SqliteStore& store) {
  const auto as_it_is = [](const Comment& comment) { return comment; };
  while (must(store.conceal_stored("hashed", as_it_is, kBatch)).looked > 0) {
  }
}

void index(SqliteStore& store) {
  const auto began = std::chrono::steady_clock::now();
  double longest = 0;
  for (;;) {
    const auto batch = std::chrono::steady_clock::now();
    if (must(store.index_verdicts(200)) == 0) break;
    longest = std::max(longest, seconds_since(batch));
  }
  std::printf("indexed in %.0f s, 200 at once took %.0f ms at most\n", seconds_since(began), longest * 1000);
}

void print_size(const std::filesystem::path& file, const char* what, std::size_t verdicts) {
  std::printf("%s: %.0f MB, %.0f bytes a verdict\n", what,
              static_cast<double>(std::filesystem::file_size(file)) / 1e6,
              static_cast<double>(std::filesystem::file_size(file)) / static_cast<double>(verdicts));
  std::fflush(stdout);
}

int run(const Options& options) {
  std::filesystem::create_directories(options.data);
  const std::filesystem::path file = options.data / "winnow.db";
  // What is written is in the file once the store is closed.
  {
    const auto store = must(SqliteStore::open(file));
    fill(*store, options);
    settle(*store);
  }
  print_size(file, "without the index", options.verdicts);
  if (options.unindexed) return 0;
  index(*must(SqliteStore::open(file)));
  print_size(file, "with the index", options.verdicts);
  return 0;
}

}  // namespace
}  // namespace winnow

int main(int argc, char** argv) {
  CLI::App app("Fills a scratch database with made-up verdicts and indexes it.", "admin_scale");
  winnow::Options options;
  app.add_option("--data-dir", options.data, "Directory for the scratch database")->required();
  app.add_option("--verdicts", options.verdicts, "Verdicts")->capture_default_str();
  app.add_option("--sites", options.sites, "Sites; a few give most verdicts")->capture_default_str();
  app.add_option("--reported", options.reported, "One in so many is reported; 0: none")
      ->capture_default_str();
  app.add_flag("--unindexed", options.unindexed, "Leave indexing them for search to winnowd");
  CLI11_PARSE(app, argc, argv);
  try {
    return winnow::run(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "admin_scale: %s\n", error.what());
    return 1;
  }
}
