// What was answered is on disk, whatever happens to the process, the disk or the database. KILLS says
// how often winnowd is killed (20).
#include <doctest/doctest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "classifier/json.h"
#include "tests/api/http_client.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {
namespace {

class Database {
 public:
  explicit Database(const std::filesystem::path& file) {
    sqlite3_open(file.c_str(), &connection_);
    sqlite3_busy_timeout(connection_, 5000);  // winnowd may be committing just now
  }
  ~Database() { sqlite3_close(connection_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // The first value of the first row; "" if there is none.
  std::string ask(const std::string& sql) {
    std::string answer;
    const auto take = [](void* to, int, char** values, char**) {
      auto& text = *static_cast<std::string*>(to);
      if (text.empty() && values[0]) text = values[0];
      return 0;
    };
    REQUIRE(sqlite3_exec(connection_, sql.c_str(), take, &answer, nullptr) == SQLITE_OK);
    return answer;
  }

 private:
  sqlite3* connection_ = nullptr;
};

std::string check_body(const std::string& key, const std::string& content) {
  return "api_key=" + key + "&blog=blog.example&user_ip=203.0.113.7&comment_content=" + urlencoded(content);
}

bool is_stored(const Response& response) {
  return response.status == 200 && response.header("X-winnow-degraded").empty();
}

// What clients were told is done.
struct Acknowledged {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> verdicts;
  std::vector<std::string> reports;

  void add(std::vector<std::string>& to, const std::string& id) {
    const std::lock_guard lock(mutex);
    to.push_back(id);
    changed.notify_all();
  }
  // Until so many verdicts more are there.
  void wait_for(std::size_t more) {
    std::unique_lock lock(mutex);
    const std::size_t wanted = verdicts.size() + more;
    changed.wait_for(lock, std::chrono::seconds(20), [&] { return verdicts.size() >= wanted; });
  }
};

// Checks and reports until winnowd is gone.
void load(int port, const std::string& key, const std::string& token, int seed, Acknowledged& said) {
  const Headers bearer = {{"Authorization", "Bearer " + token}};
  Client client(port);
  for (int i = 0;; ++i) {
    const std::string content = "cheap offer " + std::to_string(seed) + " " + std::to_string(i);
    if (i % 4 != 3) {
      if (!client.send(request("POST", "/1.1/comment-check", {}, check_body(key, content)))) return;
      const Response response = client.read();
      if (response.status == 0) return;
      if (is_stored(response)) said.add(said.verdicts, response.header("X-akismet-guid"));
    } else {
      const Json body = {{"comment", {{"content", content}}}, {"label", "spam"}};
      if (!client.send(request("POST", "/api/v1/feedback", bearer, to_text(body)))) return;
      const Response response = client.read();
      if (response.status == 0) return;
      if (response.status == 201) said.add(said.reports, parse_json(response.body)->at("id"));
    }
  }
}

TEST_CASE("kill -9 under load: what was acknowledged is there, and the database is whole") {
  const char* const wanted = std::getenv("KILLS");
  const int kills = wanted ? std::stoi(wanted) : 20;
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const std::string token = home.create_key("blog.example", "api");
  Acknowledged said;
  std::vector<std::string> keys;
  std::mt19937 random(20261126);
  for (int round = 0; round < kills; ++round) {
    Winnowd winnowd(home);
    std::vector<std::thread> clients;
    for (int i = 0; i < 4; ++i)
      clients.emplace_back([&, seed = round * 4 + i] { load(winnowd.port(), key, token, seed, said); });
    if (round % 5 == 0) keys.push_back(home.create_key("blog.example", "api"));
    said.wait_for(5);
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 200));
    winnowd.signal(SIGKILL);
    CHECK(winnowd.wait() == 128 + SIGKILL);
    for (std::thread& client : clients) client.join();
  }
  REQUIRE(said.verdicts.size() >= static_cast<std::size_t>(kills) * 5);
  CHECK_FALSE(said.reports.empty());
  {
    const Winnowd winnowd(home);  // it starts, and judges by all reports
    for (const std::string& each : keys)
      CHECK(ask(winnowd.port(), "GET", "/api/v1/verdicts/" + said.verdicts.back(),
                {{"Authorization", "Bearer " + each}})
                .status == 200);
  }
  Database database(home.data() / "winnow.db");
  CHECK(database.ask("PRAGMA integrity_check") == "ok");
  for (const std::string& id : said.verdicts)
    CHECK(database.ask("SELECT count(*) FROM verdict WHERE id = x'" + id + "'") == "1");
  for (const std::string& id : said.reports)
    CHECK(database.ask("SELECT count(*) FROM feedback WHERE id = x'" + id + "'") == "1");
}

// Checks until one is answered as `stored` says; false if none is in 20 seconds.
bool comes_to_be(const Winnowd& winnowd, const std::string& key, bool stored) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  for (int i = 0; std::chrono::steady_clock::now() < end; ++i) {
    const Response response =
        post_form(winnowd.port(), "/1.1/comment-check", check_body(key, "cheap " + std::to_string(i)));
    REQUIRE(response.status == 200);
    REQUIRE(response.body == "true");
    if (is_stored(response) == stored) return true;
  }
  return false;
}

