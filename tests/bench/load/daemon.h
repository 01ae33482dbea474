// Daemon: a winnowd of its own on a free port of 127.0.0.1, ended by its own process id.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace winnow::load {

class Daemon {
 public:
  // Starts `program` with these settings ("NAME=value") and waits until it listens; its log goes to
  // `data`.log. Throws std::runtime_error with the log's last lines if it ends first.
  Daemon(const std::string& program, const std::filesystem::path& data, std::vector<std::string> settings);
  // SIGTERM, and waits.
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  int port() const { return port_; }
  int pid() const { return pid_; }
  // From the call of exec to the first answer of this request.
  std::chrono::duration<double, std::milli> until_answer_of(const std::string& request) const;

 private:
  void wait_for_port(int out, const std::string& log);

  int pid_ = -1;
  int port_ = 0;
  std::chrono::steady_clock::time_point started_;
};

// What this prints; throws if it fails.
std::string output_of(const std::vector<std::string>& command, const std::vector<std::string>& settings);

}  // namespace winnow::load
