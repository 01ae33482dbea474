// What is looked at to tell whether an installation is in order. Nothing is changed or made.
#pragma once

#include <string>
#include <vector>

#include "service/config.h"

namespace winnow::cli {

struct Finding {
  enum class State { kGood, kWarning, kBad };
  State state = State::kGood;
  std::string what;    // "database"
  std::string found;   // one sentence, without comment text, addresses or keys
  std::string advice;  // what to do; empty if nothing
};

// In the order in which a person would look. `thorough`: reads all of the database.
std::vector<Finding> check_up(const Config& config, bool thorough);

}  // namespace winnow::cli
