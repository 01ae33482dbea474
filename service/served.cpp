#include "service/app.h"

namespace winnow {

const std::vector<http::Route>& served() {
  return http::routes();
}

}  // namespace winnow
