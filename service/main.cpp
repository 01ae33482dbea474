// winnowd: the service. Flags are the settings of service/config.h; signals: SIGINT and SIGTERM stop it,
// SIGHUP reloads model, operator rules and the TLS certificate.
#include <malloc.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "service/app.h"
#include "service/config.h"
#include "service/log.h"

namespace winnow {
namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

struct Arguments {
  std::string config_file;
  std::map<std::string, std::string> flags;  // setting -> value
  bool help = false;
  bool version = false;
};

// The setting that --max-body-bytes means, or none.
std::optional<std::string> setting_of(std::string flag) {
  for (char& c : flag)
    if (c == '-') c = '_';
  for (const Setting& setting : settings())
    if (setting.name == flag) return flag;
  return std::nullopt;
}

// "--name value" or "--name=value".
Result<Arguments> parse_arguments(const std::vector<std::string>& words) {
  Arguments arguments;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--help" || word == "-h") {
      arguments.help = true;
      continue;
    }
    if (word == "--version") {
      arguments.version = true;
      continue;
    }
    const std::size_t equals = word.find('=');
    const std::string name = word.starts_with("--") ? word.substr(2, equals - 2) : "";
    const bool is_config = name == "config";
    const std::optional<std::string> setting = setting_of(name);
    if (!is_config && !setting) return Error{ErrorKind::kInvalid, "there is no flag " + word, ""};
    if (equals == std::string::npos && i + 1 == words.size())
      return Error{ErrorKind::kInvalid, word + " takes a value", ""};
    const std::string value = equals == std::string::npos ? words[++i] : word.substr(equals + 1);
    (is_config ? arguments.config_file : arguments.flags[*setting]) = value;
  }
  return arguments;
}

void print_help() {
  std::printf(
      "winnowd %s: checks comments for spam over HTTP\n\nUsage: winnowd [--config FILE] [--SETTING "
      "VALUE]...\n\n",
      std::string(version()).c_str());
  for (const Setting& setting : settings()) {
    std::string flag(setting.name);
    for (char& c : flag)
      if (c == '_') c = '-';
    std::printf("  --%-18s %s\n", flag.c_str(), std::string(setting.description).c_str());
  }
  std::printf(
      "  --%-18s %s\n\nSettings are read from the file, then from WINNOW_* in the environment, then from "
      "flags.\n"
      "SIGINT and SIGTERM stop winnowd, SIGHUP reloads the model, the operator's rules and the "
      "TLS certificate.\n\n"
      "Example: winnowd --listen 127.0.0.1:8420 --data var\n",
      "config", "TOML file with settings");
}

sigset_t handled_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
  return signals;
}

void reload(App& app) {
  const Result<void> reloaded = app.reload();
  if (reloaded)
    log(LogLevel::kInfo, "reloaded model and rules");
  else
    log(LogLevel::kError, "reload refused, the old model and rules go on",
        {{"error", reloaded.error().message}});
  const Result<std::string> certificate = app.reload_certificate();
  if (!certificate)
    log(LogLevel::kError, "certificate refused, the old one goes on",
        {{"error", certificate.error().message}});
  else if (!certificate->empty())
    log(LogLevel::kInfo, "reloaded certificate", {{"good_until", *certificate}});
}

// Waits for signals until one ends the service, or the service has ended by itself.
void obey_signals(App& app, const sigset_t& signals) {
  for (;;) {
    int signal = 0;
    if (sigwait(&signals, &signal) != 0) continue;
    if (signal != SIGHUP) break;
    reload(app);
  }
  log(LogLevel::kInfo, "stopping");
  app.stop();
}

int serve(const LoadedConfig& loaded) {
  Result<std::unique_ptr<App>> app = App::start(loaded);
  if (!app) {
    log(LogLevel::kError, "cannot start", {{"error", app.error().message}});
    flush_log();
    return kFailed;
  }
  Result<void> ran;
  const sigset_t signals = handled_signals();
  std::thread server([&] {
    ran = (*app)->run();
    // Wakes obey_signals() where the service ended without being told to.
    if (!ran) kill(getpid(), SIGTERM);
  });
  for (const std::string& address : (*app)->addresses()) {
    std::printf("winnowd is listening on %s\n", address.c_str());
    log(LogLevel::kInfo, "listening", {{"address", address}});
  }
  std::fflush(stdout);
  obey_signals(**app, signals);
  server.join();
  app->reset();
  if (!ran)
    log(LogLevel::kError, "stopped", {{"error", ran.error().message}});
  else
    log(LogLevel::kInfo, "stopped");
  flush_log();
  return ran ? kDone : kFailed;
}

int run(const std::vector<std::string>& words) {
  const Result<Arguments> arguments = parse_arguments(words);
  if (!arguments) {
    std::fprintf(stderr, "winnowd: %s; try --help\n", arguments.error().message.c_str());
    return kWrongUsage;
  }
  if (arguments->help) {
    print_help();
    return kDone;
  }
  if (arguments->version) {
    std::printf("winnowd %s\n", std::string(version()).c_str());
    return kDone;
  }
  const Result<LoadedConfig> loaded =
      load_config(arguments->config_file, process_environment(), arguments->flags);
  if (!loaded) {
    std::fprintf(stderr, "winnowd: %s\n", loaded.error().message.c_str());
    return kWrongUsage;
  }
  open_log(loaded->config.log_format, loaded->config.log_level);
  return serve(*loaded);
}

}  // namespace
}  // namespace winnow

int main(int argc, char** argv) {
  // Large buffers, such as long bodies, go back to the system when they are freed. Without this glibc raises
  // the bound to the largest that it has seen, and keeps them.
  mallopt(M_MMAP_THRESHOLD, 256 * 1024);
  // Clients leave while they are written to, and OpenSSL's write() would raise it.
  std::signal(SIGPIPE, SIG_IGN);
  // A file that reaches its limit is an error of writing, as a full disk is.
  std::signal(SIGXFSZ, SIG_IGN);
  // Blocked before the first thread is made, so that only sigwait() sees them.
  const sigset_t signals = winnow::handled_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return winnow::run({argv + 1, argv + argc});
}
