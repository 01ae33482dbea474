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

long descriptors(int pid) {
  using Walk = std::filesystem::directory_iterator;
  return std::distance(Walk("/proc/" + std::to_string(pid) + "/fd"), Walk());
}

}  // namespace winnow::load
