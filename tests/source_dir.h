// Where the sources lie that are tested: shipped models, seed, golden comments.
#pragma once

#include <string>

namespace winnow {

std::string source_dir();

}  // namespace winnow
