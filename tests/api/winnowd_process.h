// The real winnowd and the real CLI, on an installation in a temporary directory.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace winnow::api_test {

// Data directory, a model of known behaviour and a rules file: content with "blatant" is discarded, with
// "cheap" is spam, plain talk is ham.
class Installation {
 public:
  Installation();
  ~Installation();
  Installation(const Installation&) = delete;
  Installation& operator=(const Installation&) = delete;

  std::filesystem::path data() const { return root_ / "data"; }
  std::filesystem::path model() const { return root_ / "model"; }
  std::filesystem::path rules() const { return root_ / "rules"; }
  std::filesystem::path log() const { return root_ / "log"; }

  // A new key for the site ("*": any), made by `winnow key create`.
  std::string create_key(const std::string& site, const std::string& kind = "akismet") const;
  // Runs `winnow --data-dir DATA` with these words; throws unless it ends with 0. Gives its stdout.
  std::string winnow(const std::vector<std::string>& words) const;

 private:
  std::filesystem::path root_;
};

void write_file(const std::filesystem::path& file, std::string_view text);
std::string read_text(const std::filesystem::path& file);

// One winnowd on 127.0.0.1, port 0, from when it says that it listens until it has ended.
class Winnowd {
 public:
  // `flags` come last and win. Throws if it ends instead of listening.
  explicit Winnowd(const Installation& installation, const std::vector<std::string>& flags = {});
  // Ends it by SIGTERM, if it has not ended.
  ~Winnowd();
  Winnowd(const Winnowd&) = delete;
  Winnowd& operator=(const Winnowd&) = delete;

  int port() const { return port_; }              // of plain HTTP, 0 if there is none
  int tls_port() const { return tls_port_; }      // the same of TLS
  int admin_port() const { return admin_port_; }  // the same of listen_admin
  const std::string& first_line() const { return first_line_; }
  void signal(int number) const;
  // Waits for the end; the exit code, or 128 + the signal that killed it.
  int wait();
  bool is_running() const;
  // From now on files that it writes may have this many bytes (RLIMIT_FSIZE).
  void limit_files(unsigned long bytes) const;
  // Of its memory, what lies in RAM (VmRSS).
  long resident_kib() const;

  // The log so far. wait_for_log() waits until `text` is in it; false if it does not come.
  std::string log() const;
  bool wait_for_log(const std::string& text) const;

 private:
  std::filesystem::path log_;
  pid_t pid_ = -1;
  int port_ = 0;
  int tls_port_ = 0;
  int admin_port_ = 0;
  std::string first_line_;
};

struct Ended {
  int exit_code = 0;
  std::string output;  // stdout and stderr
};
// Runs a program, to be found by its path, to its end.
Ended run_program(const std::string& program, const std::vector<std::string>& words);
// Runs winnowd where it is expected to end by itself.
Ended run_winnowd(const Installation& installation, const std::vector<std::string>& flags);

}  // namespace winnow::api_test
