#include "indexer/wire.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <optional>
#include <type_traits>
#include <vector>

namespace pia::wire {
namespace {

class Writer {
 public:
  template <class... T>
  void operator()(const T&... values) {
    (put(values), ...);
  }
  std::string bytes;

 private:
  template <class T>
  void put(const T& value);
  template <class T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <class T>
  void put(const std::vector<T>& list) {
    put(std::uint64_t{list.size()});
    for (const T& value : list) put(value);
  }
  template <class K, class V>
  void put(const std::map<K, V>& map) {
    put(std::uint64_t{map.size()});
    for (const auto& [key, value] : map) put(key), put(value);
  }
  template <class A, class B>
  void put(const std::pair<A, B>& pair) {
    put(pair.first), put(pair.second);
  }
  void put(const std::string& text) {
    put(std::uint64_t{text.size()});
    bytes += text;
  }
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {}
  template <class... T>
  void operator()(T&... values) {
    (get(values), ...);
  }
  bool whole() const { return good_ && left_.empty(); }

 private:
  template <class T>
  void get(T& value);
  template <class T>
  void get(std::optional<T>& value) {
    bool there = false;
    get(there);
    if (there) get(value.emplace());
  }
  template <class T>
  void get(std::vector<T>& list) {
    for (std::uint64_t n = count(); n > 0 && good_; --n) get(list.emplace_back());
  }
  template <class K, class V>
  void get(std::map<K, V>& map) {
    for (std::uint64_t n = count(); n > 0 && good_; --n) {
      K key;
      get(key), get(map[key]);
    }
  }
  template <class A, class B>
  void get(std::pair<A, B>& pair) {
    get(pair.first), get(pair.second);
  }
  void get(std::string& text) {
    const std::uint64_t n = count();
    if (!good_) return;
    text.assign(left_.substr(0, n));
    left_.remove_prefix(n);
  }
  // Nothing takes less than a byte, so no list has more entries than bytes are left.
  std::uint64_t count() {
    std::uint64_t n = 0;
    get(n);
    if (n > left_.size()) good_ = false;
    return good_ ? n : 0;
  }
  std::string_view left_;
  bool good_ = true;
};

// The members of each struct, for both directions. `T` is const when writing.
template <class F, class T>
void members(F& f, T& value) {
  using S = std::remove_const_t<T>;
  if constexpr (std::is_same_v<S, Place>) {
    auto& [a, b, c, d, e, g, h] = value;
    f(a, b, c, d, e, g, h);
  } else if constexpr (std::is_same_v<S, Error>) {
    auto& [a, b, c, d, e] = value;
    f(a, b, c, d, e);
  } else if constexpr (std::is_same_v<S, ManifestEntry>) {
    auto& [a, b, c, d, e, g] = value;
    f(a, b, c, d, e, g);
  } else if constexpr (std::is_same_v<S, ReadLimits>) {
    auto& [a, b, c, d, e] = value;
    f(a, b, c, d, e);
  } else if constexpr (std::is_same_v<S, Task>) {
    auto& [a, b, c, d, e, g, h] = value;
    f(a, b, c, d, e, g, h);
  } else if constexpr (std::is_same_v<S, Found>) {
    auto& [a, b, c, d] = value;
    f(a, b, c, d);
  } else if constexpr (std::is_same_v<S, Answer>) {
    auto& [a, b, c, d] = value;
    f(a, b, c, d);
  } else if constexpr (std::is_same_v<S, SourceFile>) {
    auto& [a, b, c, d] = value;
    f(a, b, c, d);
  } else if constexpr (std::is_same_v<S, Body>) {
    auto& [a, b, c, d] = value;
    f(a, b, c, d);
  } else if constexpr (std::is_same_v<S, Process>) {
    auto& [a, b, c, d, e, g] = value;
    f(a, b, c, d, e, g);
  } else if constexpr (std::is_same_v<S, Staff> || std::is_same_v<S, Network> ||
                       std::is_same_v<S, Department> || std::is_same_v<S, IncidentResponse> ||
                       std::is_same_v<S, Contact>) {
    auto& [a, b] = value;
    f(a, b);
  } else if constexpr (std::is_same_v<S, System>) {
    auto& [a, b, c, d] = value;
    f(a, b, c, d);
  } else if constexpr (std::is_same_v<S, Contractor> || std::is_same_v<S, Subcontract> ||
                       std::is_same_v<S, Contracts> || std::is_same_v<S, ManualWork> ||
                       std::is_same_v<S, TopMeasure> || std::is_same_v<S, IncidentAttachment> ||
                       std::is_same_v<S, Audit> || std::is_same_v<S, DisclosureRequest> ||
                       std::is_same_v<S, Passage>) {
    auto& [a, b, c] = value;
    f(a, b, c);
  } else if constexpr (std::is_same_v<S, Provisions>) {
    auto& [a, b] = value;
    f(a, b);
  } else if constexpr (std::is_same_v<S, Contract>) {
    auto& [a, b, c, d, e, g, h, i, j, k, l, m] = value;
    f(a, b, c, d, e, g, h, i, j, k, l, m);
  } else if constexpr (std::is_same_v<S, Provision>) {
    auto& [a, b, c, d, e, g, h, i, j, k] = value;
    f(a, b, c, d, e, g, h, i, j, k);
  } else if constexpr (std::is_same_v<S, InfoFile>) {
    auto& [a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u] = value;
    f(a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u);
  } else if constexpr (std::is_same_v<S, Risk>) {
    auto& [a, b, c, d, e, g] = value;
    f(a, b, c, d, e, g);
  } else if constexpr (std::is_same_v<S, IncidentRow>) {
    auto& [a, b, c, d, e] = value;
    f(a, b, c, d, e);
  } else if constexpr (std::is_same_v<S, IncidentCase>) {
    auto& [a, b, c, d, e, g, h] = value;
    f(a, b, c, d, e, g, h);
  } else if constexpr (std::is_same_v<S, Incidents>) {
    auto& [a, b, c, d, e] = value;
    f(a, b, c, d, e);
  } else if constexpr (std::is_same_v<S, Procedure>) {
    auto& [a, b, c, d, e, g, h] = value;
    f(a, b, c, d, e, g, h);
  } else if constexpr (std::is_same_v<S, Revision>) {
    auto& [a, b, c, d, e, g, h] = value;
    f(a, b, c, d, e, g, h);
  } else if constexpr (std::is_same_v<S, Organisation>) {
    auto& [a, b, c, d] = value;
    f(a, b, c, d);
  } else {
    static_assert(std::is_same_v<S, Assessment>);
    auto& [a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac,
           ad, ae, af, ag, ah] = value;
    f(a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, aa, ab, ac, ad, ae,
      af, ag, ah);
  }
}

template <class T>
void Writer::put(const T& value) {
  if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  } else {
    members(*this, value);
  }
}

template <class T>
void Reader::get(T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    std::uint8_t byte = 0;
    get(byte);
    if (byte > 1) good_ = false;
    value = byte == 1;
  } else if constexpr (std::is_same_v<T, ErrorCode>) {
    std::underlying_type_t<ErrorCode> number = 0;
    get(number);
    if (number < 0 || number > static_cast<int>(ErrorCode::Internal))
      good_ = false;
    else
      value = static_cast<ErrorCode>(number);
  } else if constexpr (std::is_arithmetic_v<T>) {
    if (left_.size() < sizeof value) {
      good_ = false;
      left_ = {};
      return;
    }
    std::memcpy(&value, left_.data(), sizeof value);
    left_.remove_prefix(sizeof value);
  } else {
    members(*this, value);
  }
}

