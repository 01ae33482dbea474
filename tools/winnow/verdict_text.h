// A verdict for programs and for people.
#pragma once

#include <string>

#include "classifier/json.h"
#include "classifier/verdict.h"

namespace winnow::cli {

// A line of JSON: {id, score, outcome, reasons: [{signal, points, detail}], model}, reasons largest first.
// `id`: as the comment had it; the other has none.
std::string verdict_line(const Json& id, const Verdict& verdict);
std::string verdict_line(const Verdict& verdict);

// Several lines: the outcome and score, then a line a reason, aligned, with a sum beneath.
std::string verdict_text(const Verdict& verdict);

// "0.9876".
std::string score_text(double score);

}  // namespace winnow::cli
