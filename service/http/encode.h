// Verdict -> what clients read: Akismet's words and headers, or JSON.
#pragma once

#include <string>

#include "classifier/json.h"
#include "service/feedback.h"
#include "service/http/message.h"

namespace winnow::http {

inline constexpr std::size_t kMaxHeaderReasons = 5;
// What is said of a CheckReply::is_unstored.
inline constexpr const char* kNotStored = "not-stored";

// "2026-01-02T03:04:05.678Z"
std::string rfc3339(UnixMillis at);
// [{signal, points, detail}]: the first `most`.
Json reasons(const Verdict& verdict, std::size_t most = static_cast<std::size_t>(-1));

// "0.0000".."1.0000"
std::string score_text(double score);

// "text.model=+2.31, links.many=+1.20": the first `count` signals, safe inside a header.
std::string reasons_text(const Verdict& verdict, std::size_t count);

// comment-check's answer: body `true` or `false`, X-akismet-guid, X-winnow-score, X-winnow-reasons, and
// X-akismet-pro-tip: discard with a discard alone, X-akismet-recheck-after with a ham in doubt alone. Of a
// site in log-only mode `false` without either, and X-winnow-log-only with the outcome that it would have
// got. X-winnow-degraded: not-stored where the verdict is not remembered.
Reply akismet_verdict(const CheckReply& checked);

// {id, outcome, score, reasons: [{signal, points, detail}], model, rules_version}, with log_only: true of a
// site in log-only mode, and degraded: "not-stored" where it is not remembered. Numbers are rounded to six
// decimals.
Json to_json(const CheckReply& checked);

// The same with at (RFC 3339), is_test, comment and, where it replaces another verdict, supersedes (its id).
Json to_json(const StoredVerdict& stored);

// {id, verdict_id, label, effect}; where it applies, conflicts_with (id of the report) and awaiting_quorum
// ({sites, of}).
Json to_json(const ReportReply& reported, Label label, int quorum);

// {id, verdict_id, label, at, reporter, origin} and, where it is, withdrawn ({at, by}).
Json to_json(const FeedbackEvent& event);

Reply json_reply(int status, const Json& json);

// What the log says of a verdict: id, site, outcome, score, reasons, log_only where the site is.
LogFields notes_of(const CheckReply& checked, const std::string& site);

}  // namespace winnow::http
