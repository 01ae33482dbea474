#include "service/store/stored_verdict.h"

namespace winnow {

std::string_view to_string(Label label) {
  return label == Label::kSpam ? "spam" : "ham";
}

}  // namespace winnow
