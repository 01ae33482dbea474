#include "classifier/rules/phone.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace winnow {
namespace {

constexpr int kFewestDigits = 9;
constexpr int kMostDigits = 14;

bool is_digit_byte(char c) {
  return c >= '0' && c <= '9';
}
bool is_separator(char c) {
  return c == ' ' || c == '.' || c == '-' || c == '(' || c == ')';
}

bool binds(char c) {
  const bool letter =
      (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80) != 0;
  return letter || c == '_' || c == '/' || c == '=' || c == '#';
}

// Lengths of the groups of digits from `pos` on; `pos` is left behind the last of them.
std::vector<int> read_groups(std::string_view text, std::size_t& pos) {
  std::vector<int> groups;
  std::size_t at = pos;
  while (at < text.size()) {
    int length = 0;
    for (; at < text.size() && is_digit_byte(text[at]); ++at) ++length;
    if (length == 0) break;
    groups.push_back(length);
    pos = at;
    for (int gap = 0; at < text.size() && is_separator(text[at]) && gap < 2; ++gap) ++at;
  }
  return groups;
}

}  // namespace

bool has_phone_number(std::string_view plain, bool invites) {
  for (std::size_t pos = 0; pos < plain.size();) {
    if (!is_digit_byte(plain[pos])) {
      ++pos;
      continue;
    }
    const char before = pos > 0 ? plain[pos - 1] : ' ';
    const std::vector<int> groups = read_groups(plain, pos);
    const char after = pos < plain.size() ? plain[pos] : ' ';
    int digits = 0;
    for (const int group : groups) digits += group;
    if (digits < kFewestDigits || digits > kMostDigits || binds(before) || binds(after)) continue;
    if (before == '+' || before == '(') return true;
    const bool grouped = groups.size() >= 3 && groups.front() <= 3 && groups.back() >= 4;
    if (grouped && std::none_of(groups.begin() + 1, groups.end(), [](int group) { return group == 1; }))
      return true;
    if (groups.size() == 1 && invites) return true;
  }
  return false;
}

}  // namespace winnow
