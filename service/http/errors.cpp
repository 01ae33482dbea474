#include "service/http/errors.h"

#include "classifier/json.h"

namespace winnow::http {
namespace {

struct Form {
  ErrorKind kind;
  int status;
  std::string_view name;   // last part of the problem's type
  std::string_view title;  // the same for every problem of the type
  bool internal;           // the message is for the log alone
};

constexpr Form kForms[] = {
    {ErrorKind::kInvalid, 400, "bad-request", "The request cannot be understood.", false},
    {ErrorKind::kTooLarge, 413, "too-large", "The request is too large.", false},
    {ErrorKind::kUnauthenticated, 401, "unauthenticated", "A key or a session is needed.", false},
    {ErrorKind::kForbidden, 403, "forbidden", "This may not be done.", false},
    {ErrorKind::kNotFound, 404, "not-found", "There is no such thing.", false},
    {ErrorKind::kConflict, 409, "conflict", "It exists already.", false},
    {ErrorKind::kTooMany, 429, "too-many", "Too many tries.", false},
    {ErrorKind::kUnavailable, 503, "unavailable", "This cannot be done now; please try again.", true},
    {ErrorKind::kCorrupt, 500, "internal", "Something went wrong inside winnow.", true},
    {ErrorKind::kInternal, 500, "internal", "Something went wrong inside winnow.", true},
};

const Form& form_of(ErrorKind kind) {
  for (const Form& form : kForms)
    if (form.kind == kind) return form;
  return kForms[std::size(kForms) - 1];
}

Reply bare(const Error& error) {
  Reply reply;
  reply.status = form_of(error.kind).status;
  if (error.kind == ErrorKind::kUnavailable) reply.headers.emplace_back("Retry-After", "5");
  if (error.kind == ErrorKind::kTooMany)
    reply.headers.emplace_back("Retry-After", std::to_string(error.wait_seconds));
  if (error.kind == ErrorKind::kUnauthenticated)
    reply.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"winnow\"");
  reply.notes.emplace_back("error", error.message);
  if (!error.field.empty()) reply.notes.emplace_back("field", error.field);
  return reply;
}

void write_problem(Reply& reply, std::string_view name, std::string_view title, const std::string& detail,
                   const std::string& field) {
  Json json = {{"type", "urn:winnow:problem:" + std::string(name)},
               {"title", title},
               {"status", reply.status},
               {"detail", detail}};
  if (!field.empty()) json["field"] = field;
  reply.content_type = "application/problem+json";
  reply.body = to_text(json);
}

}  // namespace

int status_of(ErrorKind kind) {
  return form_of(kind).status;
}

std::string public_message(const Error& error) {
  const Form& form = form_of(error.kind);
  if (form.internal || error.message.empty()) return std::string(form.title);
  return error.message;
}

Reply problem(const Error& error) {
  const Form& form = form_of(error.kind);
  Reply reply = bare(error);
  write_problem(reply, form.name, form.title, public_message(error), error.field);
  return reply;
}

Reply unusable(const Error& error) {
  Reply reply = bare(error);
  reply.status = 422;
  write_problem(reply, "unusable", "It cannot be used as it is.", error.message, error.field);
  return reply;
}

Reply plain_error(const Error& error) {
  Reply reply = bare(error);
  reply.body = public_message(error);
  return reply;
}

Reply method_not_allowed(const std::string& allow, bool as_problem) {
  Reply reply;
  reply.status = 405;
  reply.headers.emplace_back("Allow", allow);
  const std::string detail = "This address takes " + allow + " only.";
  if (as_problem)
    write_problem(reply, "method-not-allowed", "The method is not known here.", detail, "");
  else
    reply.body = detail;
  return reply;
}

}  // namespace winnow::http
