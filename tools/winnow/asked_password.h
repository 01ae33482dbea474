// A password, as a command gets it.
#pragma once

#include <string>

#include "classifier/result.h"

namespace winnow::cli {

// Asked for twice on the terminal, where it is not shown; else the first line of standard input. kInvalid if
// the two differ, if there is none, or as check_password() (service/password.h) says.
Result<std::string> ask_password(const std::string& name);

}  // namespace winnow::cli
