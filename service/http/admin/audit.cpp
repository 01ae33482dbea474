#include "service/http/admin/audit.h"

#include "classifier/network.h"
#include "service/log.h"

namespace winnow::http::admin {

void record(const Context& context, const Call& call, std::string_view act, std::optional<SiteId> site,
            const Json& what) {
  const Result<void> put = context.services.store.put_act(
      {0, context.services.now(), call.person.id, call.person.key, call.person.name, std::string(act), site,
       to_text(what), network_of(call.request.remote_addr)});
  if (put) return;
  log(LogLevel::kError, "an act is not in the log",
      {{"act", std::string(act)}, {"error", put.error().message}});
}

}  // namespace winnow::http::admin
