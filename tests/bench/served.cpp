// What a winnowd answers that is built to be measured: all of it, and a call that reads its body and does
// nothing, which is what HTTP alone costs here.
#include "service/app.h"

namespace winnow {
namespace {

http::Reply nothing(const http::Context&, const http::Call&) {
  return {};
}

}  // namespace

const std::vector<http::Route>& served() {
  static const std::vector<http::Route> table = [] {
    std::vector<http::Route> routes = http::routes();
    routes.push_back({"POST", "/bench/null", http::Scope::kOpen, nothing, http::BodyLimit::kConfigured});
    return routes;
  }();
  return table;
}

}  // namespace winnow
