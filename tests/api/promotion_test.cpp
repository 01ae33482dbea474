// Promotion and rollback under load: the figure "reload: promote and roll back 20 times, 0 failed requests".
//   build/release/bin/api_tests -tc='*under full load*' -s
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <set>
#include <thread>

#include "classifier/json.h"
#include "tests/api/http_client.h"
#include "tests/api/shelf_installation.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {
namespace {

// Clients that check comments without pause until they are stopped.
class Load {
 public:
  Load(int port, const std::string& key) : port_(port), bearer_{{"Authorization", "Bearer " + key}} {
    for (int i = 0; i < 3; ++i) threads_.emplace_back([this] { on_one_connection(); });
    for (int i = 0; i < 2; ++i) threads_.emplace_back([this] { on_fresh_connections(); });
  }
  ~Load() { stop(); }

  void stop() {
    stopping_ = true;
    for (std::thread& thread : threads_)
      if (thread.joinable()) thread.join();
  }
  long requests() const { return requests_; }
  long failed() const { return failed_; }
  double slowest_ms() const { return static_cast<double>(slowest_us_) / 1000; }

  // Waits until an answer to a request that was sent from now on names this model; false if none comes.
  bool wait_for(const std::string& model) const {
    for (int i = 0; i < 1000; ++i) {
      const Response response = ask(port_, "POST", "/api/v1/check", bearer_, kBody);
      if (model_of(response) == model) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }

 private:
  static constexpr const char* kBody = R"({"content":"a cheap offer for everyone who reads this blog"})";

  static std::string model_of(const Response& response) {
    const Result<Json> json = parse_json(response.body);
    return response.status == 200 && json ? string_or(*json, "model") : "";
  }

  // Failed is what is not answered, or not with the verdict of one of the two models.
  void note(const Response& response, std::chrono::steady_clock::duration took) {
    const std::string model = model_of(response);
    ++requests_;
    if (model != "model-a" && model != "model-b") ++failed_;
    const long us = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
    for (long seen = slowest_us_; us > seen && !slowest_us_.compare_exchange_weak(seen, us);) continue;
  }

  void on_one_connection() {
    const std::string text = request("POST", "/api/v1/check", bearer_, kBody);
    auto client = std::make_unique<Client>(port_);
    while (!stopping_) {
      const auto begin = std::chrono::steady_clock::now();
      client->send(text);
      const Response response = client->read();
      note(response, std::chrono::steady_clock::now() - begin);
      if (response.status == 0 || response.header("Connection") == "close")
        client = std::make_unique<Client>(port_);
    }
  }

  void on_fresh_connections() {
    while (!stopping_) {
      const auto begin = std::chrono::steady_clock::now();
      const Response response = ask(port_, "POST", "/api/v1/check", bearer_, kBody);
      note(response, std::chrono::steady_clock::now() - begin);
    }
  }

  int port_;
  Headers bearer_;
  std::atomic<bool> stopping_ = false;
  std::atomic<long> requests_ = 0;
  std::atomic<long> failed_ = 0;
  std::atomic<long> slowest_us_ = 0;
  std::vector<std::thread> threads_;
};

TEST_CASE("promoting and rolling back 20 times under full load fails no request") {
  const ShelfInstallation home;
  const Winnowd winnowd(home, {"--model", home.link(), "--log-level", "warn"});
  Load load(winnowd.port(), home.create_key("blog.example", "api"));
  CHECK(load.wait_for("model-a"));
  int switched = 0;
  for (int i = 0; i < 20; ++i) {
    CHECK(home.model_command({"promote", "model-b"}).exit_code == 0);
    switched += load.wait_for("model-b");
    CHECK(home.model_command({"rollback"}).exit_code == 0);
    switched += load.wait_for("model-a");
  }
  load.stop();
  MESSAGE(load.requests() << " requests, " << load.failed() << " failed, " << switched
                          << " switches, the slowest answer took " << load.slowest_ms() << " ms");
  CHECK(switched == 40);
  CHECK(load.failed() == 0);
  CHECK(load.requests() > 1000);
}

TEST_CASE("a damaged candidate is refused; a model damaged in force leaves the old one answering") {
  const ShelfInstallation home;
  const Winnowd winnowd(home, {"--model", home.link()});
  const std::string key = home.create_key("blog.example", "api");
  const auto model = [&] {
    return std::string(parse_json(ask(winnowd.port(), "POST", "/api/v1/check",
                                      {{"Authorization", "Bearer " + key}}, R"({"content":"hello"})")
                                      .body)
                           ->at("model"));
  };
  const std::string whole = read_text(home.shelf() / "model-b" / "text.model");
  write_file(home.shelf() / "model-b" / "text.model", whole + "x");
  const Ended refused = home.model_command({"promote", "model-b"});
  CHECK(refused.exit_code == 1);
  CHECK(refused.output.find("model-b/text.model: ") != std::string::npos);
  CHECK(std::filesystem::read_symlink(home.link()) == "model-a");

  // The link is put on it by hand, past the check.
  std::filesystem::remove(home.link());
  std::filesystem::create_directory_symlink("model-b", home.link());
  CHECK(winnowd.wait_for_log("model refused, the old one goes on"));
  CHECK(winnowd.log().find("model-b/text.model") != std::string::npos);
  CHECK(model() == "model-a");
  CHECK(ask(winnowd.port(), "GET", "/readyz").status == 200);

  // Damaged anew, in the same way: tried again, and not told again.
  write_file(home.shelf() / "model-b" / "text.model", whole + "yz");
  std::this_thread::sleep_for(std::chrono::milliseconds(1200));
  write_file(home.shelf() / "model-b" / "text.model", whole);
  CHECK(winnowd.wait_for_log("model in force model=model-b"));
  CHECK(model() == "model-b");
  const std::string log = winnowd.log();
  const std::size_t first = log.find("model refused");
  CHECK(log.find("model refused", first + 1) == std::string::npos);
}

TEST_CASE("the commands on models tell people and programs what is there") {
  const ShelfInstallation home;
  home.put("model-c");
  write_file(home.shelf() / "model-c" / "manifest.json", "{");
  CHECK(home.model_command({"promote", "model-b", "--reason", "knows more"}).exit_code == 0);
  const std::string listed = home.model_command({"list"}).output;
  CHECK(listed.find("damaged") != std::string::npos);
  CHECK(listed.find("model-a -> model-b: knows more") != std::string::npos);
  const Json json = *parse_json(home.model_command({"list", "--json"}).output);
  CHECK(json["models"][1]["id"] == "model-b");
  CHECK(json["models"][1]["in_force"] == true);
  CHECK(json["promotions"][0]["reason"] == "knows more");

  CHECK(home.model_command({"show", "model-a"}).output.find("THRESHOLD") != std::string::npos);
  CHECK(*parse_json(home.model_command({"show", "model-a", "--json"}).output) ==
        *parse_json(read_text(home.shelf() / "model-a" / "manifest.json")));
  CHECK(home.model_command({"show", "model-c"}).exit_code == 1);

  const auto rows = home.data().parent_path() / "rows.jsonl";
  write_file(rows, "{\"label\":\"spam\",\"content\":\"cheap\"}\n{\"label\":\"ham\",\"content\":\"hello\"}\n");
  const Json compared = *parse_json(
      home.model_command({"compare", "model-a", "model-b", "--data", rows.string(), "--json"}).output);
  REQUIRE(compared.size() == 2);
  CHECK(compared[0]["model"] == "model-a");
  CHECK(compared[0]["recall"] == 1.0);
  CHECK(compared[1]["spam_alone"] == 0);
  CHECK(home.model_command({"compare", "model-a"}).exit_code == 2);
  CHECK(home.model_command({"rollback"}).exit_code == 0);
  const Ended refused = home.model_command({"rollback"});
  CHECK(refused.exit_code == 1);
  CHECK(refused.output.find("nothing to roll back to") != std::string::npos);
}

}  // namespace
}  // namespace winnow::api_test
