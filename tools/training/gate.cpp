#include "tools/training/gate.h"

#include <algorithm>
#include <cstdio>

namespace winnow {
namespace {

bool is_worse(long more, long of, double points) {
  return static_cast<double>(more) > std::max(1.0, points / 100 * static_cast<double>(of));
}

std::string sentence(const char* format, const std::string& rows, long candidate, long champion, long of,
                     double points) {
  char text[256];
  std::snprintf(text, sizeof text, format, candidate, of, champion, points);
  return rows + ": " + text;
}

}  // namespace

void Hits::add(bool is_spam, bool is_caught) {
  ++(is_spam ? spam : ham);
  if (is_caught) ++(is_spam ? caught : blocked);
}

std::vector<std::string> refusals(const Comparison& comparison, const GateLimits& limits) {
  const Hits &old = comparison.champion, &now = comparison.candidate;
  std::vector<std::string> found;
  if (is_worse(now.blocked - old.blocked, now.ham, limits.ham_worse))
    found.push_back(
        sentence("it blocks %ld of %ld honest comments, the champion %ld (allowed: %g points more)",
                 comparison.rows, now.blocked, old.blocked, now.ham, limits.ham_worse));
  if (is_worse(old.caught - now.caught, now.spam, limits.recall_worse))
    found.push_back(sentence("it catches %ld of %ld spams, the champion %ld (allowed: %g points less)",
                             comparison.rows, now.caught, old.caught, now.spam, limits.recall_worse));
  return found;
}

}  // namespace winnow
