// What `winnow model compare --shadow` tells of a model that runs in shadow.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "classifier/json.h"
#include "service/store/store.h"

namespace winnow::cli {

// Of one model in force: how often both say spam or both do not, what each said, and who was right where
// people reported.
Json shadow_json(const std::string& shadow, const std::vector<ShadowCount>& counts);
void print_shadow(std::ostream& out, const std::string& shadow, const std::vector<ShadowCount>& counts);

}  // namespace winnow::cli
