// Exchange: a router on an installation of its own, asked without a network.
#pragma once

#include <string>
#include <vector>

#include "service/http/routes.h"
#include "tests/unit/service/installation.h"

namespace winnow::http {

inline constexpr std::size_t kTestBody = 1 << 20;

struct Exchange {
  Installation installation;
  Context context{installation.services, installation.secret, {{}, 10}, {}, kTestBody};
  Router router{context};

  Reply ask(std::string method, const std::string& path, std::string body = "",
            std::vector<Field> headers = {}) const {
    Request request;
    request.method = std::move(method);
    request.version = "HTTP/1.1";
    const std::size_t query = path.find('?');
    request.path = path.substr(0, query);
    if (query != std::string::npos) request.query = path.substr(query + 1);
    request.headers = std::move(headers);
    request.body = std::move(body);
    return router.answer(request);
  }
};

inline std::string header(const Reply& reply, std::string_view name) {
  for (const auto& [key, value] : reply.headers)
    if (key == name) return value;
  return "";
}

}  // namespace winnow::http