// Degraded as it must be: checks are marked, reports are refused, readiness and the log tell.
void is_degraded(const Winnowd& winnowd, const std::string& key, const std::string& token) {
  const Headers bearer = {{"Authorization", "Bearer " + token}};
  const Response check = post_form(winnowd.port(), "/1.1/comment-check", check_body(key, "cheap watches"));
  CHECK(check.status == 200);
  CHECK(check.body == "true");
  CHECK(check.header("X-winnow-degraded") == "not-stored");
  CHECK_FALSE(check.header("X-akismet-guid").empty());
  const Response json =
      ask(winnowd.port(), "POST", "/api/v1/check", bearer, R"({"content":"cheap watches"})");
  CHECK(json.status == 200);
  CHECK(parse_json(json.body)->at("degraded") == "not-stored");
  const Response report = ask(winnowd.port(), "POST", "/api/v1/feedback", bearer,
                              R"({"comment":{"content":"cheap watches"},"label":"ham"})");
  CHECK(report.status == 503);
  CHECK_FALSE(report.header("Retry-After").empty());
  const Response submit = post_form(winnowd.port(), "/1.1/submit-ham", check_body(key, "cheap watches"));
  CHECK(submit.status == 503);
  CHECK(submit.body.find("Thanks") == std::string::npos);
  const Response ready = ask(winnowd.port(), "GET", "/readyz");
  CHECK(ready.status == 200);
  CHECK(parse_json(ready.body)->at("degraded") == "not-stored");
  CHECK(winnowd.log().find("verdicts are not stored") != std::string::npos);
}

TEST_CASE("while another process holds the database, checks are answered and reports refused") {
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const std::string token = home.create_key("blog.example", "api");
  const Winnowd winnowd(home);
  CHECK(comes_to_be(winnowd, key, true));
  {
    Database other(home.data() / "winnow.db");
    other.ask("BEGIN IMMEDIATE");
    CHECK(comes_to_be(winnowd, key, false));
    is_degraded(winnowd, key, token);
  }
  CHECK(comes_to_be(winnowd, key, true));
  CHECK(winnowd.wait_for_log("verdicts are stored again"));
}

TEST_CASE("files that cannot grow are as a full disk: it goes on, and recovers by itself") {
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const std::string token = home.create_key("blog.example", "api");
  const Winnowd winnowd(home);
  CHECK(comes_to_be(winnowd, key, true));
  winnowd.limit_files(16 * 1024);
  CHECK(comes_to_be(winnowd, key, false));
  is_degraded(winnowd, key, token);
  winnowd.limit_files(RLIM_INFINITY);
  CHECK(comes_to_be(winnowd, key, true));
  CHECK(ask(winnowd.port(), "POST", "/api/v1/feedback", {{"Authorization", "Bearer " + token}},
            R"({"comment":{"content":"cheap watches"},"label":"ham"})")
            .status == 201);
}

TEST_CASE("the operator may want checks refused instead") {
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const Winnowd winnowd(home, {"--unstored-checks", "refuse"});
  Database other(home.data() / "winnow.db");
  other.ask("BEGIN IMMEDIATE");
  const Response response = post_form(winnowd.port(), "/1.1/comment-check", check_body(key, "cheap"));
  CHECK(response.status == 503);
  CHECK_FALSE(response.header("Retry-After").empty());
}

TEST_CASE("no more checks wait for a database that is held than there are threads; the others come again") {
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const Winnowd winnowd(home, {"--threads", "2", "--queue", "3"});
  REQUIRE(post_form(winnowd.port(), "/1.1/comment-check", check_body(key, "hello")).status == 200);
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 20; ++i) clients.push_back(std::make_unique<Client>(winnowd.port()));
  int answered = 0, refused = 0;
  {
    Database other(home.data() / "winnow.db");
    other.ask("BEGIN IMMEDIATE");
    for (const auto& client : clients)
      client->send(request("POST", "/1.1/comment-check", {}, check_body(key, "cheap")));
    CHECK(ask(winnowd.port(), "GET", "/healthz").status == 200);  // by a thread that waits for nothing
    for (const auto& client : clients) {
      const Response response = client->read();
      CHECK((response.status == 200 || response.status == 503));
      ++(response.status == 200 ? answered : refused);
    }
    other.ask("COMMIT");
  }
  CHECK(answered <= 5);  // two at work, and three in the queue, if they were not given up
  CHECK(refused >= 15);
  bool stores_again = false;  // once the writer has looked again
  for (int i = 0; i < 100 && !stores_again; ++i) {
    stores_again = is_stored(post_form(winnowd.port(), "/1.1/comment-check", check_body(key, "cheap")));
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  CHECK(stores_again);
}

// A file system of its own over the data directory; only root may make one.
class SmallDisk {
 public:
  explicit SmallDisk(const std::filesystem::path& at) : at_(at) {
    std::filesystem::create_directories(at);
    is_mounted_ = ::mount("tmpfs", at_.c_str(), "tmpfs", 0, "size=8m,mode=700") == 0;
  }
  ~SmallDisk() {
    if (is_mounted_) ::umount2(at_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool is_mounted() const { return is_mounted_; }
  void fill() const {
    std::ofstream out(at_ / "filling", std::ios::binary);
    const std::string block(4096, 'x');
    while (out.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) continue;
  }
  void make_room() const { std::filesystem::remove(at_ / "filling"); }

 private:
  const std::filesystem::path at_;
  bool is_mounted_ = false;
};

TEST_CASE("a disk that is full") {
  const Installation home;
  const SmallDisk disk(home.data());
  if (!disk.is_mounted()) {
    MESSAGE("only root may mount: not tried");
    return;
  }
  const std::string key = home.create_key("blog.example");
  const std::string token = home.create_key("blog.example", "api");
  {
    const Winnowd winnowd(home);
    CHECK(comes_to_be(winnowd, key, true));
    disk.fill();
    CHECK(comes_to_be(winnowd, key, false));
    is_degraded(winnowd, key, token);
    disk.make_room();
    CHECK(comes_to_be(winnowd, key, true));
  }
  CHECK(Database(home.data() / "winnow.db").ask("PRAGMA integrity_check") == "ok");
}

}  // namespace
}  // namespace winnow::api_test
