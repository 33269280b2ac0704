// The pool's side: one loop over poll() hands out tasks, gathers answers, ends workers that take
// too long and starts new ones. Answers are passed on in the order of the tasks; a window keeps
// fast workers from running far ahead of a slow file, so memory stays bounded.

#include "indexer/reader_pool.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <map>
#include <thread>

#include "indexer/manifest.h"
#include "indexer/ocr.h"
#include "indexer/wire.h"

extern char** environ;

namespace pia {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kMostAnswer = 512ull << 20;
constexpr std::size_t kWindow = 8;    // answers held back, a worker
constexpr int kTasksOfAWorker = 300;  // then a fresh one, so that leaks of libraries do not add up
constexpr std::size_t kNobody = SIZE_MAX;

struct Worker {
  pid_t pid = -1;
  int to = -1, from = -1;
  std::string arrived;
  std::size_t task = kNobody;
  Clock::time_point deadline;
  int done = 0;
};

bool is_litter(const fs::path& path) {
  const std::string name = path.filename().string();
  // A folder's own description is no source; named on the command line it is read, and rejected.
  if (name == "README" || name == "README.md" || name == "README.txt") return true;
  return name.starts_with('.') || name.starts_with("~$") || name == "Thumbs.db" ||
         name == "desktop.ini" || name.ends_with(".part") || name.ends_with(".crdownload");
}

std::string why_it_died(int status, bool too_long, int seconds) {
  if (too_long) return fmt::format("reading it took longer than {} seconds", seconds);
  if (!WIFSIGNALED(status)) return "reading it ended the reader unexpectedly";
  switch (WTERMSIG(status)) {
    case SIGXCPU:
      return fmt::format("reading it took more than {} seconds of processor time", seconds);
    case SIGABRT:
      return "it needs more memory than a reader may have, or is damaged (the library gave up)";
    case SIGKILL:
      return "reading it was ended by the system, probably for lack of memory";
    default:
      return fmt::format("damaged: it crashes the library that reads it (signal {})",
                         WTERMSIG(status));
  }
}

}  // namespace

struct ReaderPool::Impl {
  PoolOptions options;
  std::vector<Worker> workers;
  int lost = 0;
  std::string stdin_copy;  // a temporary file

  ~Impl() {
    for (Worker& worker : workers) end(worker);
    if (!stdin_copy.empty()) unlink(stdin_copy.c_str());
  }

  int seconds() const {
    return options.ocr ? options.seconds_per_file * 10 : options.seconds_per_file;
  }

  bool start(Worker& worker) {
    int task[2], answer[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, task) != 0) return false;
    if (pipe2(answer, O_CLOEXEC) != 0) return close(task[0]), close(task[1]), false;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, task[1], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, answer[1], STDOUT_FILENO);
    const std::string program = options.program.empty() ? "/proc/self/exe" : options.program;
    const std::string memory = std::to_string(options.memory_bytes),
                      time = std::to_string(seconds());
    const char* argv[] = {program.c_str(), "--serve-reader",        memory.c_str(),
                          time.c_str(),    options.ocr ? "1" : "0", nullptr};
    const int failed = posix_spawn(&worker.pid, program.c_str(), &actions, nullptr,
                                   const_cast<char**>(argv), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(task[1]), close(answer[1]);
    if (failed) {
      close(task[0]), close(answer[0]);
      worker.pid = -1;
      return false;
    }
    worker.to = task[0], worker.from = answer[0];
    worker.arrived.clear(), worker.task = kNobody, worker.done = 0;
    return true;
  }

  // Returns its exit status.
  int end(Worker& worker) {
    if (worker.pid < 0) return 0;
    close(worker.to), close(worker.from);
    if (worker.task != kNobody) kill(worker.pid, SIGKILL);
    int status = 0;
    while (waitpid(worker.pid, &status, 0) < 0 && errno == EINTR) continue;
    worker.pid = -1, worker.to = worker.from = -1;
    return status;
  }

  bool send(Worker& worker, const wire::Task& task) const {
    return wire::write_frame(worker.to, wire::encode(task));
  }

  using Answered = std::function<bool(std::size_t, Result<wire::Answer>)>;

  // Runs all tasks; `answered` gets their answers in order and may stop the run by false.
  void run(std::size_t count, const std::function<wire::Task(std::size_t)>& task_of,
           const Answered& answered);
  void hand_out(std::size_t& next, std::size_t end,
                const std::function<wire::Task(std::size_t)>& task_of,
                std::map<std::size_t, Result<wire::Answer>>& ready);
  void gather(std::map<std::size_t, Result<wire::Answer>>& ready);
  void lose(Worker& worker, bool too_long, std::map<std::size_t, Result<wire::Answer>>& ready);
  void stop_all();
};

