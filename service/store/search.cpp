#include "service/store/search.h"

namespace winnow {
namespace {

constexpr std::array<std::string_view, kTabs> kNames = {"ham",     "unsure",   "spam",
                                                        "discard", "reported", "all"};

}  // namespace

std::string_view to_string(Tab tab) {
  return kNames[static_cast<std::size_t>(tab)];
}

std::optional<Tab> tab_of(std::string_view name) {
  for (std::size_t tab = 0; tab < kNames.size(); ++tab)
    if (kNames[tab] == name) return static_cast<Tab>(tab);
  return std::nullopt;
}

}  // namespace winnow
