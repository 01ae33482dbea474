#include "service/http/decode.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "classifier/comment_json.h"
#include "classifier/html_entities.h"
#include "classifier/unicode.h"
#include "service/http/form_signs.h"
#include "service/http/slashes.h"

namespace winnow::http {
namespace {

struct AkismetField {
  std::string_view name;
  std::string Comment::*member;
};

// Every text of a comment but its content, by Akismet's names. The honeypot has three, see honeypot(); for
// those that a form's dump tells see form_signs.h.
constexpr AkismetField kAkismetFields[] = {
    {"comment_author", &Comment::author},
    {"comment_author_email", &Comment::author_email},
    {"comment_author_url", &Comment::author_url},
    {"blog", &Comment::blog},
    {"permalink", &Comment::permalink},
    {"post_title", &Comment::post_title},
    {"comment_type", &Comment::type},
    {"user_ip", &Comment::user_ip},
    {"user_agent", &Comment::user_agent},
    {"referrer", &Comment::referrer},
    {"blog_lang", &Comment::blog_lang},
    {"user_role", &Comment::user_role},
    {"comment_date_gmt", &Comment::date_gmt},
    {"comment_post_modified_gmt", &Comment::post_modified_gmt},
    {"recheck_reason", &Comment::recheck_reason},
};

// An IPv4 address that is written as IPv6 (::ffff:192.0.2.1, also in hex) as IPv4; other text as it is.
std::string plain_address(const std::string& text) {
  in6_addr address{};
  if (inet_pton(AF_INET6, text.c_str(), &address) != 1 || !IN6_IS_ADDR_V4MAPPED(&address)) return text;
  char plain[INET_ADDRSTRLEN];
  return inet_ntop(AF_INET, &address.s6_addr[12], plain, sizeof plain) ? plain : text;
}

// The field that honeypot_field_name names may be any but the key, which is never stored.
std::string honeypot(const Fields& fields) {
  const std::string named = fields.text("honeypot_field_name", kMaxFieldBytes);
  std::string value;
  if (!named.empty() && named != "api_key" && named != "key") value = fields.text(named, kMaxFieldBytes);
  for (const std::string_view name : {"hidden_honeypot_field", "POST_ak_hp_textarea"})
    if (value.empty()) value = fields.text(name, kMaxFieldBytes);
  return value;
}

// What a contact form (Jetpack) says where there is no comment_content: its subject and fields, one a line.
std::string contact_form(const Fields& fields, std::size_t max_bytes) {
  std::string text = fields.text("contact_form_subject", kMaxFieldBytes);
  for (const std::string& value : fields.all("contact_form_field_", kMaxContactFields, kMaxFieldBytes))
    text.append(text.empty() ? "" : "\n").append(value);
  return std::string(clip_utf8(text, max_bytes));
}

// `complaint` goes on from the field's name: "author" "must be a string".
Error invalid(std::string field, const std::string& complaint) {
  const std::string subject = field.empty() ? "The body" : field;
  return {ErrorKind::kInvalid, subject + " " + complaint + ".", std::move(field)};
}

std::string clean(const std::string& text, std::size_t max_bytes) {
  const std::string valid = to_valid_utf8(text);
  return std::string(clip_utf8(valid, max_bytes));
}

Result<std::string> text_of(const std::string& name, const Json& value, std::size_t max_bytes) {
  if (value.is_null()) return std::string();
  if (!value.is_string()) return invalid(name, "must be a string");
  return clean(value.get_ref<const std::string&>(), max_bytes);
}

Result<void> read_context(const std::string& name, const Json& value, std::vector<std::string>& context) {
  if (value.is_null()) return {};
  if (!value.is_array()) return invalid(name, "must be a list of strings");
  for (const Json& element : value) {
    if (!element.is_string()) return invalid(name, "must be a list of strings");
    if (context.size() < kMaxContexts)
      context.push_back(clean(element.get_ref<const std::string&>(), kMaxFieldBytes));
  }
  return {};
}

Result<bool> bool_of(const std::string& name, const Json& value) {
  if (value.is_null()) return false;
  if (!value.is_boolean()) return invalid(name, "must be true or false");
  return value.get<bool>();
}

const CommentField* find_field(std::string_view name) {
  for (const CommentField& field : comment_fields())
    if (field.name == name) return &field;
  return nullptr;
}

// One member of a comment object; `path` is its name with everything around it.
Result<void> read_member(const std::string& name, const std::string& path, const Json& value,
                         std::size_t max_content_bytes, CheckRequest& request) {
  if (name == "context") return read_context(path, value, request.comment.context);
  if (name == "is_test") {
    const Result<bool> is_test = bool_of(path, value);
    if (!is_test) return is_test.error();
    request.is_test = *is_test;
    return {};
  }
  if (name == "store") {
    if (!value.is_null() && !value.is_boolean()) return invalid(path, "must be true or false");
    request.store = value.is_null() || value.get<bool>();
    return {};
  }
  const CommentField* field = find_field(name);
  if (!field) return invalid(path, "is no field of a comment");
  const bool is_content = field->member == &Comment::content;
  Result<std::string> text = text_of(path, value, is_content ? max_content_bytes : kMaxFieldBytes);
  if (!text) return text.error();
  request.comment.*(field->member) = std::move(*text);
  return {};
}

// `where` is put before the names of members in errors: "" or "comments[3].".
Result<CheckRequest> read_comment(const Json& json, const std::string& where, std::size_t max_content_bytes) {
  const std::string self = where.empty() ? "" : where.substr(0, where.size() - 1);
  if (!json.is_object()) return invalid(self, "must be an object");
  CheckRequest request;
  for (const auto& [name, value] : json.items()) {
    const Result<void> read = read_member(name, where + clean(name, 64), value, max_content_bytes, request);
    if (!read) return read.error();
  }
  Comment& comment = request.comment;
  comment.user_ip = plain_address(comment.user_ip);
  if (comment.content.empty() && comment.author.empty() && comment.author_url.empty())
    return invalid(where + "content", "or author or author_url must be there");
  return request;
}

}  // namespace

Comment to_comment(const Fields& fields, std::size_t max_content_bytes) {
  Comment comment;
  comment.content = fields.text("comment_content", max_content_bytes);
  if (comment.content.empty()) comment.content = contact_form(fields, max_content_bytes);
  for (const std::string& tag : fields.list("comment_context", kMaxContexts, kMaxFieldBytes))
    comment.context.push_back(decode_entities(tag));
  for (const AkismetField& field : kAkismetFields)
    comment.*(field.member) = fields.text(field.name, kMaxFieldBytes);
  if (comment.type.empty()) comment.type = fields.text("content_type", kMaxFieldBytes);
  comment.honeypot = honeypot(fields);
  comment.user_ip = plain_address(comment.user_ip);
  read_form_signs(fields, comment);
  if (is_from_slasher(fields)) unslash_texts(comment);
  return comment;
}

Result<CheckRequest> to_check(const Json& json, std::size_t max_content_bytes) {
  return read_comment(json, "", max_content_bytes);
}

Result<std::vector<CheckRequest>> to_batch(const Json& json, std::size_t max_content_bytes) {
  if (!json.is_object()) return invalid("", "must be an object");
  for (const auto& [name, value] : json.items())
    if (name != "comments") return invalid(clean(name, 64), "is no field of a batch");
  const auto comments = json.find("comments");
  if (comments == json.end() || !comments->is_array())
    return invalid("comments", "must be a list of comments");
  if (comments->empty()) return invalid("comments", "must hold at least one comment");
  if (comments->size() > kMaxBatch)
    return invalid("comments", "must hold at most " + std::to_string(kMaxBatch) + " comments");
  std::vector<CheckRequest> requests;
  for (std::size_t i = 0; i < comments->size(); ++i) {
    Result<CheckRequest> one =
        read_comment((*comments)[i], "comments[" + std::to_string(i) + "].", max_content_bytes);
    if (!one) return one.error();
    requests.push_back(std::move(*one));
  }
  return requests;
}

Result<Report> to_report(const Json& json, std::size_t max_content_bytes) {
  if (!json.is_object()) return invalid("", "must be an object");
  Report report;
  std::string label;
  for (const auto& [name, value] : json.items()) {
    if (name == "comment") {
      Result<CheckRequest> comment = read_comment(value, "comment.", max_content_bytes);
      if (!comment) return comment.error();
      report.comment = std::move(comment->comment);
      report.is_test = report.is_test || comment->is_test;
    } else if (name == "is_test") {
      const Result<bool> is_test = bool_of(name, value);
      if (!is_test) return is_test.error();
      report.is_test = report.is_test || *is_test;
    } else if (name == "id" || name == "label" || name == "reporter") {
      Result<std::string> text = text_of(name, value, kMaxFieldBytes);
      if (!text) return text.error();
      (name == "id" ? report.verdict_id : name == "label" ? label : report.reporter) = std::move(*text);
    } else {
      return invalid(clean(name, 64), "is no field of feedback");
    }
  }
  if (label != "spam" && label != "ham") return invalid("label", "must be spam or ham");
  report.label = label == "spam" ? Label::kSpam : Label::kHam;
  if (report.verdict_id.empty() && !json.contains("comment"))
    return invalid("id", "or comment must say what the feedback is about");
  return report;
}

Json to_json(const Comment& comment) {
  Json json = Json::object();
  for (const CommentField& field : comment_fields())
    if (!(comment.*(field.member)).empty()) json[std::string(field.name)] = comment.*(field.member);
  if (!comment.context.empty()) json["context"] = comment.context;
  return json;
}

}  // namespace winnow::http
