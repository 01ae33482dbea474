#include "classifier/verdict.h"

namespace winnow {

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::kHam:
      return "ham";
    case Outcome::kUnsure:
      return "unsure";
    case Outcome::kSpam:
      return "spam";
    case Outcome::kDiscard:
      return "discard";
  }
  return "ham";
}

}  // namespace winnow
