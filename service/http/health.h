// Whether winnowd is up (/healthz) and able to work (/readyz), and what it counts (/metrics).
#pragma once

#include "service/http/routes.h"

namespace winnow::http::health {

// 200 as long as the process answers at all.
Reply healthz(const Context& context, const Call& call);

// 200 if the store answers, else 503. With "degraded": "not-stored" while checks are answered that cannot be
// stored.
Reply readyz(const Context& context, const Call& call);

// For Prometheus.
Reply metrics(const Context& context, const Call& call);

}  // namespace winnow::http::health
