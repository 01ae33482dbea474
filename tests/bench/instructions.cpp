// Runs what a check does, some thousand times, for valgrind to count: see tools/bench instructions, which
// builds and runs this. One thread, verdicts stored 64 at a time, so that a run is like the next.
#include <unistd.h>
#include <valgrind/callgrind.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "classifier/engine.h"
#include "service/concealment.h"
#include "service/http/decode.h"
#include "service/http/encode.h"
#include "service/http/fields.h"
#include "service/http/reply_text.h"
#include "service/http/request_reader.h"
#include "service/secret.h"
#include "service/store/sqlite/sqlite_store.h"
#include "tests/bench/bodies.h"
#include "tests/must.h"

namespace winnow {
namespace {

constexpr std::size_t kTogether = 64;
constexpr UnixMillis kNow = 1'700'000'000'000;
constexpr std::size_t kBody = 1 << 20;

class House {
 public:
  House(const std::filesystem::path& home, const std::string& model)
      : concealment_(must(Concealment::open(home, PersonalData::kHashed, kNow))),
        store_(must(SqliteStore::open(home / "winnow.db"))),
        site_(must(store_->add_site("blog.example", kNow))),
        engine_(must(Engine::load(std::filesystem::canonical(model), ""))) {}

  // A request from its bytes to its reply, but for the disk and the key.
  void check(const std::string& bytes) {
    http::RequestReader reader;
    (void)reader.take(bytes);
    (void)reader.allow_body(kBody);
    const http::Request& request = reader.request();
    const Result<http::Fields> fields = http::Fields::read(request);
    const Comment comment = http::to_comment(*fields, kBody);
    StoredVerdict stored;
    stored.id = random_id();
    stored.site = site_.id;
    stored.at = kNow;
    stored.comment = concealment_->concealed(comment);
    stored.verdict = engine_.judge(comment, NoHistory());
    stored.text_key = stored.verdict.text_key;
    const http::Reply reply = http::akismet_verdict({stored.id, stored.verdict, {}});
    written_ += http::reply_text(reply, request, true).size();
    waiting_.push_back(std::move(stored));
    if (waiting_.size() < kTogether) return;
    must(store_->put_verdicts(waiting_));
    waiting_.clear();
  }

  std::size_t written() const { return written_; }

 private:
  const std::unique_ptr<Concealment> concealment_;
  const std::unique_ptr<SqliteStore> store_;
  const Site site_;
  const Engine engine_;
  std::vector<StoredVerdict> waiting_;
  std::size_t written_ = 0;
};

std::string request_of(const Comment& comment) {
  const std::string body = form_body(comment, "0123456789ab");
  return "POST /1.1/comment-check HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
         "application/x-www-form-urlencoded\r\n"
         "User-Agent: WordPress/6.1 | Akismet/5.3\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

int run(const std::string& model, const std::vector<std::string>& files, std::size_t checks) {
  const std::filesystem::path home =
      std::filesystem::temp_directory_path() / ("winnow-instructions-" + std::to_string(::getpid()));
  std::filesystem::create_directory(home);
  {
    House house(home, model);
    std::vector<std::string> requests;
    for (const Comment& comment : read_comments(files)) requests.push_back(request_of(comment));
    for (std::size_t i = 0; i < kTogether; ++i) house.check(requests[i % requests.size()]);
    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
    for (std::size_t i = kTogether; i < kTogether + checks; ++i) house.check(requests[i % requests.size()]);
    CALLGRIND_STOP_INSTRUMENTATION;
    std::printf("%zu bytes answered\n", house.written());
  }
  std::filesystem::remove_all(home);
  return 0;
}

}  // namespace
}  // namespace winnow

int main(int argc, char** argv) {
  std::string model;
  std::vector<std::string> files;
  std::size_t checks = 1024;
  CLI::App app("Runs what a check does");
  app.add_option("--model", model)->required();
  app.add_option("--comments", files)->required();
  app.add_option("--checks", checks);
  CLI11_PARSE(app, argc, argv);
  try {
    return winnow::run(model, files, checks);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "instructions: %s\n", failure.what());
    return 1;
  }
}
