#include "service/http/routes.h"

#include <algorithm>
#include <exception>
#include <future>

#include "classifier/network.h"
#include "service/http/admin/caller.h"
#include "service/http/admin/keys.h"
#include "service/http/admin/lists.h"
#include "service/http/admin/one_comment.h"
#include "service/http/admin/page.h"
#include "service/http/admin/people.h"
#include "service/http/admin/privacy.h"
#include "service/http/admin/reports.h"
#include "service/http/admin/rules.h"
#include "service/http/admin/session.h"
#include "service/http/admin/settings.h"
#include "service/http/admin/sites.h"
#include "service/http/admin/statistics.h"
#include "service/http/admin/training.h"
#include "service/http/admin/verdicts.h"
#include "service/http/akismet_account.h"
#include "service/http/akismet_api.h"
#include "service/http/akismet_call.h"
#include "service/http/auth.h"
#include "service/http/errors.h"
#include "service/http/health.h"
#include "service/http/json_api.h"
#include "service/log.h"
#include "service/metrics.h"

namespace winnow::http {

namespace {

constexpr KeyScopes kCheck = {KeyScope::kCheck};
constexpr KeyScopes kFeedback = {KeyScope::kFeedback};
constexpr KeyScopes kEither = kCheckAndFeedback;  // one of the two is enough

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> table = {
      {"POST", akismet::kVerifyKeyPath, Scope::kAkismet, akismet::verify_key, BodyLimit::kSmall, kEither},
      {"POST", akismet::kCommentCheckPath, Scope::kAkismet, akismet::comment_check, BodyLimit::kConfigured,
       kCheck},
      {"POST", "/1.1/submit-spam", Scope::kAkismet, akismet::submit_spam, BodyLimit::kConfigured, kFeedback},
      {"POST", "/1.1/submit-ham", Scope::kAkismet, akismet::submit_ham, BodyLimit::kConfigured, kFeedback},
      {"POST", "/1.1/get-subscription", Scope::kAkismet, akismet::get_subscription, BodyLimit::kSmall,
       kEither},
      {"POST", "/1.1/get-stats", Scope::kAkismet, akismet::get_stats, BodyLimit::kSmall, kEither},
      {"POST", "/1.2/get-key-stats", Scope::kAkismet, akismet::get_key_stats, BodyLimit::kSmall, kEither},
      {"GET", "/1.2/usage-limit", Scope::kAkismet, akismet::usage_limit, BodyLimit::kNone, kEither},
      {"POST", "/1.2/usage-limit", Scope::kAkismet, akismet::usage_limit, BodyLimit::kSmall, kEither},
      {"GET", "/1.2/key-sites", Scope::kAkismet, akismet::key_sites, BodyLimit::kNone, kEither},
      {"POST", "/1.2/key-sites", Scope::kAkismet, akismet::key_sites, BodyLimit::kSmall, kEither},
      {"POST", "/1.1/token", Scope::kAkismet, akismet::token, BodyLimit::kSmall, kEither},
      {"POST", "/1.1/deactivate", Scope::kAkismet, akismet::deactivate, BodyLimit::kSmall, kCheck},
      {"POST", "/1.1/verify-wpcom-key", Scope::kAkismet, akismet::verify_wpcom_key, BodyLimit::kSmall,
       kEither},
      {"GET", "/1.1/test", Scope::kOpen, akismet::test, BodyLimit::kNone},
      {"GET", "/1.2/compatible-plugins", Scope::kOpen, akismet::compatible_plugins, BodyLimit::kNone},
      {"POST", "/api/v1/check", Scope::kBearer, api::check, BodyLimit::kConfigured, kCheck},
      {"POST", "/api/v1/check/batch", Scope::kBearer, api::check_batch, BodyLimit::kConfigured, kCheck},
      {"POST", "/api/v1/feedback", Scope::kBearer, api::feedback, BodyLimit::kConfigured, kFeedback},
      {"DELETE", "/api/v1/feedback/{id}", Scope::kBearer, api::withdraw_feedback, BodyLimit::kNone,
       kFeedback},
      {"GET", "/api/v1/verdicts/{id}", Scope::kBearer, api::verdict, BodyLimit::kNone, kEither},
      {"GET", "/api/v1/admin/setup", Scope::kOpen, admin::setup_state, BodyLimit::kNone, {}, Side::kAdmin},
      {"POST", "/api/v1/admin/setup", Scope::kOpen, admin::set_up, BodyLimit::kSmall, {}, Side::kAdmin},
      {"POST", "/api/v1/admin/session", Scope::kOpen, admin::sign_in, BodyLimit::kSmall, {}, Side::kAdmin},
      {"GET", "/api/v1/admin/session", Scope::kAdmin, admin::session, BodyLimit::kNone},
      {"DELETE", "/api/v1/admin/session", Scope::kAdmin, admin::sign_out, BodyLimit::kNone},
      {"POST", "/api/v1/admin/session/password", Scope::kAdmin, admin::change_password, BodyLimit::kSmall},
      {"POST", "/api/v1/admin/session/language", Scope::kAdmin, admin::change_language, BodyLimit::kSmall},
      {"POST", "/api/v1/admin/session/second-factor", Scope::kAdmin, admin::begin_second_factor,
       BodyLimit::kSmall},
      {"PUT", "/api/v1/admin/session/second-factor", Scope::kAdmin, admin::confirm_second_factor,
       BodyLimit::kSmall},
      {"POST", "/api/v1/admin/session/second-factor/off", Scope::kAdmin, admin::end_second_factor,
       BodyLimit::kSmall},
      {"GET", "/api/v1/admin/verdicts", Scope::kAdmin, admin::verdicts, BodyLimit::kNone},
      {"GET", "/api/v1/admin/verdicts/counts", Scope::kAdmin, admin::verdict_counts, BodyLimit::kNone},
      {"POST", "/api/v1/admin/verdicts/delete", Scope::kAdmin, admin::delete_verdicts, BodyLimit::kSmall,
       Role::kOwner},
      {"POST", "/api/v1/admin/verdicts/reports", Scope::kAdmin, admin::report_verdicts, BodyLimit::kSmall,
       Role::kModerator},
      {"GET", "/api/v1/admin/verdicts/{id}", Scope::kAdmin, admin::verdict, BodyLimit::kNone},
      {"POST", "/api/v1/admin/reports/withdraw", Scope::kAdmin, admin::withdraw_reports, BodyLimit::kSmall,
       Role::kModerator},
      {"POST", "/api/v1/admin/try", Scope::kAdmin, admin::try_comment, BodyLimit::kConfigured},
      {"GET", "/api/v1/admin/rules", Scope::kAdmin, admin::list_rules, BodyLimit::kNone},
      {"POST", "/api/v1/admin/rules/{id}", Scope::kAdmin, admin::switch_rule, BodyLimit::kSmall,
       Role::kOwner},
      {"GET", "/api/v1/admin/lists", Scope::kAdmin, admin::list_entries, BodyLimit::kNone},
      {"POST", "/api/v1/admin/lists", Scope::kAdmin, admin::add_list_entry, BodyLimit::kSmall,
       Role::kModerator},
      {"DELETE", "/api/v1/admin/lists/{id}", Scope::kAdmin, admin::remove_list_entry, BodyLimit::kNone,
       Role::kModerator},
      {"GET", "/api/v1/admin/training", Scope::kAdmin, admin::training, BodyLimit::kNone},
      {"POST", "/api/v1/admin/models/rollback", Scope::kAdmin, admin::roll_back_model, BodyLimit::kSmall,
       Role::kOwner},
      {"POST", "/api/v1/admin/models/{id}/promote", Scope::kAdmin, admin::promote_model, BodyLimit::kSmall,
       Role::kOwner},
      {"GET", "/api/v1/admin/statistics", Scope::kAdmin, admin::statistics, BodyLimit::kNone},
      {"GET", "/api/v1/admin/sites", Scope::kAdmin, admin::sites, BodyLimit::kNone},
      {"POST", "/api/v1/admin/sites", Scope::kAdmin, admin::add_site, BodyLimit::kSmall, Role::kOwner},
      {"POST", "/api/v1/admin/sites/{id}", Scope::kAdmin, admin::change_site, BodyLimit::kSmall,
       Role::kOwner},
      {"GET", "/api/v1/admin/keys", Scope::kAdmin, admin::keys, BodyLimit::kNone, Role::kOwner},
      {"POST", "/api/v1/admin/keys", Scope::kAdmin, admin::create_key, BodyLimit::kSmall, Role::kOwner},
      {"POST", "/api/v1/admin/keys/{id}", Scope::kAdmin, admin::change_key, BodyLimit::kSmall, Role::kOwner},
      {"POST", "/api/v1/admin/keys/{id}/suspend", Scope::kAdmin, admin::suspend_key, BodyLimit::kSmall,
       Role::kOwner},
      {"POST", "/api/v1/admin/keys/{id}/resume", Scope::kAdmin, admin::resume_key, BodyLimit::kSmall,
       Role::kOwner},
      {"POST", "/api/v1/admin/keys/{id}/revoke", Scope::kAdmin, admin::revoke_key, BodyLimit::kSmall,
       Role::kOwner},
      {"GET", "/api/v1/admin/people", Scope::kAdmin, admin::people, BodyLimit::kNone, Role::kOwner},
      {"POST", "/api/v1/admin/people", Scope::kAdmin, admin::add_person, BodyLimit::kSmall, Role::kOwner},
      {"POST", "/api/v1/admin/people/{id}", Scope::kAdmin, admin::change_person, BodyLimit::kSmall,
       Role::kOwner},
      {"DELETE", "/api/v1/admin/people/{id}", Scope::kAdmin, admin::delete_person, BodyLimit::kNone,
       Role::kOwner},
      {"GET", "/api/v1/admin/settings", Scope::kAdmin, admin::settings, BodyLimit::kNone, Role::kOwner},
      {"GET", "/api/v1/admin/log", Scope::kAdmin, admin::acts, BodyLimit::kNone, Role::kOwner},
      {"POST", "/api/v1/admin/privacy/find", Scope::kAdmin, admin::find_person, BodyLimit::kSmall,
       Role::kOwner},
      {"POST", "/api/v1/admin/privacy/export", Scope::kAdmin, admin::export_person, BodyLimit::kSmall,
       Role::kOwner},
      {"POST", "/api/v1/admin/privacy/erase", Scope::kAdmin, admin::erase_person, BodyLimit::kSmall,
       Role::kOwner},
      {"GET", "/api/v1/admin/privacy/log", Scope::kAdmin, admin::cleanups, BodyLimit::kNone, Role::kOwner},
      {"GET", "/admin", Scope::kOpen, admin::page, BodyLimit::kNone, Role::kViewer, Side::kAdmin},
      {"GET", "/admin/", Scope::kOpen, admin::page, BodyLimit::kNone, Role::kViewer, Side::kAdmin},
      {"GET", "/admin/{id}", Scope::kOpen, admin::page, BodyLimit::kNone, Role::kViewer, Side::kAdmin},
      {"GET", "/metrics", Scope::kWatch, health::metrics, BodyLimit::kNone, Role::kOwner, Side::kAdmin},
      {"GET", "/healthz", Scope::kOpen, health::healthz, BodyLimit::kNone, Role::kViewer, Side::kBoth},
      {"GET", "/readyz", Scope::kOpen, health::readyz, BodyLimit::kNone, Role::kViewer, Side::kBoth},
  };
  return table;
}

namespace {

constexpr std::size_t kSmallBody = 64 * 1024;
constexpr std::string_view kId = "{id}";

bool path_matches(std::string_view pattern, std::string_view path, std::string& id) {
  const std::size_t at = pattern.find(kId);
  if (at == std::string_view::npos) return pattern == path;
  const std::string_view before = pattern.substr(0, at);
  const std::string_view after = pattern.substr(at + kId.size());
  if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after))
    return false;
  const std::string_view segment = path.substr(at, path.size() - before.size() - after.size());
  if (segment.find('/') != std::string_view::npos) return false;
  id = segment;
  return true;
}

