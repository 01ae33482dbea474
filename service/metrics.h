// Metrics: what is counted for those who watch winnowd, in Prometheus' text format. metrics.cpp is the only
// file that knows prometheus-cpp.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "classifier/verdict.h"
#include "service/store/store.h"

namespace winnow {

// A number that is kept elsewhere, read when somebody asks.
struct Reading {
  enum class Kind { kCounter, kGauge };
  Kind kind = Kind::kGauge;
  std::string name;  // winnow_..., counters with _total
  std::string help;  // one sentence
  double value = 0;
  std::vector<std::pair<std::string, std::string>> labels = {};
};

// Thread rule: all methods from any thread; source() before others know it.
class Metrics {
 public:
  using Source = std::function<std::vector<Reading>()>;

  Metrics();
  ~Metrics();

  // Whose readings are shown, too. Readings of one name stand together.
  void source(Source source);

  // A request was answered. `route`: its path in the table, "-" for none; a literal.
  void answered(std::string_view route, int status, double seconds);
  void checked(Outcome outcome);
  void reported(Label label);

  // All of it, in the text format (version 0.0.4).
  std::string text() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Memory, descriptors and start of this process, under the names that Prometheus' clients give them.
std::vector<Reading> process_readings();

}  // namespace winnow
