// The sections of the report, one a file; report.cpp has the table that puts them in order. Each gives the
// HTML below its heading.
#pragma once

#include <string>

#include "tools/report/evaluation.h"

namespace winnow::report {

std::string headline_section(const Evaluation& evaluation);
std::string curves_section(const Evaluation& evaluation);
std::string thresholds_section(const Evaluation& evaluation);
std::string groups_section(const Evaluation& evaluation);
std::string rules_section(const Evaluation& evaluation);
std::string blocked_ham_section(const Evaluation& evaluation);
std::string missed_spam_section(const Evaluation& evaluation);
std::string basis_section(const Evaluation& evaluation);

}  // namespace winnow::report
