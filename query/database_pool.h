// Xapian databases must not be shared by threads, and opening one costs more than most look-ups. A
// pool lends each to one caller at a time. For the .cc files that read the index.

#ifndef PIA_QUERY_DATABASE_POOL_H_
#define PIA_QUERY_DATABASE_POOL_H_

#include <xapian.h>

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace pia {

// The databases of one table of one segment. Xapian's exceptions pass. Any thread.
class DatabasePool {
 public:
  explicit DatabasePool(std::string path) : path_(std::move(path)) {}

  // Opens one ahead, so that a missing or broken database is noticed when the index is opened.
  void warm() { give_back(std::make_unique<Xapian::Database>(path_)); }

  template <typename Use>
  auto with(Use&& use) {
    auto database = take();
    auto result = use(*database);
    give_back(std::move(database));  // not reached after an exception: that one is thrown away
    return result;
  }

 private:
  std::unique_ptr<Xapian::Database> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        auto database = std::move(free_.back());
        free_.pop_back();
        return database;
      }
    }
    return std::make_unique<Xapian::Database>(path_);
  }
  void give_back(std::unique_ptr<Xapian::Database> database) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(database));
  }

  std::string path_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Xapian::Database>> free_;
};

}  // namespace pia

#endif  // PIA_QUERY_DATABASE_POOL_H_
