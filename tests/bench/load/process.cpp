#include "tests/bench/load/process.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace winnow::load {

long resident_kib(int pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/status");
  const std::string status{std::istreambuf_iterator<char>(in), {}};
  const std::size_t at = status.find("VmRSS:");
  return at == std::string::npos ? 0 : std::stol(status.substr(at + 6));
}

Descriptors descriptors(int pid) {
  Descriptors open;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/fd")) {
    std::error_code closed_since;
    const std::string target = std::filesystem::read_symlink(entry, closed_since).string();
    if (closed_since) continue;
    if (target.starts_with("socket:"))
      ++open.sockets;
    else if (target.find("/winnow.db") != std::string::npos)
      ++open.database;
    else
      ++open.others;
  }
  return open;
}

}  // namespace winnow::load
