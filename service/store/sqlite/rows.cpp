#include "service/store/sqlite/rows.h"

#include <algorithm>
#include <charconv>

#include "classifier/json.h"
#include "classifier/json_text.h"

namespace winnow::sqlite {
namespace {

constexpr std::size_t kIdBytes = 16;
constexpr std::string_view kDeleted = R"({"deleted":)";
constexpr std::string_view kHexDigits = "0123456789abcdef";

struct CommentField {
  const char* name;
  std::string Comment::*member;
  bool shared;  // many comments have the same value
};

// The names are part of the database's form.
constexpr CommentField kCommentFields[] = {
    {"content", &Comment::content, false},
    {"author", &Comment::author, false},
    {"email", &Comment::author_email, false},
    {"url", &Comment::author_url, false},
    {"blog", &Comment::blog, true},
    {"permalink", &Comment::permalink, true},
    {"title", &Comment::post_title, true},
    {"type", &Comment::type, true},
    {"ip", &Comment::user_ip, false},
    {"agent", &Comment::user_agent, true},
    {"referrer", &Comment::referrer, true},
    {"lang", &Comment::blog_lang, true},
    {"role", &Comment::user_role, true},
    {"honeypot", &Comment::honeypot, false},
    {"date", &Comment::date_gmt, false},
    {"modified", &Comment::post_modified_gmt, true},
    {"recheck", &Comment::recheck_reason, true},
    {"script", &Comment::javascript, true},
    {"token", &Comment::form_token, true},
    {"seconds", &Comment::form_seconds, false},
    {"accept_lang", &Comment::accept_language, true},
    {"parent", &Comment::parent, false},
    {"pings_closed", &Comment::pings_closed, true},
    {"multicall", &Comment::multicall_count, false},
    {"total", &Comment::author_total, false},
};

// The names of these two fields where pseudonyms stand for them (Comment::concealed).
constexpr CommentField kConcealedFields[] = {
    {"email_as", &Comment::author_email, false},
    {"ip_as", &Comment::user_ip, false},
};

bool is_concealable(const CommentField& field) {
  return std::ranges::any_of(kConcealedFields,
                             [&](const CommentField& each) { return each.member == field.member; });
}

Error damaged(const char* what) {
  return {ErrorKind::kCorrupt, std::string("the database is damaged: a row's ") + what + " cannot be read",
          ""};
}

void read_concealed(const Json& object, Comment& comment) {
  for (const CommentField& field : kConcealedFields) {
    const auto value = object.find(field.name);
    if (value == object.end() || !value->is_string()) continue;
    comment.*field.member = value->get<std::string>();
    comment.concealed = true;
  }
}

int hex_value(char digit) {
  const std::size_t value = kHexDigits.find(digit);
  return value == std::string_view::npos ? -1 : static_cast<int>(value);
}

}  // namespace

std::optional<std::string> bytes_of_id(std::string_view hex) {
  if (hex.size() != 2 * kIdBytes) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = hex_value(hex[i]);
    const int low = hex_value(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

std::string hex_of_id(std::string_view bytes) {
  std::string hex;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kHexDigits[byte >> 4];
    hex += kHexDigits[byte & 15];
  }
  return hex;
}

std::string comment_to_text(const Comment& comment, Phrases& phrases) {
  std::string object = "{";
  const auto add_name = [&](std::string_view name) {
    if (object.size() > 1) object += ',';
    append_json(object, name);
    object += ':';
  };
  for (const CommentField& field : kCommentFields) {
    if (comment.concealed && is_concealable(field)) continue;
    const std::string& value = comment.*field.member;
    if (value.empty()) continue;
    add_name(field.name);
    if (field.shared)
      phrases.append_shared(object, value);
    else
      append_json(object, value);
  }
  for (const CommentField& field : kConcealedFields) {
    if (!comment.concealed || (comment.*field.member).empty()) continue;
    add_name(field.name);
    append_json(object, comment.*field.member);
  }
  if (!comment.context.empty()) {
    add_name("context");
    for (std::size_t i = 0; i < comment.context.size(); ++i) {
      object += i == 0 ? '[' : ',';
      phrases.append_shared(object, comment.context[i]);
    }
    object += ']';
  }
  return object += '}';
}

Result<Comment> comment_from_text(std::string_view text, Connection& connection) {
  const Result<Json> object = parse_json(text);
  if (!object || !object->is_object()) return damaged("comment");
  Comment comment;
  for (const CommentField& field : kCommentFields) {
    const auto value = object->find(field.name);
    if (value != object->end()) comment.*field.member = phrase_text(connection, *value);
  }
  read_concealed(*object, comment);
  const auto context = object->find("context");
  if (context == object->end()) return comment;
  for (const Json& tag : *context) comment.context.push_back(phrase_text(connection, tag));
  return comment;
}

Result<Comment> addresses_from_text(std::string_view text) {
  const Result<Json> object = parse_json(text);
  if (!object || !object->is_object()) return damaged("comment");
  Comment comment;
  for (const CommentField& field : kCommentFields)
    if (is_concealable(field)) comment.*field.member = string_or(*object, field.name);
  read_concealed(*object, comment);
  return comment;
}

std::string deleted_comment(std::int64_t at) {
  return std::string(kDeleted) + std::to_string(at) + '}';
}

std::optional<std::int64_t> deleted_at(std::string_view text) {
  if (!text.starts_with(kDeleted)) return std::nullopt;
  std::int64_t at = 0;
  std::from_chars(text.data() + kDeleted.size(), text.data() + text.size(), at);
  return at;
}

std::string signals_to_text(const std::vector<Signal>& signals, Phrases& phrases) {
  std::string array = "[";
  for (const Signal& signal : signals) {
    if (array.size() > 1) array += ',';
    array += '[' + std::to_string(phrases.id_of(signal.id)) + ',';
    append_json(array, rounded(signal.points));
    array += ',';
    phrases.append_shared(array, signal.detail);
    array += ']';
  }
  return array += ']';
}

Result<std::vector<Signal>> signals_from_text(std::string_view text, Connection& connection) {
  const Result<Json> array = parse_json(text);
  if (!array || !array->is_array()) return damaged("signals");
  std::vector<Signal> signals;
  for (const Json& entry : *array) {
    if (!entry.is_array() || entry.size() != 3 || !entry[1].is_number()) return damaged("signals");
    signals.push_back(
        {phrase_text(connection, entry[0]), entry[1].get<double>(), phrase_text(connection, entry[2])});
  }
  return signals;
}

}  // namespace winnow::sqlite
