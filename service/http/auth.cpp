#include "service/http/auth.h"

#include "service/secret.h"

namespace winnow::http {
namespace {

constexpr std::size_t kMaxKeyBytes = 256;

}  // namespace

std::string bearer_token(const Request& request) {
  constexpr std::string_view kScheme = "bearer ";
  std::string_view value = request.header("authorization");
  if (lower(value.substr(0, kScheme.size())) != kScheme) return "";
  value.remove_prefix(kScheme.size());
  const std::size_t begin = value.find_first_not_of(' ');
  if (begin == std::string_view::npos) return "";
  value = value.substr(begin);
  return std::string(value.substr(0, value.find_last_not_of(' ') + 1));
}

std::string akismet_key(const Request& request, const Fields& fields, bool call_defines_key) {
  std::string key = call_defines_key ? fields.text("key", kMaxKeyBytes) : "";
  if (key.empty()) key = fields.text("api_key", kMaxKeyBytes);
  if (!key.empty()) return key;
  const std::string_view host = request.header("host");
  const std::string_view label = host.substr(0, host.find('.'));
  if (label.size() == host.size() || canonical_key(label).empty()) return "";
  return std::string(label);
}

}  // namespace winnow::http
