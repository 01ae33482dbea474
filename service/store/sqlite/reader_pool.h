// ReaderPool: read-only connections, opened when they are first needed, each lent to one thread at a time.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "service/store/sqlite/connection.h"

namespace winnow::sqlite {

// Thread rule: read() from any thread; it waits while all connections are lent.
class ReaderPool {
 public:
  ReaderPool(std::filesystem::path database, std::size_t most);

  // What `work` (Connection& -> Result<T>) returns, or the Error for what it throws.
  template <typename Work>
  auto read(Work work) -> decltype(work(std::declval<Connection&>())) {
    return guarded([&] {
      const Loan loan(*this);
      return work(*loan.connection);
    });
  }

 private:
  struct Loan {
    explicit Loan(ReaderPool& lender) : pool(lender), connection(lender.take()) {}
    ~Loan() { pool.give_back(std::move(connection)); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;

    ReaderPool& pool;
    std::unique_ptr<Connection> connection;
  };

  std::unique_ptr<Connection> take();
  void give_back(std::unique_ptr<Connection> connection);

  const std::filesystem::path database_;
  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;  // guarded by mutex_
  std::size_t open_ = 0;                           // guarded by mutex_; lent and idle ones
};

}  // namespace winnow::sqlite
