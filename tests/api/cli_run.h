// The real CLI, run in a shell to its end.
#pragma once

#include <doctest/doctest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "classifier/json.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {

struct CliEnded {
  int code = -1;
  std::string out;  // stdout and stderr
};

// The settings that make `winnow` use the installation, to stand before a command in a shell.
inline std::string cli_settings(const Installation& installation) {
  return "WINNOW_MODEL='" + installation.model().string() + "' WINNOW_RULES='" +
         installation.rules().string() + "' WINNOW_DATA='" + installation.data().string() + "' ";
}

inline CliEnded run_shell(const std::string& command) {
  CliEnded ended;
  // NOLINTNEXTLINE(cert-env33-c): a shell is what the tests want, and they write what it reads.
  std::FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  char buffer[4096];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    ended.out.append(buffer, got);
  const int status = ::pclose(pipe);
  ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ended;
}

// Runs `winnow WORDS` with the installation's model and rules; `words` may redirect. stderr goes with stdout.
inline CliEnded run(const Installation& installation, const std::string& words) {
  return run_shell(cli_settings(installation) + WINNOW_CLI " " + words + " 2>&1");
}

// The last line of what a command printed, as JSON.
inline Json json_of(const CliEnded& ended) {
  std::string text = ended.out;
  while (text.ends_with('\n')) text.pop_back();
  const Result<Json> json = parse_json(text.substr(text.rfind('\n') + 1));
  CAPTURE(ended.out);
  REQUIRE(json);
  return *json;
}

// Each line as JSON.
inline std::vector<Json> rows_of(const std::string& lines) {
  std::vector<Json> rows;
  for (std::size_t start = 0; start < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', start), lines.size());
    const Result<Json> row = parse_json(lines.substr(start, end - start));
    CAPTURE(lines);
    REQUIRE(row);
    rows.push_back(*row);
    start = end + 1;
  }
  return rows;
}

// An installation, and files beside it.
struct Home {
  Installation installation;
  std::filesystem::path dir = installation.data().parent_path();

  std::string file(const char* name, const std::string& text) const {
    write_file(dir / name, text);
    return (dir / name).string();
  }
  CliEnded winnow(const std::string& words) const { return run(installation, words); }
};

}  // namespace winnow::api_test