void ReaderPool::Impl::hand_out(std::size_t& next, std::size_t end,
                                const std::function<wire::Task(std::size_t)>& task_of,
                                std::map<std::size_t, Result<wire::Answer>>& ready) {
  for (Worker& worker : workers) {
    if (next >= end) return;
    if (worker.task != kNobody) continue;
    if (worker.pid >= 0 && worker.done >= kTasksOfAWorker) this->end(worker);
    if (worker.pid < 0 && !start(worker)) {
      ready.insert_or_assign(next++,
                             Error{ErrorCode::Internal,
                                   std::string("no reader can be started: ") + std::strerror(errno),
                                   {},
                                   0,
                                   0});
      continue;
    }
    worker.task = next;
    worker.deadline = Clock::now() + std::chrono::seconds(seconds());
    if (!send(worker, task_of(next))) lose(worker, false, ready);
    ++next;
  }
}

void ReaderPool::Impl::lose(Worker& worker, bool too_long,
                            std::map<std::size_t, Result<wire::Answer>>& ready) {
  const std::size_t task = worker.task;
  if (!too_long) worker.task = kNobody;  // it ends by itself: its own status tells why
  const int status = end(worker);
  worker.task = kNobody;
  ++lost;
  const bool size =
      too_long ||
      (WIFSIGNALED(status) &&
       (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGABRT || WTERMSIG(status) == SIGKILL));
  ready.insert_or_assign(task, Error{size ? ErrorCode::SourceTooBig : ErrorCode::SourceDamaged,
                                     why_it_died(status, too_long, seconds()),
                                     {},
                                     0,
                                     0});
}

void ReaderPool::Impl::gather(std::map<std::size_t, Result<wire::Answer>>& ready) {
  std::vector<pollfd> waiting;
  std::vector<Worker*> owners;
  auto first = Clock::now() + std::chrono::hours(1);
  for (Worker& worker : workers) {
    if (worker.task == kNobody) continue;
    waiting.push_back({worker.from, POLLIN, 0});
    owners.push_back(&worker);
    first = std::min(first, worker.deadline);
  }
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(first - Clock::now()).count();
  poll(waiting.data(), waiting.size(), static_cast<int>(std::clamp<long>(left + 1, 0, 1000)));
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    Worker& worker = *owners[i];
    if (waiting[i].revents == 0) {
      if (Clock::now() >= worker.deadline) lose(worker, true, ready);
      continue;
    }
    static thread_local std::array<char, 1 << 16> part;
    const ssize_t n = ::read(worker.from, part.data(), part.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      lose(worker, false, ready);
      continue;
    }
    worker.arrived.append(part.data(), static_cast<std::size_t>(n));
    std::string payload;
    const wire::FrameState state = wire::take_frame(worker.arrived, payload, kMostAnswer);
    if (state == wire::FrameState::Partial) continue;
    wire::Answer answer;
    if (state == wire::FrameState::Wrong || !wire::decode(payload, answer)) {
      kill(worker.pid, SIGKILL);
      lose(worker, false, ready);
      continue;
    }
    const std::size_t task = worker.task;
    worker.task = kNobody;
    ++worker.done;
    // After a want of memory the libraries inside may be in any state.
    if (answer.failed && answer.error.code == ErrorCode::SourceTooBig)
      worker.done = kTasksOfAWorker;
    ready.insert_or_assign(task, answer.failed ? Result<wire::Answer>(std::move(answer.error))
                                               : Result<wire::Answer>(std::move(answer)));
  }
}

