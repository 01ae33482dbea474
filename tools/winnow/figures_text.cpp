#include "tools/winnow/figures_text.h"

#include <cstdio>

namespace winnow::cli {
namespace {

std::string formatted(const char* format, double value) {
  char text[32];
  const int length = std::snprintf(text, sizeof text, format, value);
  return std::string(text, static_cast<std::size_t>(length));
}

}  // namespace

Json part_of(const Json& json, std::initializer_list<const char*> names) {
  const Json* part = &json;
  for (const char* name : names) {
    if (!part->is_object()) return Json();
    const auto found = part->find(name);
    if (found == part->end()) return Json();
    part = &*found;
  }
  return *part;
}

std::string percent_text(const Json& share) {
  return share.is_number() ? formatted("%.2f %%", 100 * share.get<double>()) : "-";
}

std::string decimal_text(const Json& number) {
  return number.is_number() ? formatted("%.4f", number.get<double>()) : "-";
}

}  // namespace winnow::cli
