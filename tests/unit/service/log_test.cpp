#include "service/log.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>
#include <functional>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include "classifier/json.h"

using namespace winnow;

namespace {

// What `work` writes to stderr.
std::string stderr_of(const std::function<void()>& work) {
  std::FILE* file = std::tmpfile();
  REQUIRE(file != nullptr);
  const int before = dup(STDERR_FILENO);
  dup2(fileno(file), STDERR_FILENO);
  work();
  flush_log();
  std::fflush(stderr);
  dup2(before, STDERR_FILENO);
  close(before);
  std::string text;
  std::rewind(file);
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) text += static_cast<char>(c);
  std::fclose(file);
  return text;
}

// A text line without its time, level and the blank behind it.
std::string logged(const std::string& message, const LogFields& fields) {
  const std::string line = stderr_of([&] { log(LogLevel::kInfo, message, fields); });
  std::smatch match;
  REQUIRE(std::regex_match(line, match,
                           std::regex(R"((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) info ([^\n]*)\n)")));
  return match[2];
}

}  // namespace

TEST_CASE("a text line has time, level, message and fields") {
  open_log("text", "info");
  CHECK(logged("request", {{"route", "check"}, {"status", "200"}}) == "request route=check status=200");
  CHECK(logged("request", {{"site", "bücher.example"}}) == "request site=bücher.example");
  CHECK(logged("request", {{"top", "a=1, b=2"}, {"empty", ""}}) == R"(request top="a=1, b=2" empty="")");
  CHECK(logged("request", {{"quoted", "say \"hi\" \\"}}) == R"(request quoted="say \"hi\" \\")");
}

TEST_CASE("one event is one line, whatever is in it") {
  open_log("text", "info");
  CHECK(logged("a\nb", {{"x", "1\r\n2026 info forged"}}) == R"(a\u000ab x="1\u000d\u000a2026 info forged")");
  CHECK(logged("m", {{"x", "\t\x1b[31m\x7f"}}) == R"(m x=\u0009\u001b[31m\u007f)");
  CHECK(logged("m", {{"x", "\xe2\x80\xa8\xe2\x80\xae\xc2\x85"}}) == R"(m x=\u2028\u202e\u0085)");
  CHECK(logged("m", {{"x", "a\xff"}}) == "m x=a\xef\xbf\xbd");
  CHECK(logged("100 % {} {0} %v", {}) == "100 % {} {0} %v");
}

TEST_CASE("a JSON line is one object with the same values") {
  open_log("json", "info");
  const std::string line = stderr_of([] {
    log(LogLevel::kWarn, "re\nquest", {{"site", "bücher.example"}, {"x", "a\n\"b\" \xff"}});
  });
  REQUIRE(line.ends_with("}\n"));
  CHECK(line.find('\n') == line.size() - 1);
  const Result<Json> object = parse_json(line);
  REQUIRE(object.ok());
  CHECK((*object)["level"] == "warn");
  CHECK((*object)["message"] == "re\nquest");
  CHECK((*object)["site"] == "bücher.example");
  CHECK((*object)["x"] == "a\n\"b\" \xef\xbf\xbd");
  CHECK((*object)["time"].get<std::string>().size() == 24);
}

TEST_CASE("lines below the level are not written") {
  const auto written = [](const char* level) {
    open_log("text", level);
    const std::string text = stderr_of([] {
      log(LogLevel::kDebug, "m");
      log(LogLevel::kInfo, "m");
      log(LogLevel::kWarn, "m");
      log(LogLevel::kError, "m");
    });
    std::string levels;
    for (const char* name : {" debug ", " info ", " warn ", " error "}) {
      if (text.find(name) != std::string::npos) levels += name[1];
    }
    return levels;
  };
  CHECK(written("debug") == "diwe");
  CHECK(written("info") == "iwe");
  CHECK(written("warn") == "we");
  CHECK(written("error") == "e");
}

TEST_CASE("lines of many threads do not run into each other") {
  open_log("text", "info");
  const std::string text = stderr_of([] {
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
      threads.emplace_back([] {
        for (int i = 0; i < 50; ++i) log(LogLevel::kInfo, "m", {{"x", std::string(300, 'x')}});
      });
    }
    for (std::thread& thread : threads) thread.join();
  });
  CHECK(text.size() == 400 * (std::string("2026-01-02T03:04:05.678Z info m x=\n").size() + 300));
}
