// Interval: how far a share that was counted on few comments may be from the true one.
#pragma once

namespace winnow {

struct Interval {
  double low = 0;
  double high = 1;
};

// The 95 % score interval of `part` of `whole` (Wilson 1927); 0..1 if `whole` is 0. It takes the comments to
// be independent: copies of one campaign are not, so it is the least that must be allowed for.
Interval wilson_interval(long part, long whole);

}  // namespace winnow
