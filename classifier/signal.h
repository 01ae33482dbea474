// Signal: one reason, in the one unit of the house. Points are natural log-odds; positive means more spam.
#pragma once

#include <string>

namespace winnow {

struct Signal {
  std::string id;      // stable name, "group.name": "links.many", "text.model", "memory.same_text"
  double points = 0;   // log-odds; the verdict's score is sigmoid(sum of points)
  std::string detail;  // one plain sentence for a person
};

}  // namespace winnow
