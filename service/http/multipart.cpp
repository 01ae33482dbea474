#include "service/http/multipart.h"

#include <algorithm>

namespace winnow::http {
namespace {

constexpr std::size_t kMaxBoundary = 70;
constexpr std::string_view kDisposition = "content-disposition:";
constexpr std::size_t kMaxPartHead = 8192;  // bytes of the header lines of one part

// The value of parameter `name` in `; name=value; other="value"`. Browsers write a quote inside a quoted
// value as %22 or \".
std::optional<std::string> parameter(std::string_view line, std::string_view name) {
  std::size_t pos = line.find(';');
  while (pos != std::string_view::npos) {
    pos = line.find_first_not_of("; \t", pos);
    if (pos == std::string_view::npos) return std::nullopt;
    const std::size_t equals = line.find('=', pos);
    if (equals == std::string_view::npos) return std::nullopt;
    const bool wanted = equals - pos == name.size() && lower(line.substr(pos, name.size())) == name;
    std::string value;
    pos = equals + 1;
    if (pos < line.size() && line[pos] == '"') {
      for (++pos; pos < line.size() && line[pos] != '"'; ++pos) {
        if (line[pos] == '\\' && pos + 1 < line.size() && line[pos + 1] == '"') ++pos;
        value += line[pos];
      }
      pos = line.find(';', pos);
    } else {
      const std::size_t end = std::min(line.find(';', pos), line.size());
      value = line.substr(pos, end - pos);
      while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.pop_back();
      pos = end == line.size() ? std::string_view::npos : end;
    }
    if (wanted) return value;
  }
  return std::nullopt;
}

struct PartHead {
  std::string name;
  bool is_file = false;
};

PartHead read_head(std::string_view head) {
  PartHead part;
  while (!head.empty()) {
    const std::size_t end = head.find("\r\n");
    const std::string_view line = head.substr(0, end);
    head = end == std::string_view::npos ? std::string_view() : head.substr(end + 2);
    if (lower(line.substr(0, kDisposition.size())) != kDisposition) continue;
    part.name = parameter(line, "name").value_or("");
    part.is_file = parameter(line, "filename").has_value() || parameter(line, "filename*").has_value();
  }
  return part;
}

}  // namespace

std::optional<std::string> multipart_boundary(std::string_view content_type) {
  std::optional<std::string> boundary = parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > kMaxBoundary) return std::nullopt;
  return boundary;
}

// A body is: [preamble CRLF] --B CRLF head CRLF CRLF value CRLF --B CRLF ... CRLF --B--
std::vector<Field> parse_multipart(std::string_view body, std::string_view boundary, std::size_t max_parts) {
  std::vector<Field> fields;
  const std::string first = "--" + std::string(boundary);
  const std::string next = "\r\n" + first;
  if (body.starts_with(first)) {
    body.remove_prefix(first.size());
  } else {
    const std::size_t begin = body.find(next);
    if (begin == std::string_view::npos) return fields;
    body.remove_prefix(begin + next.size());
  }
  for (std::size_t parts = 0; parts < max_parts && body.starts_with("\r\n"); ++parts) {
    const std::size_t head_end = body.substr(0, kMaxPartHead).find("\r\n\r\n");
    if (head_end == std::string_view::npos) break;
    const PartHead head = read_head(body.substr(2, std::max<std::size_t>(head_end, 2) - 2));
    // The CRLF before a boundary may be the one that ends an empty value's head.
    const std::size_t value_begin = head_end + 4;
    const std::size_t end = body.find(next, value_begin - 2);
    if (end == std::string_view::npos) break;
    if (!head.is_file && !head.name.empty())
      fields.emplace_back(head.name, body.substr(value_begin, std::max(end, value_begin) - value_begin));
    body.remove_prefix(end + next.size());
  }
  return fields;
}

}  // namespace winnow::http
