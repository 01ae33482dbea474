// What a benchmark, or the making of a test, does with a failure: it ends.
#pragma once

#include <stdexcept>
#include <utility>

#include "classifier/result.h"

namespace winnow {

template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}
inline void must(const Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().message);
}

}  // namespace winnow
