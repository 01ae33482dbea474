#include "service/http/form_signs.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace winnow::http {
namespace {

constexpr std::size_t kMaxSignBytes = 64;
constexpr std::int64_t kMostRandom = 250;               // of POST_ak_js, as the server writes it
constexpr std::int64_t kFirstTime = 1'000'000'000'000;  // 2001: any millisecond clock is beyond
constexpr std::int64_t kLongestForm = 7 * 24 * 3600;    // seconds; more is a clock that was changed

std::optional<std::int64_t> number(const Fields& fields, std::string_view name) {
  const std::string text = fields.text(name, 20);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

std::string count(const Fields& fields, std::string_view name) {
  const std::optional<std::int64_t> value = number(fields, name);
  return value ? std::to_string(*value) : "";
}

void read_script(const Fields& fields, Comment& comment) {
  const std::optional<std::int64_t> ready = number(fields, "POST_ak_js");
  if (!ready) return;
  if (*ready <= kMostRandom) comment.javascript = "absent";
  if (*ready < kFirstTime) return;
  comment.javascript = "ran";
  const std::optional<std::int64_t> sent = number(fields, "POST_ak_bfs");
  if (!sent || *sent < *ready) return;
  const std::int64_t seconds = (*sent - *ready) / 1000;
  if (seconds <= kLongestForm) comment.form_seconds = std::to_string(seconds);
}

void read_form(const Fields& fields, Comment& comment) {
  read_script(fields, comment);
  const std::string token = fields.text("akismet_comment_nonce", kMaxSignBytes);
  if (token == "passed" || token == "failed") comment.form_token = token;
  comment.accept_language = fields.text("HTTP_ACCEPT_LANGUAGE", kMaxSignBytes);
  if (comment.accept_language.empty() && fields.has("HTTP_HOST")) comment.accept_language = "none";
}

}  // namespace

void read_form_signs(const Fields& fields, Comment& comment) {
  if (fields.has_any("POST_")) read_form(fields, comment);
  comment.parent = count(fields, "comment_parent");
  if (comment.parent == "0") comment.parent.clear();
  if (fields.flag("pingbacks_closed")) comment.pings_closed = "1";
  if (fields.flag("is_multicall")) comment.multicall_count = count(fields, "multicall_count");
  comment.author_total = count(fields, "comment_total");
}

}  // namespace winnow::http
