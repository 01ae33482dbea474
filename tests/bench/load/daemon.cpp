#include "tests/bench/load/daemon.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/bench/load/generator.h"

namespace winnow::load {
namespace {

constexpr std::chrono::seconds kStartTime{60};

// `error`: a descriptor that gets what it says there; -1: it goes where ours goes.
int spawn(const std::vector<std::string>& command, const std::vector<std::string>& settings, int out,
          int error) {
  std::vector<std::string> environment = settings;
  for (char** each = ::environ; *each; ++each)
    if (!std::string_view(*each).starts_with("WINNOW_")) environment.emplace_back(*each);
  std::vector<char*> arguments, variables;
  for (const std::string& each : command) arguments.push_back(const_cast<char*>(each.c_str()));
  for (const std::string& each : environment) variables.push_back(const_cast<char*>(each.c_str()));
  arguments.push_back(nullptr);
  variables.push_back(nullptr);
  const int pid = ::fork();
  if (pid < 0) throw std::runtime_error("cannot fork");
  if (pid == 0) {
    ::dup2(out, STDOUT_FILENO);
    if (error >= 0) ::dup2(error, STDERR_FILENO);
    ::execve(arguments[0], arguments.data(), variables.data());
    ::_exit(127);
  }
  return pid;
}

std::array<int, 2> new_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
  return ends;
}

}  // namespace

Daemon::Daemon(const std::string& program, const std::filesystem::path& data,
               std::vector<std::string> settings) {
  settings.push_back("WINNOW_CONFIG=");
  settings.push_back("WINNOW_DATA=" + data.string());
  settings.push_back("WINNOW_LISTEN=127.0.0.1:0");
  const std::string log = data.string() + ".log";
  const int error = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const std::array<int, 2> out = new_pipe();
  started_ = Clock::now();
  pid_ = spawn({program}, settings, out[1], error);
  ::close(out[1]);
  ::close(error);
  wait_for_port(out[0], log);
  ::close(out[0]);
}

void Daemon::wait_for_port(int out, const std::string& log) {
  constexpr std::string_view kBefore = "http://127.0.0.1:";
  std::string said;
  const Clock::time_point end = Clock::now() + kStartTime;
  while (said.find('\n') == std::string::npos) {
    pollfd wait{out, POLLIN, 0};
    std::array<char, 1024> bytes{};
    const ssize_t got = ::poll(&wait, 1, 1000) > 0 ? ::read(out, bytes.data(), bytes.size()) : -1;
    if (got > 0) said.append(bytes.data(), static_cast<std::size_t>(got));
    if (got == 0 || Clock::now() > end) {
      std::ifstream in(log);
      const std::string text{std::istreambuf_iterator<char>(in), {}};
      throw std::runtime_error("winnowd does not start: " +
                               text.substr(text.size() - std::min<std::size_t>(text.size(), 500)));
    }
  }
  const std::size_t at = said.find(kBefore);
  if (at != std::string::npos) port_ = std::stoi(said.substr(at + kBefore.size()));
}

Daemon::~Daemon() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
}

std::chrono::duration<double, std::milli> Daemon::until_answer_of(const std::string& request) const {
  const int socket = connect_to(port_);
  if (socket < 0) throw std::runtime_error("cannot connect");
  ::send(socket, request.data(), request.size(), MSG_NOSIGNAL);
  pollfd wait{socket, POLLIN, 0};
  const bool answered = ::poll(&wait, 1, 60'000) > 0;
  const auto took = Clock::now() - started_;
  ::close(socket);
  if (!answered) throw std::runtime_error("there is no answer");
  return took;
}

std::string output_of(const std::vector<std::string>& command, const std::vector<std::string>& settings) {
  const std::array<int, 2> out = new_pipe();
  const int pid = spawn(command, settings, out[1], -1);
  ::close(out[1]);
  std::string text;
  std::array<char, 4096> bytes{};
  for (ssize_t got = 0; (got = ::read(out[0], bytes.data(), bytes.size())) > 0;)
    text.append(bytes.data(), static_cast<std::size_t>(got));
  ::close(out[0]);
  int status = 0;
  ::waitpid(pid, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error(command.front() + " failed");
  return text;
}

}  // namespace winnow::load
