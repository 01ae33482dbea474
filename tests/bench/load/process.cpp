#include "tests/bench/load/process.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace winnow::load {

long resident_kib(int pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/status");
  const std::string status{std::istreambuf_iterator<char>(in), {}};
  const std::size_t at = status.find("VmRSS:");
  return at == std::string::npos ? 0 : std::stol(status.substr(at + 6));
}

namespace {

std::vector<std::string> opened(int pid) {
  std::vector<std::string> targets;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/fd")) {
    std::error_code closed_since;
    targets.push_back(std::filesystem::read_symlink(entry, closed_since).string());
  }
  return targets;
}

}  // namespace

long descriptors(int pid) {
  return static_cast<long>(opened(pid).size());
}

long sockets(int pid) {
  return std::ranges::count_if(opened(pid),
                               [](const std::string& target) { return target.starts_with("socket:"); });
}

}  // namespace winnow::load