bool method_matches(const Route& route, std::string_view method) {
  return route.method == method || (route.method == "GET" && method == "HEAD");
}

bool answers(Side address, const Route& route) {
  const Side side = side_of(route);
  return address == Side::kBoth || side == Side::kBoth || side == address;
}

bool is_of_admin(const Route& route) {
  return route.scope == Scope::kAdmin || route.scope == Scope::kWatch;
}

bool is_api(std::string_view path) {
  return path == "/api" || path.starts_with("/api/");
}

Reply in_form_of(std::string_view path, const Error& error) {
  return is_api(path) ? problem(error) : plain_error(error);
}

// Paths of the Akismet protocol begin with its version.
bool is_akismet(std::string_view path) {
  return path.starts_with("/1.");
}

std::string akismet_calls() {
  std::string calls;
  for (const Route& route : routes())
    if (is_akismet(route.path) && calls.find(route.path) == std::string::npos)
      calls += (calls.empty() ? "" : ", ") + std::string(route.path);
  return calls;
}

Error nothing_here(std::string_view path) {
  const std::string message =
      is_api(path) ? "There is nothing at this path."
      : is_akismet(path)
          ? "winnow has no such call. Of Akismet's it has " + akismet_calls() + "."
          : "There is nothing here. Comments are checked by POST to /1.1/comment-check or /api/v1/check; "
            "/healthz says that winnow is up.";
  return {ErrorKind::kNotFound, message, ""};
}

