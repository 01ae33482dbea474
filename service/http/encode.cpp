#include "service/http/encode.h"

#include <cstdio>
#include <ctime>

#include "classifier/json_text.h"
#include "classifier/number_text.h"
#include "service/http/decode.h"

namespace winnow::http {
namespace {

// Rule ids may come from an operator's file: only what is harmless in a header passes.
char header_safe(char c) {
  const bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                    c == '_' || c == '-';
  return safe ? c : '_';
}

}  // namespace

std::string rfc3339(UnixMillis at) {
  const std::time_t seconds = static_cast<std::time_t>(at / 1000);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char buffer[32];
  const std::size_t length = std::strftime(buffer, sizeof buffer, "%Y-%m-%dT%H:%M:%S", &utc);
  char millis[8];
  std::snprintf(millis, sizeof millis, ".%03dZ", static_cast<int>(at % 1000));
  return std::string(buffer, length) + millis;
}

Json reasons(const Verdict& verdict, std::size_t most) {
  Json list = Json::array();
  for (const Signal& signal : verdict.signals) {
    if (most-- == 0) break;
    list.push_back({{"signal", signal.id}, {"points", rounded(signal.points)}, {"detail", signal.detail}});
  }
  return list;
}

std::string score_text(double score) {
  return with_decimals(score, 4);
}

std::string reasons_text(const Verdict& verdict, std::size_t count) {
  std::string text;
  for (const Signal& signal : verdict.signals) {
    if (count-- == 0) break;
    if (!text.empty()) text += ", ";
    for (const char c : signal.id) text += header_safe(c);
    text.append("=").append(with_sign(signal.points, 2));
  }
  return text;
}

Reply akismet_verdict(const CheckReply& checked) {
  Reply reply;
  reply.body = checked.verdict.is_spam() && !checked.log_only ? "true" : "false";
  reply.headers.emplace_back("X-akismet-guid", checked.id);
  if (checked.verdict.outcome == Outcome::kDiscard && !checked.log_only)
    reply.headers.emplace_back("X-akismet-pro-tip", "discard");
  if (checked.hold_seconds && !checked.verdict.is_spam())
    reply.headers.emplace_back("X-akismet-recheck-after", std::to_string(*checked.hold_seconds));
  reply.headers.emplace_back("X-winnow-score", score_text(checked.verdict.score));
  reply.headers.emplace_back("X-winnow-reasons", reasons_text(checked.verdict, kMaxHeaderReasons));
  if (checked.is_declined) reply.headers.emplace_back("X-winnow-stored", "false");
  if (checked.log_only) reply.headers.emplace_back("X-winnow-log-only", to_string(checked.verdict.outcome));
  if (checked.is_unstored) reply.headers.emplace_back("X-winnow-degraded", kNotStored);
  return reply;
}

Json to_json(const CheckReply& checked) {
  Json json = {{"id", checked.id},
               {"outcome", to_string(checked.verdict.outcome)},
               {"score", rounded(checked.verdict.score)},
               {"reasons", reasons(checked.verdict)},
               {"model", checked.verdict.model_id},
               {"rules_version", checked.verdict.rules_version}};
  if (checked.is_declined) json["stored"] = false;
  if (checked.log_only) json["log_only"] = true;
  if (checked.is_unstored) json["degraded"] = kNotStored;
  return json;
}

Json to_json(const StoredVerdict& stored) {
  Json json = to_json(CheckReply{stored.id, stored.verdict, {}});
  json["at"] = rfc3339(stored.at);
  json["is_test"] = stored.is_test;
  if (stored.text_deleted_at) json["text_deleted_at"] = rfc3339(*stored.text_deleted_at);
  if (!stored.supersedes.empty()) json["supersedes"] = stored.supersedes;
  json["comment"] = to_json(stored.comment);
  return json;
}

Json to_json(const ReportReply& reported, Label label, int quorum) {
  Json json = {{"id", reported.id},
               {"verdict_id", reported.verdict_id},
               {"label", to_string(label)},
               {"effect", to_string(reported.effect)}};
  if (!reported.conflicts_with.empty()) json["conflicts_with"] = reported.conflicts_with;
  if (reported.sites_agreeing)
    json["awaiting_quorum"] = {{"sites", *reported.sites_agreeing}, {"of", quorum}};
  return json;
}

Json to_json(const FeedbackEvent& event) {
  Json json = {{"id", event.id},          {"verdict_id", event.verdict_id}, {"label", to_string(event.label)},
               {"at", rfc3339(event.at)}, {"reporter", event.reporter},     {"origin", event.origin}};
  if (event.withdrawn)
    json["withdrawn"] = {{"at", rfc3339(event.withdrawn->at)}, {"by", event.withdrawn->by}};
  return json;
}

Reply json_reply(int status, const Json& json) {
  Reply reply;
  reply.status = status;
  reply.content_type = "application/json";
  reply.body = to_text(json);
  return reply;
}

LogFields notes_of(const CheckReply& checked, const std::string& site) {
  LogFields notes = {{"id", checked.id},
                     {"site", site},
                     {"outcome", std::string(to_string(checked.verdict.outcome))},
                     {"score", score_text(checked.verdict.score)},
                     {"reasons", reasons_text(checked.verdict, kMaxHeaderReasons)}};
  if (checked.is_declined) notes.emplace_back("stored", "false");
  if (checked.log_only) notes.emplace_back("log_only", "true");
  if (checked.is_unstored) notes.emplace_back("degraded", kNotStored);
  return notes;
}

}  // namespace winnow::http