void ReaderPool::Impl::stop_all() {
  for (Worker& worker : workers) {
    if (worker.task != kNobody) end(worker), worker.task = kNobody;
  }
}

void ReaderPool::Impl::run(std::size_t count, const std::function<wire::Task(std::size_t)>& task_of,
                           const Answered& answered) {
  std::map<std::size_t, Result<wire::Answer>> ready;
  std::size_t next = 0, passed_on = 0;
  while (passed_on < count) {
    hand_out(next, std::min(count, passed_on + kWindow * workers.size()), task_of, ready);
    if (!ready.contains(passed_on)) gather(ready);
    for (auto it = ready.find(passed_on); it != ready.end(); it = ready.find(++passed_on)) {
      Result<wire::Answer> answer = std::move(it->second);
      ready.erase(it);
      if (!answered(passed_on, std::move(answer))) return stop_all();
    }
  }
}

namespace {

// Copies standard input to a temporary file; empty on failure.
std::string spooled_stdin() {
  std::string name = (fs::temp_directory_path() / "pia-index-XXXXXX").string();
  const int fd = mkstemp(name.data());
  if (fd < 0) return {};
  std::array<char, 65536> part;
  bool good = true;
  for (ssize_t n; good && (n = read(STDIN_FILENO, part.data(), part.size())) != 0;) {
    if (n < 0 && errno == EINTR) continue;
    good = n > 0 && write(fd, part.data(), static_cast<std::size_t>(n)) == n;
  }
  close(fd);
  if (!good) unlink(name.c_str());
  return good ? name : std::string();
}

Error missing(const std::string& path, std::string reason) {
  return {ErrorCode::SourceMissing, std::move(reason), path, 0, 0};
}

// All files under a folder, sorted; what cannot be looked into is rejected.
void list_folder(const fs::path& folder, std::vector<std::string>& files,
                 std::vector<Error>& rejected) {
  std::error_code error;
  std::vector<fs::path> entries;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    entries.push_back(it->path());
  if (error) rejected.push_back(missing(folder.string(), error.message()));
  std::ranges::sort(entries, {}, [](const fs::path& path) { return path.native(); });
  for (const fs::path& path : entries) {
    if (is_litter(path)) continue;
    const fs::file_status own = fs::symlink_status(path, error);
    if (fs::is_directory(own))
      list_folder(path, files, rejected);
    else if (fs::is_regular_file(fs::status(path, error)))
      files.push_back(path.string());
    else if (fs::is_symlink(own) && fs::is_directory(path, error))
      continue;  // may lead in circles
    else if (fs::is_symlink(own))
      rejected.push_back(missing(path.string(), "a link that leads nowhere"));
  }
}

}  // namespace

