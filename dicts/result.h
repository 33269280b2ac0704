// Result<T>: a value or the Error that took its place. The one way in which our functions fail
// for reasons that a user or a file can cause. The members are those of std::expected, which the
// compilers of Debian 12 lack in C++20 mode, so that Result can become an alias later.

#ifndef PIA_DICTS_RESULT_H_
#define PIA_DICTS_RESULT_H_

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace pia {

// For programs. Every list over these codes is a switch without default, so that the compiler
// names a forgotten one. Add at the end.
enum class ErrorCode {
  Usage,              // wrong options or arguments
  MalformedQuery,     // the query text cannot be parsed; Error::column tells where
  NotFound,           // a named assessment, facet, contractor ... does not exist
  SourceMissing,      // a source path that does not exist or cannot be opened
  SourceEmpty,        // nothing in it
  SourceNotText,      // undecodable bytes, or a binary file of no known format
  SourceNotForm,      // readable, but not a privacy impact assessment
  SourceDamaged,      // a known format, but broken, encrypted or cut off
  SourceTooBig,       // over a limit of size, pages, memory or time
  SourceUnsupported,  // a format that we know and do not read (with advice)
  IndexMissing,       // no index in that directory
  IndexVersion,       // written by another version of the schema
  IndexDamaged,       // the index's files contradict each other
  IndexBusy,          // another program is writing to it
  IndexIo,            // the index cannot be read or written (disk, permission)
  Dictionary,         // a dictionary cannot be loaded (MeCab, data files, poppler-data)
  Internal,           // a library failed in a way nobody foresaw
};

// A code for programs; a reason and a place for the person who must act: what, where, what
// would be right.
struct Error {
  ErrorCode code = ErrorCode::Internal;
  std::string reason;
  std::string file = {};  // source or index path; empty if none
  int line = 0;           // 1-based line or page; 0 if none
  int column = 0;         // 1-based character (not byte) of a query; 0 if none
};

template <typename T>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  // REQUIRES: has_value().
  T& value() & { return *checked(); }
  const T& value() const& { return *const_cast<Result*>(this)->checked(); }
  T&& value() && { return std::move(*checked()); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // REQUIRES: !has_value().
  const Error& error() const {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }

  T value_or(T fallback) const& { return has_value() ? value() : std::move(fallback); }

 private:
  T* checked() {
    assert(has_value());
    return std::get_if<0>(&state_);
  }
  std::variant<T, Error> state_;
};

// For functions that return nothing but may fail: `return Done{};`.
using Done = std::monostate;
using Status = Result<Done>;

}  // namespace pia

#endif  // PIA_DICTS_RESULT_H_
