#include "tools/winnow/asked_password.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "service/password.h"

namespace winnow::cli {
namespace {

// The terminal shows nothing of what is typed while this lives.
class Silence {
 public:
  Silence() {
    ::tcgetattr(STDIN_FILENO, &before_);
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~Silence() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  termios before_{};
};

std::string line_of(const std::string& question) {
  if (!question.empty()) std::cerr << question << std::flush;
  std::string line;
  std::getline(std::cin, line);
  if (!question.empty()) std::cerr << '\n';
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace

Result<std::string> ask_password(const std::string& name) {
  const bool terminal = ::isatty(STDIN_FILENO) == 1;
  std::string password;
  if (terminal) {
    const Silence silence;
    password = line_of("Password of " + name + ": ");
    if (line_of("Once more: ") != password)
      return Error{ErrorKind::kInvalid, "the two passwords are not the same", "password"};
  } else {
    password = line_of("");
  }
  if (Result<void> good = check_password(password); !good) return good.error();
  return password;
}

}  // namespace winnow::cli
