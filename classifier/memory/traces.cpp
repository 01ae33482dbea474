#include "classifier/memory/traces.h"

#include "classifier/vocabulary.h"

namespace winnow {
namespace {

constexpr std::size_t kMostDomains = 20;

}  // namespace

std::set<std::string> linked_domains(const Features& features) {
  std::set<std::string> domains;
  const auto add = [&](const Link& link) {
    if (!link.domain.empty() && !is_reputable(link.host, link.domain) &&
        !is_shortener(link.host, link.domain) && !is_identity(link.host, link.domain))
      domains.insert(link.domain);
  };
  add(features.author_link);
  for (const Link& link : features.links.links)
    if (domains.size() < kMostDomains) add(link);
  return domains;
}

}  // namespace winnow
