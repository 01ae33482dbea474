#include "tests/api/winnowd_process.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include "classifier/json.h"
#include "classifier/model.h"

namespace winnow::api_test {
namespace {

using std::chrono::milliseconds;

// Judges by rules alone.
void write_model(const std::filesystem::path& dir) {
  const std::string text = TextModel({}, {}, {}, 0).serialize();
  const Json manifest = {
      {"format", 2},
      {"id", "test-model"},
      {"files", {{"text.model", {{"sha256", sha256_hex(text)}, {"bytes", text.size()}}}}},
      {"weights",
       {{"prior", -2}, {"text", 0}, {"text_unfamiliar", 0}, {"text_length", 0}, {"rules", Json::object()}}},
      {"thresholds", {{"unsure", 0.5}, {"spam", 0.8}, {"discard", 0.9999}}}};
  std::filesystem::create_directory(dir);
  write_file(dir / "text.model", text);
  write_file(dir / "manifest.json", to_text(manifest));
}

constexpr const char* kRules = R"(
[[rule]]
id = "local.blatant"
sentence = "says blatant"
points = 20
field = "content"
pattern = 'blatant'

[[rule]]
id = "local.cheap"
sentence = "says cheap"
points = 8
field = "content"
pattern = 'cheap'
)";

// Starts a program with stdout and stderr on these descriptors.
pid_t start(const std::string& program, const std::vector<std::string>& words, int out, int error) {
  std::vector<char*> argv = {const_cast<char*>(program.c_str())};
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  ::dup2(out, STDOUT_FILENO);
  ::dup2(error, STDERR_FILENO);
  ::execv(argv[0], argv.data());
  ::_exit(127);
}

int wait_for(pid_t pid) {
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// One line, without its end; empty at the end of the stream.
std::string read_line(int fd) {
  std::string text;
  for (char c; ::read(fd, &c, 1) == 1 && c != '\n';) text += c;
  return text;
}

// All that comes out of `fd` until it ends.
std::string read_pipe(int fd) {
  std::string text;
  for (char c; ::read(fd, &c, 1) == 1;) text += c;
  ::close(fd);
  return text;
}

struct Pipe {
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    out = ends[0];
    in = ends[1];
  }
  int out;
  int in;
};

std::vector<std::string> winnowd_words(const Installation& installation,
                                       const std::vector<std::string>& flags) {
  std::vector<std::string> words = {"--listen", "127.0.0.1:0",        "--data",  installation.data(),
                                    "--model",  installation.model(), "--rules", installation.rules()};
  words.insert(words.end(), flags.begin(), flags.end());
  return words;
}

}  // namespace

void write_file(const std::filesystem::path& file, std::string_view text) {
  std::ofstream(file, std::ios::binary) << text;
}

std::string read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Installation::Installation() {
  std::string name = (std::filesystem::temp_directory_path() / "winnow-api-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary directory");
  root_ = name;
  std::filesystem::create_directory(rules());
  write_file(rules() / "test.toml", kRules);
  write_model(model());
}

Installation::~Installation() {
  std::error_code ignored;
  std::filesystem::remove_all(root_, ignored);
}

std::string Installation::winnow(const std::vector<std::string>& words) const {
  std::vector<std::string> all = {"--data-dir", data()};
  all.insert(all.end(), words.begin(), words.end());
  const Pipe pipe;
  const pid_t pid = start(WINNOW_CLI, all, pipe.in, STDERR_FILENO);
  ::close(pipe.in);
  std::string out = read_pipe(pipe.out);
  if (wait_for(pid) != 0) throw std::runtime_error("winnow " + words.at(0) + " failed: " + out);
  return out;
}

std::string Installation::create_key(const std::string& site, const std::string& kind) const {
  const Result<Json> json = parse_json(winnow({"key", "create", "--site", site, "--kind", kind, "--json"}));
  if (!json) throw std::runtime_error("winnow key create printed no JSON");
  return json->at("key").get<std::string>();
}

Winnowd::Winnowd(const Installation& installation, const std::vector<std::string>& flags)
    : log_(installation.log()) {
  const Pipe pipe;
  const int log = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  pid_ = start(WINNOWD, winnowd_words(installation, flags), pipe.in, log);
  ::close(pipe.in);
  ::close(log);
  first_line_ = read_line(pipe.out);
  const bool has_tls = std::ranges::count(flags, "--listen-tls") > 0;
  const bool has_admin = std::ranges::count(flags, "--listen-admin") > 0;
  const auto all_said = [&] { return has_tls == (tls_port_ != 0) && has_admin == (admin_port_ != 0); };
  for (std::string line = first_line_; !line.empty(); line = all_said() ? "" : read_line(pipe.out)) {
    const bool tls = line.find("https://") != std::string::npos;
    const bool admin = line.ends_with("/admin");
    (tls ? tls_port_ : admin ? admin_port_ : port_) = std::stoi(line.substr(line.rfind(':') + 1));
  }
  ::close(pipe.out);
  if (first_line_.empty() || !all_said()) {
    wait();
    throw std::runtime_error("winnowd does not listen: " + this->log());
  }
}

Winnowd::~Winnowd() {
  if (pid_ < 0) return;
  signal(SIGTERM);
  wait();
}

void Winnowd::signal(int number) const {
  ::kill(pid_, number);
}

int Winnowd::wait() {
  const pid_t pid = pid_;
  pid_ = -1;
  return wait_for(pid);
}

bool Winnowd::is_running() const {
  return pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) == 0;
}

void Winnowd::limit_files(unsigned long bytes) const {
  const rlimit limit = {bytes, RLIM_INFINITY};
  if (::prlimit(pid_, RLIMIT_FSIZE, &limit, nullptr) != 0) throw std::runtime_error("no limit can be set");
}

long Winnowd::resident_kib() const {
  const std::string status = read_text("/proc/" + std::to_string(pid_) + "/status");
  return std::stol(status.substr(status.find("VmRSS:") + 6));
}

std::string Winnowd::log() const {
  return read_text(log_);
}

bool Winnowd::wait_for_log(const std::string& text) const {
  for (int i = 0; i < 500; ++i) {
    if (log().find(text) != std::string::npos) return true;
    std::this_thread::sleep_for(milliseconds(10));
  }
  return false;
}

Ended run_program(const std::string& program, const std::vector<std::string>& words) {
  const Pipe pipe;
  const pid_t pid = start(program, words, pipe.in, pipe.in);
  ::close(pipe.in);
  Ended ended;
  ended.output = read_pipe(pipe.out);
  ended.exit_code = wait_for(pid);
  return ended;
}

Ended run_winnowd(const Installation& installation, const std::vector<std::string>& flags) {
  return run_program(WINNOWD, winnowd_words(installation, flags));
}

}  // namespace winnow::api_test
