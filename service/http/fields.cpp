#include "service/http/fields.h"

#include <algorithm>

#include "classifier/json.h"
#include "classifier/unicode.h"
#include "service/http/form.h"
#include "service/http/multipart.h"

namespace winnow::http {
namespace {

std::string scalar(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "1" : "";
  if (value.is_number()) return to_text(value);
  return "";
}

Result<std::vector<Field>> json_fields(std::string_view body) {
  const Result<Json> json = parse_json(body);
  if (!json) return json.error();
  if (!json->is_object()) return Error{ErrorKind::kInvalid, "A JSON body must be one object.", ""};
  std::vector<Field> fields;
  for (const auto& [name, value] : json->items()) {
    if (fields.size() >= kMaxFields) break;
    if (value.is_object()) continue;
    if (!value.is_array()) {
      fields.emplace_back(name, scalar(value));
      continue;
    }
    for (const Json& element : value)
      if (!element.is_structured() && fields.size() < kMaxFields)
        fields.emplace_back(name + "[]", scalar(element));
  }
  return fields;
}

Result<std::vector<Field>> body_fields(const Request& request, const std::string& content_type) {
  if (content_type.starts_with("application/json")) return json_fields(request.body);
  if (!content_type.starts_with("multipart/form-data")) return parse_form(request.body);
  const auto boundary = multipart_boundary(request.header("content-type"));
  if (!boundary)
    return Error{ErrorKind::kInvalid, "The multipart body has no usable boundary.", "Content-Type"};
  return parse_multipart(request.body, *boundary);
}

std::string charset_parameter(std::string_view lower_content_type) {
  constexpr std::string_view kName = "charset=";
  const std::size_t begin = lower_content_type.find(kName);
  if (begin == std::string_view::npos) return "";
  std::string_view value = lower_content_type.substr(begin + kName.size());
  if (value.starts_with('"')) value.remove_prefix(1);
  return std::string(value.substr(0, value.find_first_of("\"; \t")));
}

// "name", "name[]" and "name[12]" are the list "name".
bool is_element_of(std::string_view field, std::string_view name) {
  if (!field.starts_with(name)) return false;
  field.remove_prefix(name.size());
  if (field.empty()) return true;
  return field.size() >= 2 && field.front() == '[' && field.back() == ']' &&
         field.find_first_not_of("0123456789", 1) == field.size() - 1;
}

}  // namespace

Result<Fields> Fields::read(const Request& request) {
  const std::string content_type = lower(request.header("content-type"));
  // A request without a body may still carry the header of one.
  Result<std::vector<Field>> body = request.method == "GET" || request.method == "HEAD"
                                        ? std::vector<Field>()
                                        : body_fields(request, content_type);
  if (!body) return body.error();
  Fields fields;
  fields.fields_ = std::move(*body);
  for (Field& field : parse_form(request.query)) fields.fields_.push_back(std::move(field));
  // JSON is UTF-8 by definition, whatever a field says.
  if (content_type.starts_with("application/json")) return fields;
  const std::string* blog_charset = fields.find("blog_charset");
  const bool named = blog_charset && !blog_charset->empty() && *blog_charset != "undefined";
  fields.charset_ = named ? *blog_charset : charset_parameter(content_type);
  return fields;
}

const std::string* Fields::find(std::string_view name) const {
  for (const auto& [key, value] : fields_)
    if (key == name) return &value;
  return nullptr;
}

bool Fields::has(std::string_view name) const {
  return find(name) != nullptr;
}

bool Fields::has_two_values(std::string_view name) const {
  const std::string* first = find(name);
  return first != nullptr && std::any_of(fields_.begin(), fields_.end(), [&](const Field& field) {
           return field.first == name && field.second != *first;
         });
}

bool Fields::has_any(std::string_view prefix) const {
  return std::any_of(fields_.begin(), fields_.end(),
                     [prefix](const Field& field) { return field.first.starts_with(prefix); });
}

std::string Fields::as_text(const std::string& bytes, std::size_t max_bytes) const {
  if (bytes == "undefined") return "";
  std::string text = from_charset(bytes, charset_);
  text.resize(clip_utf8(text, max_bytes).size());
  return text;
}

std::string Fields::text(std::string_view name, std::size_t max_bytes) const {
  const std::string* bytes = find(name);
  return bytes ? as_text(*bytes, max_bytes) : "";
}

template <typename IsWanted>
std::vector<std::string> Fields::texts(IsWanted is_wanted, std::size_t max_values,
                                       std::size_t max_bytes) const {
  std::vector<std::string> values;
  for (const auto& [key, bytes] : fields_) {
    if (values.size() >= max_values) break;
    if (!is_wanted(key)) continue;
    std::string text = as_text(bytes, max_bytes);
    if (!text.empty()) values.push_back(std::move(text));
  }
  return values;
}

std::vector<std::string> Fields::list(std::string_view name, std::size_t max_values,
                                      std::size_t max_bytes) const {
  return texts([name](std::string_view key) { return is_element_of(key, name); }, max_values, max_bytes);
}

std::vector<std::string> Fields::all(std::string_view prefix, std::size_t max_values,
                                     std::size_t max_bytes) const {
  return texts([prefix](std::string_view key) { return key.starts_with(prefix); }, max_values, max_bytes);
}

bool Fields::flag(std::string_view name) const {
  const std::string value = lower(text(name, 8));
  return value == "1" || value == "true";
}

}  // namespace winnow::http
