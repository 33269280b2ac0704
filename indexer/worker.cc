// The worker's side of ReaderPool: shut itself in, then answer tasks until the pool goes away.
// Tasks come over standard input; answers go to what was standard output, and the real standard
// output and error become /dev/null, since libraries like to write there.

#include <fcntl.h>
#include <malloc.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <new>

#include "indexer/archive.h"
#include "indexer/extract.h"
#include "indexer/sha256.h"
#include "indexer/wire.h"

namespace pia {
namespace {

constexpr std::uint64_t kMostTask = 1 << 20;

void limit(__rlimit_resource resource, rlim_t most) {
  const rlimit value{most, most};
  setrlimit(resource, &value);
}

// Processor time counts from the start of the process, so each task gets a new allowance.
void allow_seconds(int seconds) {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  rlimit value{static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec + seconds + 1),
               RLIM_INFINITY};
  setrlimit(RLIMIT_CPU, &value);
}

// No network and, unless OCR has to start tesseract, no other programs. Where the kernel knows no
// such filter the worker still has its limits.
void forbid_calls(bool programs) {
  unshare(CLONE_NEWUSER | CLONE_NEWNET);  // an empty network, where users may make one
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (!filter) return;
  const auto forbid = [&](int call) { seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0); };
  for (const int call :
       {SCMP_SYS(socket), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept),
        SCMP_SYS(accept4), SCMP_SYS(ptrace), SCMP_SYS(mount), SCMP_SYS(unlink), SCMP_SYS(unlinkat),
        SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(io_uring_setup)}) {
    forbid(call);
  }
  if (!programs) forbid(SCMP_SYS(execve)), forbid(SCMP_SYS(execveat));
  seccomp_load(filter);
  seccomp_release(filter);
}

void shut_in(std::uint64_t memory, bool ocr) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  signal(SIGXFSZ, SIG_IGN), signal(SIGPIPE, SIG_IGN), signal(SIGINT, SIG_IGN);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  limit(RLIMIT_AS, memory);  // sanitizers reserve terabytes
#else
  (void)memory;
#endif
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, ocr ? 256u << 20 : 0);  // OCR hands over pages in memory files
  forbid_calls(ocr);
}

Error missing(const std::string& path, const char* why) {
  return {ErrorCode::SourceMissing, why, path, 0, 0};
}

Result<std::string> read_file(const std::string& path, std::uint64_t most) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return missing(path, std::strerror(errno));
  struct stat about {};
  std::string bytes;
  Result<std::string> result = missing(path, "not a regular file");
  if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode)) {
    if (static_cast<std::uint64_t>(about.st_size) > most) {
      result = Error{ErrorCode::SourceTooBig,
                     std::to_string(about.st_size >> 20) + " MB; at most " +
                         std::to_string(most >> 20) + " MB are read",
                     path, 0, 0};
    } else {
      bytes.resize(static_cast<std::size_t>(about.st_size));
      std::size_t at = 0;
      for (ssize_t n;
           at < bytes.size() && (n = read(fd, bytes.data() + at, bytes.size() - at)) > 0;)
        at += static_cast<std::size_t>(n);
      bytes.resize(at);
      result = std::move(bytes);
    }
  }
  close(fd);
  return result;
}

bool is_litter(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  const std::string_view base = slash == std::string_view::npos ? name : name.substr(slash + 1);
  return name.starts_with("__MACOSX/") || base.starts_with('.') || base.starts_with("~$") ||
         base == "Thumbs.db" || base == "desktop.ini";
}