ReaderPool::ReaderPool(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ReaderPool::ReaderPool(ReaderPool&&) noexcept = default;
ReaderPool& ReaderPool::operator=(ReaderPool&&) noexcept = default;
ReaderPool::~ReaderPool() = default;
int ReaderPool::lost_workers() const { return impl_->lost; }

Result<ReaderPool> ReaderPool::create(const PoolOptions& options) {
  if (Status ready = check_poppler_data(); !ready) return ready.error();
  if (options.ocr) {
    if (Status ready = check_ocr(); !ready) return ready.error();
  }
  auto impl = std::make_unique<Impl>();
  impl->options = options;
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  impl->workers.resize(options.jobs > 0 ? static_cast<std::size_t>(options.jobs) : cores);
  if (!impl->start(impl->workers.front())) {
    return Error{ErrorCode::Internal,
                 std::string("no reader process can be started: ") + std::strerror(errno),
                 {},
                 0,
                 0};
  }
  return ReaderPool(std::move(impl));
}

InputList ReaderPool::expand(const std::vector<std::string>& paths) {
  InputList list;
  std::vector<std::string> shown, files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (path == "-") {
      impl_->stdin_copy = spooled_stdin();
      shown.push_back("-"), files.push_back(impl_->stdin_copy);
    } else if (!fs::exists(path, error)) {
      list.rejected.push_back(missing(path, error ? error.message() : "no such file or folder"));
    } else if (fs::is_directory(path, error)) {
      std::vector<std::string> found;
      list_folder(path, found, list.rejected);
      if (found.empty())
        list.rejected.push_back({ErrorCode::SourceEmpty, "the folder holds no file", path, 0, 0});
      shown.insert(shown.end(), found.begin(), found.end()),
          files.insert(files.end(), found.begin(), found.end());
    } else {
      shown.push_back(path), files.push_back(path);
    }
  }
  const Manifest* manifest = impl_->options.manifest;
  for (std::size_t i = files.size(); manifest && i-- > 0;) {
    if (manifest->is_file(files[i]))
      shown.erase(shown.begin() + static_cast<std::ptrdiff_t>(i)),
          files.erase(files.begin() + static_cast<std::ptrdiff_t>(i));
  }

  std::map<std::string, std::size_t> by_content;
  const auto task_of = [&](std::size_t i) {
    wire::Task task;
    task.hash_only = true, task.path = shown[i], task.file = files[i],
    task.limits = impl_->options.limits;
    return task;
  };
  impl_->run(files.size(), task_of, [&](std::size_t i, Result<wire::Answer> answer) {
    if (!answer) {
      Error error = answer.error();
      error.file = shown[i];
      list.rejected.push_back(std::move(error));
      return true;
    }
    for (wire::Found& found : answer->found) {
      std::string path = found.member.empty() ? shown[i] : shown[i] + "!/" + found.member;
      if (!found.error.reason.empty()) {
        found.error.file = path;
        list.rejected.push_back(std::move(found.error));
        continue;
      }
      const auto [it, added] = by_content.try_emplace(found.sha256, list.inputs.size());
      if (added)
        list.inputs.push_back(
            {std::move(path), {}, found.sha256, found.bytes, files[i], found.member});
      else if (list.inputs[it->second].path != path)
        list.inputs[it->second].also.push_back(std::move(path));
    }
    return true;
  });
  return list;
}

void ReaderPool::read(const std::vector<Input>& inputs, const Callback& callback) {
  const auto origin_of = [&](const Input& input) -> const ManifestEntry* {
    if (!impl_->options.manifest) return nullptr;
    const ManifestEntry* entry = impl_->options.manifest->find(input.path);
    for (std::size_t i = 0; !entry && i < input.also.size(); ++i)
      entry = impl_->options.manifest->find(input.also[i]);
    return entry;
  };
  const auto task_of = [&](std::size_t i) {
    wire::Task task;
    task.path = inputs[i].path, task.file = inputs[i].file, task.member = inputs[i].member;
    task.ocr = impl_->options.ocr, task.limits = impl_->options.limits;
    if (const ManifestEntry* entry = origin_of(inputs[i])) task.origin = *entry;
    return task;
  };
  impl_->run(inputs.size(), task_of, [&](std::size_t i, Result<wire::Answer> answer) {
    const Input& input = inputs[i];
    if (!answer) {
      Error error = answer.error();
      error.file = input.path;
      return callback(input, std::move(error));
    }
    Assessment assessment = std::move(answer->assessment);
    for (const std::string& path : input.also) {
      if (assessment.sources.empty()) break;
      SourceFile copy = assessment.sources.front();
      copy.path = path;
      assessment.sources.push_back(std::move(copy));
    }
    return callback(input, std::move(assessment));
  });
}

}  // namespace pia
