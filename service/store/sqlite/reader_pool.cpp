#include "service/store/sqlite/reader_pool.h"

#include <utility>

namespace winnow::sqlite {

ReaderPool::ReaderPool(std::filesystem::path database, std::size_t most)
    : database_(std::move(database)), most_(most) {
  idle_.reserve(most);  // so that give_back() cannot fail
}

std::unique_ptr<Connection> ReaderPool::take() {
  {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return !idle_.empty() || open_ < most_; });
    if (!idle_.empty()) {
      std::unique_ptr<Connection> connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
    ++open_;
  }
  try {
    return std::make_unique<Connection>(database_, Access::kReadOnly);
  } catch (...) {
    const std::lock_guard lock(mutex_);
    --open_;
    returned_.notify_one();
    throw;
  }
}

void ReaderPool::give_back(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

}  // namespace winnow::sqlite
