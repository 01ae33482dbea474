// The numbers of the server and of the gate, by the names under which /metrics shows them.
#pragma once

#include <vector>

#include "service/gate.h"
#include "service/http/server_counts.h"
#include "service/metrics.h"

namespace winnow::http {

std::vector<Reading> readings_of(const ServerCounts& counts);
std::vector<Reading> readings_of(const GateCounts& counts);

}  // namespace winnow::http
