#include "classifier/json.h"

#include <exception>
#include <map>
#include <utility>
#include <vector>

namespace winnow {
namespace {

Error invalid(const char* what, std::size_t position) {
  return {ErrorKind::kInvalid, "JSON: " + std::string(what) + " at byte " + std::to_string(position), ""};
}

// Position of the first bracket that opens a level beyond kMaxJsonDepth. Exact for well-formed text; what it
// says of other text does not matter, because that is refused anyway.
std::size_t too_deep_at(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kMaxJsonDepth) return i;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return std::string_view::npos;
}

// Builds the value from nlohmann's SAX events. Its own builder looks each key of an ordered object up by a
// linear search, which is quadratic in the number of members; this one keeps an index beside large objects,
// a sorted one: names that fall into one bucket of a hash table can be made by the thousand.
class Builder : public nlohmann::json_sax<Json> {
 public:
  Json take() { return std::move(root_); }
  std::size_t error_position() const { return error_position_; }

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t&) override { return add(value); }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    Level& level = levels_.back();
    auto& members = level.value->get_ref<Json::object_t&>();
    const std::size_t found = find_member(level, members, name);
    level.member = found;
    if (found == members.size()) {
      if (!level.index.empty()) level.index.emplace(name, found);
      members.emplace_back(std::move(name), nullptr);
    }
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    error_position_ = position;
    return false;
  }

 private:
  static constexpr std::size_t kIndexFrom = 16;

  struct Level {
    Json* value = nullptr;   // stays put while it is open: only the innermost container grows
    std::size_t member = 0;  // of an object: where the next value goes
    std::map<std::string, std::size_t> index;
  };

  static std::size_t find_member(Level& level, const Json::object_t& members, const std::string& name) {
    if (members.size() >= kIndexFrom) {
      if (level.index.empty()) {
        for (std::size_t i = 0; i < members.size(); ++i) level.index.emplace(members.data()[i].first, i);
      }
      const auto found = level.index.find(name);
      return found == level.index.end() ? members.size() : found->second;
    }
    std::size_t i = 0;
    while (i < members.size() && members.data()[i].first != name) ++i;
    return i;
  }

  Json* place(Json value) {
    if (levels_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Level& level = levels_.back();
    if (level.value->is_array()) {
      auto& items = level.value->get_ref<Json::array_t&>();
      items.push_back(std::move(value));
      return &items.back();
    }
    Json& slot = level.value->get_ref<Json::object_t&>().data()[level.member].second;
    slot = std::move(value);
    return &slot;
  }

  bool add(Json value) {
    place(std::move(value));
    return true;
  }

  bool open(Json container) {
    levels_.push_back({place(std::move(container)), 0, {}});
    return true;
  }

  bool close() {
    levels_.pop_back();
    return true;
  }

  Json root_;
  std::vector<Level> levels_;
  std::size_t error_position_ = 0;
};

}  // namespace

Result<Json> parse_json(std::string_view text) {
  // The library takes a NUL for the end of its input.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) return invalid("NUL", nul);
  if (const std::size_t deep = too_deep_at(text); deep != std::string_view::npos) {
    return invalid("nested too deeply", deep);
  }
  try {
    Builder builder;
    if (!Json::sax_parse(text.begin(), text.end(), &builder)) {
      return invalid("not well-formed", builder.error_position());
    }
    return builder.take();
  } catch (const std::exception&) {
    return Error{ErrorKind::kInternal, "JSON: could not be read", ""};
  }
}

std::string to_text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string to_pretty_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::string string_or(const Json& object, std::string_view name, std::string_view fallback) {
  if (object.is_object()) {
    const auto found = object.find(name);
    if (found != object.end() && found->is_string()) return found->get<std::string>();
  }
  return std::string(fallback);
}

}  // namespace winnow
