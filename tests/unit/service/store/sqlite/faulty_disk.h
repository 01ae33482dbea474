// FaultyDisk: while it lives, all that SQLite opens is on a disk that can be made to fail.
#pragma once

namespace winnow::test {

// Thread rule: one at a time; SQLite may run on any thread meanwhile. Made before the store is opened, and
// outlives it.
class FaultyDisk {
 public:
  enum class Fault {
    kNone,
    kFull,      // writes find no space
    kReadOnly,  // writes are refused
    kWrite,     // writes fail after half of their bytes
    kSync,      // fsync fails
    kRead,      // reads fail
  };

  FaultyDisk();
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  // From the operation of that sort on that comes after `good` more good ones, until this is called again.
  void fail(Fault fault, long good = 0);
  // Operations that failed since fail() was called.
  long failed() const;
};

}  // namespace winnow::test