bool is_admin_api(std::string_view path) {
  return path.starts_with("/api/v1/admin/");
}

// What the admin pages read is of people, and is kept nowhere. WordPress publishes a comment whose check came
// back without a GUID, so no answer goes without it.
void complete(std::string_view path, Reply& reply, const Context& context) {
  if (is_admin_api(path)) {
    reply.headers.emplace_back("Cache-Control", "no-store");
    reply.headers.emplace_back("X-Content-Type-Options", "nosniff");
  }
  if (is_akismet(path) && reply.status == status_of(ErrorKind::kTooMany) && path != akismet::kVerifyKeyPath)
    akismet::add_alert(reply, akismet::kAlertTooMany, "winnow: " + reply.body);
  if (path != akismet::kCommentCheckPath) return;
  const auto has_guid = [](const Field& field) { return field.first == akismet::kGuidHeader; };
  if (std::none_of(reply.headers.begin(), reply.headers.end(), has_guid))
    reply.headers.emplace_back(akismet::kGuidHeader, context.services.new_id());
}

std::string note(const Reply& reply, std::string_view name) {
  for (const auto& [key, value] : reply.notes)
    if (key == name) return value;
  return "";
}

// One comment each; a batch takes as long as it is.
bool is_check(std::string_view route) {
  return route == akismet::kCommentCheckPath || route == "/api/v1/check";
}

