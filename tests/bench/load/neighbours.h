// Neighbours: the connections of others, which want nothing sensible: idle ones, ones that send a byte a
// second, and ones that send garbage.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "tests/bench/load/generator.h"

namespace winnow::load {

class Neighbours {
 public:
  // Connects them all; the idle ones have each been answered once. Throws std::runtime_error if one cannot.
  Neighbours(int port, int idle, int trickling, int babbling);
  ~Neighbours();
  Neighbours(const Neighbours&) = delete;
  Neighbours& operator=(const Neighbours&) = delete;

  // To be called again and again: once a second each sends its byte or its garbage, and those that were
  // closed come again.
  void turn();
  // How many of the idle ones are still open.
  int idle_left() const;

 private:
  void renew(int& socket);

  const int port_;
  std::vector<int> idle_, trickling_, babbling_;
  std::vector<std::size_t> at_;  // in the request of each that trickles
  std::mt19937_64 random_{2};
  Clock::time_point next_ = Clock::now();
  std::size_t place_ = 0;  // in the round of this second
};

}  // namespace winnow::load
