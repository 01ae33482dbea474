// Traces: what of a comment is counted under a name, beside who wrote it (who.h).
#pragma once

#include <set>
#include <string>

#include "classifier/features.h"

namespace winnow {

// Registrable domains that the text and the URL field link to, the first 20; without those that everybody
// links to: reputable hosts, shorteners, hosts of profiles.
std::set<std::string> linked_domains(const Features& features);

}  // namespace winnow