std::int64_t micros_since(std::chrono::steady_clock::time_point began) {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began)
      .count();
}

// Anything may stand for a method.
std::string known_method(const std::string& method) {
  constexpr std::string_view kMethods[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"};
  return std::ranges::find(kMethods, method) == std::end(kMethods) ? "-" : method;
}

// The path of the route stands for the path itself, which may hold anything, too.
void write_log_line(const Request& request, std::string_view route, const Reply& reply) {
  const std::int64_t micros = micros_since(request.started);
  LogFields fields = {{"id", note(reply, "id")},
                      {"site", note(reply, "site")},
                      {"client", network_of(request.remote_addr)},
                      {"method", known_method(request.method)},
                      {"route", route.empty() ? "-" : std::string(route)},
                      {"status", std::to_string(reply.status)}};
  for (const auto& [name, value] : reply.notes)
    if (name != "id" && name != "site") fields.emplace_back(name, value);
  std::string millis = std::to_string(micros % 1000);
  fields.emplace_back("ms",
                      std::to_string(micros / 1000) + "." + std::string(3 - millis.size(), '0') + millis);
  log(reply.status >= 500 ? LogLevel::kError : LogLevel::kInfo, "request", fields);
}

}  // namespace

Side side_of(const Route& route) {
  return route.scope == Scope::kAdmin ? Side::kAdmin : route.side;
}

Router::Router(Context context, const std::vector<Route>& table) : context_(std::move(context)) {
  for (const Route& route : table) {
    if (route.path.find(kId) == std::string_view::npos)
      by_path_[route.path].push_back(&route);
    else
      with_id_.push_back(&route);
  }
}

void Router::consider(const Route& route, const Request& request, Match& match) const {
  std::string id;
  if (!path_matches(route.path, request.path, id) || !answers(request.side, route)) return;
  match.path = route.path;
  match.allow += (match.allow.empty() ? "" : ", ") + std::string(route.method);
  if (route.method == "GET") match.allow += ", HEAD";
  if (match.route || !method_matches(route, request.method)) return;
  match.route = &route;
  match.id = std::move(id);
}

