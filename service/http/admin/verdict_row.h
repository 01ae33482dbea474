// A verdict as lists of the admin API show it: `row` in README.md beside this file.
#pragma once

#include <string>
#include <string_view>

#include "classifier/json.h"
#include "service/store/search.h"

namespace winnow::http::admin {

// How sure a score is, in words: "ham", "likely_ham", "unsure", "likely_spam", "spam". Never at odds with the
// outcome: unsure is "unsure", and the ends are scores below 0.1 and from 0.95 on.
std::string_view band_of(const Verdict& verdict);

// {"id", "url"}
Json site_json(SiteId id, std::string_view url);

// [{"signal", "points", "detail"}], the first `most`.
Json reasons_json(const Verdict& verdict, std::size_t most);

// null, or {"id", "label", "at", "by"}
Json report_json(const std::optional<StandingReport>& report);

// The first `most` characters of the text as a reader sees it.
std::string excerpt_of(std::string_view content, std::size_t most = 300);

Json verdict_row(const ShownVerdict& shown);

}  // namespace winnow::http::admin
