// Report: an Evaluation as one HTML page for people, complete in itself: no script, nothing fetched, charts
// as SVG. Light or dark as the reader's system is; fit for a phone and for paper.
#pragma once

#include <string>

#include "tools/report/evaluation.h"

namespace winnow::report {

// `made`: when and by what, a line for the page's head. The page is UTF-8, below about 500 kB whatever the
// number of comments: curves are thinned, tables end with a sentence on what they leave out. Pure: same
// values, same bytes.
std::string report_html(const Evaluation& evaluation, const std::string& made);

}  // namespace winnow::report