// A path that is written out in the table is that one, even where an {id} could stand for its last word.
Router::Match Router::match(const Request& request) const {
  Match match;
  if (const auto found = by_path_.find(request.path); found != by_path_.end())
    for (const Route* const route : found->second) consider(*route, request, match);
  if (!match.path.empty()) return match;
  for (const Route* const route : with_id_) consider(*route, request, match);
  return match;
}

std::size_t Router::body_limit(const Request& head) const {
  const Match found = match(head);
  if (!found.route || found.route->body == BodyLimit::kNone) return 0;
  return found.route->body == BodyLimit::kSmall ? std::min(kSmallBody, context_.max_body_bytes)
                                                : context_.max_body_bytes;
}

Reply Router::ask(const Request& request, Match& match) const {
  // What watches winnowd is never told to wait.
  if (!match.route || match.route->side != Side::kBoth) {
    const Result<void> in_time = context_.gate->come(request.remote_addr, context_.services.now());
    if (!in_time) return in_form_of(request.path, in_time.error());
  }
  if (match.path.empty()) return in_form_of(request.path, nothing_here(request.path));
  if (!match.route) return method_not_allowed(match.allow, is_api(request.path));
  const Need& need = match.route->need;
  Call call{request, std::move(match.id), {}, {}, need.any_of};
  if (match.route->scope == Scope::kBearer) {
    Entrance entrance = enter(context_, request, bearer_token(request), need.any_of);
    if (entrance.outcome != Entrance::Outcome::kLetIn) {
      entrance.error.field = "Authorization";
      return problem(entrance.error);
    }
    call.key = std::move(entrance.key);
  }
  const bool is_watched_inside = match.route->scope == Scope::kWatch && request.side == Side::kAdmin;
  if (is_of_admin(*match.route) && !is_watched_inside) {
    Result<Person> person = admin::caller(context_, request);
    if (!person) return problem(person.error());
    if (person->role < need.role)
      return problem(
          {ErrorKind::kForbidden, "This is for role " + std::string(to_string(need.role)) + ".", ""});
    call.person = std::move(*person);
  }
  return match.route->handler(context_, call);
}

// What every reply gets, and who is told of it. `path`: of the route, empty if there is none.
void Router::tell(const Request& request, std::string_view path, Reply& reply) const {
  complete(request.path, reply, context_);
  if (context_.check_times && reply.status == 200 && is_check(path))
    context_.check_times->add(micros_since(request.started));
  if (Metrics* const metrics = context_.services.metrics)
    metrics->answered(path.empty() ? "-" : path, reply.status,
                      static_cast<double>(micros_since(request.started)) / 1e6);
  write_log_line(request, path, reply);
}

void Router::answer(const Request& request, Respond respond) const {
  Match found = match(request);
  Reply reply;
  try {
    reply = ask(request, found);
  } catch (const std::exception& thrown) {
    reply = in_form_of(request.path, {ErrorKind::kInternal, thrown.what(), ""});
  } catch (...) {
    reply = in_form_of(request.path, {ErrorKind::kInternal, "a handler threw no std::exception", ""});
  }
  const auto give = [this, &request, path = found.path, respond = std::move(respond)](Reply whole) {
    tell(request, path, whole);
    respond(std::move(whole));
  };
  if (!reply.later) return give(std::move(reply));
  try {
    reply.later(give);
  } catch (const std::exception& thrown) {
    give(in_form_of(request.path, {ErrorKind::kInternal, thrown.what(), ""}));
  }
}

Reply Router::answer(const Request& request) const {
  std::promise<Reply> promise;
  answer(request, [&promise](Reply reply) { promise.set_value(std::move(reply)); });
  return promise.get_future().get();
}

Reply Router::overloaded(const Request& head) const {
  Reply reply = in_form_of(head.path, {ErrorKind::kUnavailable, "there is too much to do", ""});
  complete(head.path, reply, context_);
  return reply;
}

bool Router::is_health(const Request& head) const {
  const Match found = match(head);
  return found.route && found.route->side == Side::kBoth;
}

Reply Router::refuse(const Request& head, const Error& error) const {
  Reply reply = in_form_of(head.path, error);
  complete(head.path, reply, context_);
  write_log_line(head, match(head).path, reply);
  return reply;
}

}  // namespace winnow::http
