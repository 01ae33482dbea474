#include "service/http/admin/page.h"

#include <functional>
#include <map>
#include <utility>

#include "service/http/errors.h"

namespace winnow::embedded {
const std::vector<std::pair<std::string_view, std::string_view>>& web();  // cmake/Embed.cmake
}

namespace winnow::http::admin {
namespace {

constexpr std::string_view kIndex = "index.html";
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

struct File {
  std::string_view text;
  std::string_view type;
  std::string etag;
};

std::string_view type_of(std::string_view name) {
  const std::string_view extension = name.substr(name.rfind('.') + 1);
  if (extension == "html") return "text/html; charset=utf-8";
  if (extension == "css") return "text/css; charset=utf-8";
  if (extension == "js") return "text/javascript; charset=utf-8";
  if (extension == "json") return "application/json";
  if (extension == "svg") return "image/svg+xml";
  return "text/plain; charset=utf-8";
}

const std::map<std::string_view, File>& files() {
  static const std::map<std::string_view, File> all = [] {
    std::map<std::string_view, File> found;
    for (const auto& [name, text] : embedded::web()) {
      const std::string etag = '"' + std::to_string(std::hash<std::string_view>()(text)) + '"';
      found[name] = {text, type_of(name), etag};
    }
    return found;
  }();
  return all;
}

}  // namespace

Reply page(const Context&, const Call& call) {
  const auto found = files().find(call.id.empty() ? kIndex : std::string_view(call.id));
  if (found == files().end())
    return plain_error({ErrorKind::kNotFound, "The admin pages have no such file.", ""});
  const File& file = found->second;
  Reply reply;
  reply.content_type = file.type;
  reply.headers = {{"ETag", file.etag},
                   {"Cache-Control", "no-cache"},
                   {"Content-Security-Policy", kPolicy},
                   {"X-Content-Type-Options", "nosniff"},
                   {"Referrer-Policy", "no-referrer"},
                   {"Cross-Origin-Opener-Policy", "same-origin"}};
  if (call.request.header("if-none-match").find(file.etag) != std::string_view::npos)
    reply.status = 304;
  else
    reply.body = file.text;
  return reply;
}

}  // namespace winnow::http::admin
