// Figures of a manifest or an evaluation (tools/training/figures.h), as people read them.
#pragma once

#include <initializer_list>
#include <string>

#include "classifier/json.h"

namespace winnow::cli {

// What lies at the end of these names ("figures", "held_out", "recall"); null where anything is missing.
Json part_of(const Json& json, std::initializer_list<const char*> names);

// "88.12 %" of 0.8812, "-" of null.
std::string percent_text(const Json& share);
// "0.0582"; "-" of null.
std::string decimal_text(const Json& number);

}  // namespace winnow::cli