// Every member of an archive with its hash; an archive inside is refused.
Result<std::vector<wire::Found>> list_archive(std::string_view bytes, const ReadLimits& limits) {
  auto archive = Archive::open(bytes, limits.unpacked_bytes);
  if (!archive) return archive.error();
  std::vector<wire::Found> found;
  const auto members = archive->members();
  for (const ArchiveMember& member : members) {
    if (is_litter(member.name)) continue;
    wire::Found item{member.name, {}, 0, {ErrorCode::Usage, {}, {}, 0, 0}};
    auto content = archive->read(member);
    if (!content) {
      item.error = content.error();
    } else if (file_kind(*content) == FileKind::Zip) {
      item.error = {ErrorCode::SourceUnsupported,
                    "an archive inside an archive; unpack it and name its files",
                    {},
                    0,
                    0};
    } else {
      item.sha256 = sha256(*content), item.bytes = content->size();
    }
    found.push_back(std::move(item));
  }
  if (found.empty()) return Error{ErrorCode::SourceEmpty, "the archive is empty", {}, 0, 0};
  return found;
}

Result<std::string> content_of(const wire::Task& task) {
  auto bytes = read_file(task.file, task.limits.file_bytes);
  if (!bytes || task.member.empty()) return bytes;
  auto archive = Archive::open(*bytes, task.limits.unpacked_bytes);
  if (!archive) return archive.error();
  const ArchiveMember* member = archive->find(task.member);
  if (!member) return missing(task.path, "the archive has no such member any more");
  return archive->read(*member);
}

Result<wire::Answer> hashed(const wire::Task& task) {
  auto bytes = content_of(task);
  if (!bytes) return bytes.error();
  wire::Answer answer;
  if (file_kind(*bytes) == FileKind::Zip) {
    auto found = list_archive(*bytes, task.limits);
    if (!found) return found.error();
    answer.found = std::move(*found);
  } else {
    answer.found.push_back({{}, sha256(*bytes), bytes->size(), {ErrorCode::Usage, {}, {}, 0, 0}});
  }
  return answer;
}

Result<wire::Answer> read_and_extracted(const wire::Task& task) {
  auto bytes = content_of(task);
  if (!bytes) return bytes.error();
  ReadOptions options;
  options.ocr = task.ocr, options.limits = task.limits;
  auto source = read_source(*bytes, task.path, options);
  if (!source) return source.error();
  source->url = task.origin.url;
  auto assessment = extract(*source);
  if (!assessment) {
    Error error = assessment.error();
    for (const std::string& warning : source->warnings) error.reason += " (" + warning + ")";
    return error;
  }
  wire::Answer answer;
  answer.assessment = std::move(*assessment);
  if (!task.origin.path.empty()) {
    apply(task.origin, answer.assessment);
    identify(answer.assessment, *source);
  }
  return answer;
}

wire::Answer answer_to(const wire::Task& task) {
  Result<wire::Answer> result = Error{};
  try {
    result = task.hash_only ? hashed(task) : read_and_extracted(task);
  } catch (const std::bad_alloc&) {
    result = Error{ErrorCode::SourceTooBig, "needs more memory than a reader may have", {}, 0, 0};
  } catch (const std::exception& error) {
    result =
        Error{ErrorCode::Internal, std::string("reading it failed: ") + error.what(), {}, 0, 0};
  }
  if (result) return std::move(result.value());
  wire::Answer answer;
  answer.failed = true, answer.error = result.error(), answer.error.file = task.path;
  return answer;
}

int serve(int answers, int seconds) {
  std::string payload;
  while (wire::read_frame(STDIN_FILENO, payload, kMostTask)) {
    wire::Task task;
    if (!wire::decode(payload, task)) return 3;
    allow_seconds(seconds);
    if (!wire::write_frame(answers, wire::encode(answer_to(task)))) return 3;
    malloc_trim(0);
  }
  return 0;
}

}  // namespace

// argv: program --serve-reader MEMORY SECONDS OCR
std::optional<int> run_as_reader(int argc, char** argv) {
  if (argc != 5 || std::strcmp(argv[1], "--serve-reader") != 0) return std::nullopt;
  const int answers = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  const int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (answers < 0 || nothing < 0) return 3;
  dup2(nothing, STDOUT_FILENO), dup2(nothing, STDERR_FILENO);
  shut_in(std::strtoull(argv[2], nullptr, 10), std::atoi(argv[4]) != 0);
  return serve(answers, std::atoi(argv[3]));
}

}  // namespace pia
