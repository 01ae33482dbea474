#include "service/http/auth.h"

#include <algorithm>

#include "service/secret.h"

namespace winnow::http {
namespace {

constexpr std::size_t kMaxKeyBytes = 256;

// The key of "KEY.example.org:8420", or empty.
std::string key_in_host(std::string_view host, const std::vector<std::string>& key_domains) {
  host = host.substr(0, host.find(':'));
  const std::size_t dot = host.find('.');
  if (dot == std::string_view::npos || canonical_key(host.substr(0, dot)).empty()) return "";
  const std::string domain = lower(host.substr(dot + 1));
  const bool is_ours =
      key_domains.empty() || std::find(key_domains.begin(), key_domains.end(), domain) != key_domains.end();
  return is_ours ? std::string(host.substr(0, dot)) : "";
}

}  // namespace

Entrance enter(const Context& context, const Request& request, std::string_view key, KeyScopes any_of) {
  const UnixMillis now = context.services.now();
  Entrance entrance =
      context.gate->enter(context.services.store, context.secret, key, request.remote_addr, any_of, now);
  if (entrance.outcome == Entrance::Outcome::kLetIn && context.key_uses)
    context.key_uses->note(entrance.key.id, now);
  return entrance;
}

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

Result<std::string> akismet_key(const Request& request, const Fields& fields, bool call_defines_key,
                                const std::vector<std::string>& key_domains) {
  for (const std::string_view field : {"key", "api_key"}) {
    if (field == "key" && !call_defines_key) continue;
    if (fields.has_two_values(field))
      return Error{ErrorKind::kInvalid, "The field was sent with two different values.", std::string(field)};
    std::string key = fields.text(field, kMaxKeyBytes);
    if (!key.empty()) return key;
  }
  return key_in_host(request.header("host"), key_domains);
}

}  // namespace winnow::http
