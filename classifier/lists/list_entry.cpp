#include "classifier/lists/list_entry.h"

#include <array>
#include <utility>

namespace winnow {
namespace {

constexpr std::array<std::pair<std::string_view, ListKind>, 2> kKinds = {
    {{"allow", ListKind::kAllow}, {"block", ListKind::kBlock}}};
constexpr std::array<std::pair<std::string_view, ListField>, 5> kFields = {{{"author", ListField::kAuthor},
                                                                            {"email", ListField::kEmail},
                                                                            {"domain", ListField::kDomain},
                                                                            {"address", ListField::kAddress},
                                                                            {"text", ListField::kText}}};

template <typename Names, typename Value>
std::string_view name_in(const Names& names, Value wanted) {
  for (const auto& [name, value] : names)
    if (value == wanted) return name;
  return "";
}

template <typename Value, std::size_t kCount>
std::optional<Value> value_in(const std::array<std::pair<std::string_view, Value>, kCount>& names,
                              std::string_view wanted) {
  for (const auto& [name, value] : names)
    if (name == wanted) return value;
  return std::nullopt;
}

}  // namespace

std::string_view to_string(ListKind kind) {
  return name_in(kKinds, kind);
}
std::optional<ListKind> list_kind_named(std::string_view name) {
  return value_in(kKinds, name);
}
std::string_view to_string(ListField field) {
  return name_in(kFields, field);
}
std::optional<ListField> list_field_named(std::string_view name) {
  return value_in(kFields, name);
}

}  // namespace winnow
