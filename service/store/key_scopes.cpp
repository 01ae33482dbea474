#include "service/store/key_scopes.h"

#include <utility>

namespace winnow {
namespace {

constexpr std::pair<KeyScope, std::string_view> kNames[] = {{KeyScope::kCheck, "check"},
                                                            {KeyScope::kFeedback, "feedback"},
                                                            {KeyScope::kCurator, "curator"},
                                                            {KeyScope::kAdmin, "admin"}};

}  // namespace

std::vector<KeyScope> KeyScopes::list() const {
  std::vector<KeyScope> scopes;
  for (const auto& [scope, name] : kNames)
    if (has(scope)) scopes.push_back(scope);
  return scopes;
}

std::string_view to_string(KeyScope scope) {
  for (const auto& [known, name] : kNames)
    if (known == scope) return name;
  return "";
}

std::optional<KeyScope> key_scope_named(std::string_view name) {
  for (const auto& [scope, known] : kNames)
    if (known == name) return scope;
  return std::nullopt;
}

}  // namespace winnow
