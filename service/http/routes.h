// THE table of what winnowd answers, and the one function that walks it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "service/http/context.h"
#include "service/http/message.h"

namespace winnow::http {

// Whom a route answers.
enum class Scope {
  kOpen,     // everybody
  kAkismet,  // who sends a good key; the handler looks for it itself: it is a field of the body, and a wrong
             // one is an answer, not an error
  kBearer,   // who sends a good key in `Authorization: Bearer KEY`; others get 401 or 403
  kWatch,    // who comes to the admin's own address, or as of kAdmin
  kAdmin,    // who has the route's role at least (service/http/admin/README.md); others get 401 or 403
};

// What the caller of a route must have.
struct Need {
  constexpr Need(Role at_least = Role::kViewer) : role(at_least) {}
  constexpr Need(KeyScopes scopes) : any_of(scopes) {}

  Role role = Role::kViewer;  // of kAdmin: the least that may call it
  KeyScopes any_of;           // of kAkismet and kBearer: the key has one of these
};

// How long a body may be.
enum class BodyLimit {
  kNone,        // none is read
  kSmall,       // 64 KiB
  kConfigured,  // max_body_bytes of the configuration
};

// One request on its way to its handler.
struct Call {
  const Request& request;
  std::string id;         // what stands for {id} in the path
  Key key;                // of the bearer; default outside kBearer
  Person person;          // who acts; default outside kAdmin
  KeyScopes any_of = {};  // Need::any_of of the route
};

using Handler = Reply (*)(const Context& context, const Call& call);

struct Route {
  std::string_view method;  // GET also answers HEAD
  std::string_view path;    // compared as a whole; one segment may be {id}
  Scope scope;
  Handler handler;
  BodyLimit body;
  Need need = {};
  Side side = Side::kPublic;  // the addresses that answer it; side_of() tells of kAdmin
};

// Which addresses answer a route; all of kAdmin are the admin's.
Side side_of(const Route& route);

const std::vector<Route>& routes();

// Finds the route of a request, asks its handler, and writes the request's log line.
// Thread rule: all methods may be called from any number of threads at once; they never throw.
class Router {
 public:
  // `table` outlives the router.
  explicit Router(Context context, const std::vector<Route>& table = routes());

  // Bytes that the body of this request may have; 0 where none is wanted (a GET, an unknown path, a wrong
  // method): such a request is answered without reading its body.
  std::size_t body_limit(const Request& head) const;

  // Too many requests of one client are 429, whatever they ask, but for /healthz and /readyz.
  // 404 and 405 (with Allow) where the table has nothing, 500 without any detail where a handler throws.
  // `respond` is called once, here or on another thread; till then `request` stays as it is.
  void answer(const Request& request, Respond respond) const;
  // Waits for it.
  Reply answer(const Request& request) const;

  // The answer to a request that never came to a handler: over a limit, or not HTTP.
  Reply refuse(const Request& head, const Error& error) const;

  // The same where there is too much to do: 503 with Retry-After. Writes no log line, which would be more
  // work than the answer.
  Reply overloaded(const Request& head) const;

  // True of those calls that tell how winnowd is, which are wanted most when it has too much to do.
  bool is_health(const Request& head) const;

 private:
  struct Match {
    const Route* route = nullptr;  // by method and path
    std::string_view path;         // of the route, empty if no route has this path
    std::string id;
    std::string allow;  // methods of this path
  };
  Match match(const Request& request) const;
  void consider(const Route& route, const Request& request, Match& match) const;
  Reply ask(const Request& request, Match& match) const;
  void tell(const Request& request, std::string_view path, Reply& reply) const;

  Context context_;
  std::unordered_map<std::string_view, std::vector<const Route*>> by_path_;  // those without {id}
  std::vector<const Route*> with_id_;
};

}  // namespace winnow::http