template <class T>
std::string encoded(const T& value) {
  Writer writer;
  writer(value);
  return std::move(writer.bytes);
}

template <class T>
bool decoded(std::string_view bytes, T& value) {
  Reader reader(bytes);
  reader(value);
  return reader.whole();
}

constexpr std::string_view kMagic = "PIA1";
constexpr std::size_t kHead = 4 + 8 + 8;

std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t hash = 14695981039346656037ull;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return hash;
}

std::uint64_t number_at(std::string_view bytes, std::size_t at) {
  std::uint64_t number = 0;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t n =
        send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);  // a dead worker raises no signal
    if (n < 0 && errno == ENOTSOCK) n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

std::string encode(const Task& task) { return encoded(task); }
std::string encode(const Answer& answer) { return encoded(answer); }
bool decode(std::string_view bytes, Task& task) { return decoded(bytes, task); }
bool decode(std::string_view bytes, Answer& answer) { return decoded(bytes, answer); }

bool write_frame(int fd, std::string_view payload) {
  std::string head(kMagic);
  const std::uint64_t size = payload.size(), sum = checksum(payload);
  head.append(reinterpret_cast<const char*>(&size), sizeof size);
  head.append(reinterpret_cast<const char*>(&sum), sizeof sum);
  return write_all(fd, head) && write_all(fd, payload);
}

FrameState take_frame(std::string& arrived, std::string& payload, std::uint64_t most) {
  const std::size_t n = std::min(arrived.size(), kMagic.size());
  if (arrived.compare(0, n, kMagic, 0, n) != 0) return FrameState::Wrong;
  if (arrived.size() < kHead) return FrameState::Partial;
  const std::uint64_t size = number_at(arrived, 4);
  if (size > most) return FrameState::Wrong;
  if (arrived.size() < kHead + size) return FrameState::Partial;
  payload = arrived.substr(kHead, size);
  if (checksum(payload) != number_at(arrived, 12)) return FrameState::Wrong;
  arrived.erase(0, kHead + size);
  return FrameState::Whole;
}

bool read_frame(int fd, std::string& payload, std::uint64_t most) {
  std::string arrived;
  std::array<char, 65536> part;
  for (;;) {
    const FrameState state = take_frame(arrived, payload, most);
    if (state != FrameState::Partial) return state == FrameState::Whole && arrived.empty();
    const ssize_t n = read(fd, part.data(), part.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    arrived.append(part.data(), static_cast<std::size_t>(n));
  }
}

}  // namespace pia::wire
