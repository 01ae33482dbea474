// How the report writes numbers. What is not known is a dash.
#pragma once

#include <optional>
#include <string>

#include "classifier/json.h"

namespace winnow::report {

std::string count(long number);                    // 12,345
std::string percent(std::optional<double> share);  // of 0..1: 95.03 %
std::string percent_of(long part, long whole);     // the same; a dash if `whole` is 0
std::string percent_range(long part, long whole);  // 95 % interval, wilson_interval(): 94.1–95.8 %
std::string decimal(std::optional<double> number, int digits);
std::string signed_points(double points);      // +2.50, −0.31
std::string threshold_text(double threshold);  // 0.9183, 0.50: two digits or as many as it has, at most six
std::string plural(long number, const std::string& noun);  // "1 comment", "2,000 comments"

// Of figures(): null is nothing.
std::optional<double> number_of(const Json& figure);

}  // namespace winnow::report
