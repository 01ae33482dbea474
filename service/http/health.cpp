#include "service/http/health.h"

#include "service/config.h"
#include "service/http/encode.h"
#include "service/http/errors.h"
#include "service/metrics.h"
#include "service/stored.h"

namespace winnow::http::health {

Reply healthz(const Context&, const Call&) {
  return json_reply(200, {{"status", "ok"}, {"version", version()}});
}

Reply readyz(const Context& context, const Call&) {
  const Result<void> answered = context.services.store.ping();
  if (!answered) return problem({ErrorKind::kUnavailable, answered.error().message, ""});
  Json json = {{"status", "ready"}, {"model", context.services.engine()->model().id}};
  const Stored* const stored = context.services.answers_unstored;
  if (stored && stored->is_failing()) json["degraded"] = kNotStored;
  return json_reply(200, json);
}

Reply metrics(const Context& context, const Call&) {
  Reply reply;
  reply.content_type = "text/plain; version=0.0.4; charset=utf-8";
  if (context.services.metrics) reply.body = context.services.metrics->text();
  return reply;
}

}  // namespace winnow::http::health
