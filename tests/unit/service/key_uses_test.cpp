#include "service/key_uses.h"

#include <doctest/doctest.h>

#include "tests/unit/service/full_disk_store.h"
#include "tests/unit/service/installation.h"

namespace winnow {
namespace {

std::optional<UnixMillis> last_use(Installation& home) {
  return must(home.store->keys()).front().last_used_at;
}

TEST_CASE("uses are kept until they are stored, and at the end") {
  Installation home;
  home.add_key("a.example");
  {
    KeyUses uses(*home.store);
    uses.note(home.last_key, 100);
    uses.note(home.last_key, 50);
    CHECK_FALSE(last_use(home).has_value());
    uses.store_now();
    CHECK(last_use(home) == 100);
    uses.start();
    uses.note(home.last_key, 200);
  }
  CHECK(last_use(home) == 200);
}

// Fails once.
class ShyStore : public FullDiskStore {
 public:
  explicit ShyStore(Store& store) : FullDiskStore(store), store_(store) {}
  Result<void> touch_keys(const std::map<KeyId, UnixMillis>& used) override {
    if (++calls_ == 1) return FullDiskStore::touch_keys(used);
    return store_.touch_keys(used);
  }

 private:
  Store& store_;
  int calls_ = 0;
};

TEST_CASE("what could not be stored is stored later") {
  Installation home;
  home.add_key("a.example");
  ShyStore store(*home.store);
  KeyUses uses(store);
  uses.note(home.last_key, 100);
  uses.store_now();
  CHECK_FALSE(last_use(home).has_value());
  uses.store_now();
  CHECK(last_use(home) == 100);
}

}  // namespace
}  // namespace winnow
