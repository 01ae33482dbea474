#include "service/store/cleanup.h"

namespace winnow {

std::string_view to_string(CleanupWhat what) {
  constexpr std::string_view kNames[] = {"retention", "conceal", "erase", "rotate", "scrub"};
  return kNames[static_cast<std::size_t>(what)];
}

}  // namespace winnow
