// ListEntry: one line of the allow or the block list.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace winnow {

enum class ListKind { kAllow, kBlock };
std::string_view to_string(ListKind kind);  // "allow", "block"
std::optional<ListKind> list_kind_named(std::string_view name);

// What of a comment is compared.
enum class ListField {
  kAuthor,   // the whole name
  kEmail,    // the whole address
  kDomain,   // of the author's URL and of the links, and what is below it
  kAddress,  // the client's IP address, or the network that it is in
  kText,     // whole words of the text
};
std::string_view to_string(ListField field);  // "author", "email", "domain", "address", "text"
std::optional<ListField> list_field_named(std::string_view name);

struct ListEntry {
  std::int64_t id = 0;
  ListKind list = ListKind::kBlock;
  ListField field = ListField::kAuthor;
  std::string pattern;                // as a person wrote it, see ListPattern
  std::int64_t site = 0;              // the one that it holds for; 0: all
  std::optional<std::int64_t> until;  // milliseconds since 1970; holds before that, or for good
};

}  // namespace winnow
