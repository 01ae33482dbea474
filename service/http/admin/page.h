// The admin pages: the files of service/web, Chart.js and Bootstrap's style sheet, all part of the program.
#pragma once

#include "service/http/routes.h"

namespace winnow::http::admin {

// GET /admin, /admin/ (index.html) and /admin/FILE. With an ETag: 304 to a browser that has the file. The
// page may run its own scripts alone and call nobody but this server.
Reply page(const Context& context, const Call& call);

}  // namespace winnow::http::admin
