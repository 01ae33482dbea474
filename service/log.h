// The log: one line a request and a few about the process's life. The only file that includes spdlog is
// log.cpp. Never in a line: comment text, names, e-mail addresses, passwords, keys; nor whole network
// addresses but of those who are refused at sign-in, for Fail2Ban.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow {

enum class LogLevel { kDebug, kInfo, kWarn, kError };

// Ordered name -> value pairs of one line; values are text or numbers written as text.
using LogFields = std::vector<std::pair<std::string_view, std::string>>;

// Once, before the first line. `format`: "text" (2026-01-02T03:04:05.678Z info message name=value ...) or
// "json" (one object a line). Lines go to stderr. Control characters in values are escaped: one event is
// always one line.
void open_log(std::string_view format, std::string_view level);

// Thread rule: from any thread. Never fails and never throws.
void log(LogLevel level, std::string_view message, const LogFields& fields = {});

// Writes out what is buffered; before the process ends.
void flush_log();

}  // namespace winnow
