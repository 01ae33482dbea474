#include "tools/training/minimise.h"

#include <cmath>
#include <cstddef>
#include <deque>
#include <numeric>

namespace winnow {
namespace {

constexpr std::size_t kPairs = 8;
constexpr int kMostHalvings = 30;
constexpr double kEnoughDescent = 1e-4;

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

void add(Vector& to, double times, const Vector& what) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += times * what[i];
}

// How a step changed the point and the gradient.
struct Pair {
  Vector step;
  Vector change;
  double inverse = 0;  // 1 / (step . change)
};

// The inverse Hessian as the pairs tell it, times the gradient.
Vector direction(const Vector& gradient, const std::deque<Pair>& pairs, std::span<const double> curvature) {
  Vector found = gradient;
  Vector alphas;
  for (auto pair = pairs.rbegin(); pair != pairs.rend(); ++pair) {
    alphas.push_back(pair->inverse * dot(pair->step, found));
    add(found, -alphas.back(), pair->change);
  }
  if (pairs.empty()) {
    for (std::size_t i = 0; i < found.size(); ++i) found[i] /= curvature[i];
  } else {
    const double scale = 1 / (pairs.back().inverse * dot(pairs.back().change, pairs.back().change));
    for (double& value : found) value *= scale;
  }
  std::size_t left = alphas.size();
  for (const Pair& pair : pairs)
    add(found, alphas[--left] - pair.inverse * dot(pair.change, found), pair.step);
  return found;
}

}  // namespace

std::vector<double> minimise(const Objective& objective, std::vector<double> start,
                             std::span<const double> curvature, const MinimiseOptions& options) {
  Vector at = std::move(start), gradient(at.size());
  double value = objective(at, gradient);
  const double enough = options.still * std::sqrt(dot(gradient, gradient));
  std::deque<Pair> pairs;
  for (int step = 0; step < options.max_steps && std::sqrt(dot(gradient, gradient)) > enough; ++step) {
    const Vector down = direction(gradient, pairs, curvature);
    const double slope = dot(gradient, down);
    Vector next, next_gradient(at.size());
    double next_value = value;
    for (int halving = 0; halving < kMostHalvings; ++halving) {
      const double length = std::ldexp(1, -halving);
      next = at;
      add(next, -length, down);
      next_value = objective(next, next_gradient);
      if (next_value <= value - kEnoughDescent * length * slope) break;
    }
    if (!(next_value < value)) break;
    Pair pair{next, next_gradient, 0};
    add(pair.step, -1, at);
    add(pair.change, -1, gradient);
    if (const double curved = dot(pair.step, pair.change); curved > 1e-12) {
      pair.inverse = 1 / curved;
      pairs.push_back(std::move(pair));
      if (pairs.size() > kPairs) pairs.pop_front();
    }
    at = std::move(next);
    gradient = std::move(next_gradient);
    value = next_value;
  }
  return at;
}

}  // namespace winnow
