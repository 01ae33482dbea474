#include "tests/source_dir.h"

namespace winnow {

std::string source_dir() {
  return WINNOW_SOURCE_DIR;
}

}  // namespace winnow
