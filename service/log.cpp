#include "service/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <ctime>
#include <exception>
#include <memory>
#include <mutex>

#include "classifier/json.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

struct Log {
  std::mutex mutex;
  std::shared_ptr<spdlog::logger> logger;  // guarded by mutex
  bool json = false;                       // guarded by mutex
};

Log& the_log() {
  static Log log;
  return log;
}

std::shared_ptr<spdlog::logger> make_logger(spdlog::level::level_enum level) {
  auto logger = std::make_shared<spdlog::logger>("winnow", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("%v");  // lines are made here, so that both formats escape alike
  logger->set_level(level);
  logger->flush_on(spdlog::level::warn);
  return logger;
}

struct Level {
  std::string_view name;
  LogLevel level;
  spdlog::level::level_enum spdlog;
};

constexpr Level kLevels[] = {
    {"debug", LogLevel::kDebug, spdlog::level::debug},
    {"info", LogLevel::kInfo, spdlog::level::info},
    {"warn", LogLevel::kWarn, spdlog::level::warn},
    {"error", LogLevel::kError, spdlog::level::err},
};

const Level& entry_of(LogLevel level) {
  return kLevels[static_cast<int>(level)];
}

std::string time_now() {
  const auto now = std::chrono::system_clock::now();
  const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
  const std::time_t seconds = millis / 1000;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[32];
  const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
  std::string fraction = std::to_string(1000 + millis % 1000);
  fraction[0] = '.';
  return std::string(text, length) + fraction + "Z";
}

// Characters that end a line, move the cursor or reorder it.
bool must_be_escaped(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

void append_escaped(std::string& out, std::string_view value, bool quoted) {
  const std::string text = to_valid_utf8(value);
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t c = next_code_point(text, pos);
    if (must_be_escaped(c)) {
      constexpr std::string_view kDigits = "0123456789abcdef";
      out += "\\u";
      for (const unsigned shift : {12U, 8U, 4U, 0U}) out += kDigits[(c >> shift) & 15U];
      continue;
    }
    if (quoted && (c == '"' || c == '\\')) out += '\\';
    append_utf8(out, c);
  }
}

// Quoted where it would not read back as one value.
void append_value(std::string& out, std::string_view value) {
  const bool quoted = value.empty() || value.find_first_of(" =\"\\") != std::string_view::npos;
  if (quoted) out += '"';
  append_escaped(out, value, quoted);
  if (quoted) out += '"';
}

std::string text_line(const Level& level, std::string_view message, const LogFields& fields) {
  std::string line = time_now() + " " + std::string(level.name) + " ";
  append_escaped(line, message, false);
  for (const auto& [name, value] : fields) {
    line.append(" ").append(name).append("=");
    append_value(line, value);
  }
  return line;
}

std::string json_line(const Level& level, std::string_view message, const LogFields& fields) {
  Json object = {{"time", time_now()}, {"level", level.name}, {"message", message}};
  for (const auto& [name, value] : fields) object[std::string(name)] = value;
  return to_text(object);
}

}  // namespace

void open_log(std::string_view format, std::string_view level) {
  spdlog::level::level_enum lowest = spdlog::level::info;
  for (const Level& entry : kLevels) {
    if (entry.name == level) lowest = entry.spdlog;
  }
  Log& log = the_log();
  const std::lock_guard lock(log.mutex);
  log.logger = make_logger(lowest);
  log.json = format == "json";
}

void log(LogLevel level, std::string_view message, const LogFields& fields) {
  try {
    Log& log = the_log();
    std::shared_ptr<spdlog::logger> logger;
    bool json = false;
    {
      const std::lock_guard lock(log.mutex);
      if (!log.logger) log.logger = make_logger(spdlog::level::info);
      logger = log.logger;
      json = log.json;
    }
    const Level& entry = entry_of(level);
    if (!logger->should_log(entry.spdlog)) return;
    const std::string line = json ? json_line(entry, message, fields) : text_line(entry, message, fields);
    logger->log(entry.spdlog, spdlog::string_view_t(line));
  } catch (const std::exception&) {
    // out of memory: a line is lost, the request is not
  }
}

void flush_log() {
  Log& log = the_log();
  const std::lock_guard lock(log.mutex);
  if (log.logger) log.logger->flush();
}

}  // namespace winnow
