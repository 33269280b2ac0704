#include "indexer/archive.h"

#include <fmt/format.h>
#include <unicode/unistr.h>
#include <zip.h>

#include <algorithm>
#include <array>

namespace pia {
namespace {

constexpr std::uint64_t kMostMembers = 20'000;
constexpr std::uint64_t kMostRatio = 250;
constexpr std::uint64_t kFreeBytes = 8u << 20;  // below this no ratio is a bomb

bool is_utf8(const std::string& text) {
  return icu::UnicodeString::fromUTF8(text).indexOf(char16_t{0xFFFD}) < 0;
}

std::string as_utf8(const char* raw) {
  std::string name(raw ? raw : "");
  if (is_utf8(name)) return name;
  std::string out;
  icu::UnicodeString(name.data(), static_cast<int32_t>(name.size()), "ibm-943_P15A-2003")
      .toUTF8String(out);
  return out;
}

Error damaged(std::string reason) {
  return {ErrorCode::SourceDamaged, std::move(reason), {}, 0, 0};
}
Error too_big(std::string reason) { return {ErrorCode::SourceTooBig, std::move(reason), {}, 0, 0}; }

}  // namespace

struct Archive::Impl {
  zip_t* zip = nullptr;
  std::vector<ArchiveMember> members;
  std::uint64_t limit = 0, used = 0;
  ~Impl() {
    if (zip) zip_discard(zip);
  }
};

Archive::Archive(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Archive::Archive(Archive&&) noexcept = default;
Archive::~Archive() = default;

const std::vector<ArchiveMember>& Archive::members() const { return impl_->members; }

const ArchiveMember* Archive::find(std::string_view name) const {
  const auto it = std::ranges::find(impl_->members, name, &ArchiveMember::name);
  return it == impl_->members.end() ? nullptr : &*it;
}

Result<Archive> Archive::open(std::string_view bytes, std::uint64_t limit) {
  auto impl = std::make_unique<Impl>();
  impl->limit = limit;
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source) impl->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (!impl->zip) {
    if (source) zip_source_free(source);
    const std::string why = zip_error_strerror(&error);
    zip_error_fini(&error);
    return damaged("the archive is cut off or damaged (" + why + "); fetch it again");
  }
  const zip_int64_t count = zip_get_num_entries(impl->zip, 0);
  if (count > static_cast<zip_int64_t>(kMostMembers)) {
    return too_big(
        fmt::format("{} files in one archive; at most {} are read", count, kMostMembers));
  }
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
    zip_stat_t stat;
    if (zip_stat_index(impl->zip, i, 0, &stat) != 0) continue;
    std::string name = as_utf8(zip_get_name(impl->zip, i, ZIP_FL_ENC_RAW));
    std::ranges::replace(name, '\\', '/');
    if (!name.empty() && !name.ends_with('/'))
      impl->members.push_back({std::move(name), i, stat.size});
  }
  return Archive(std::move(impl));
}

Result<std::string> Archive::read(const ArchiveMember& member) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  zip_stat_index(impl_->zip, member.index, 0, &stat);
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE) {
    return damaged("encrypted: " + member.name + " opens only with a password");
  }
  zip_file_t* file = zip_fopen_index(impl_->zip, member.index, 0);
  if (!file) return damaged(member.name + " cannot be unpacked (" + zip_strerror(impl_->zip) + ")");
  std::string out;
  std::array<char, 65536> part;
  zip_int64_t n = 0;
  bool bomb = false;
  while (!bomb && (n = zip_fread(file, part.data(), part.size())) > 0) {
    out.append(part.data(), static_cast<std::size_t>(n));
    const std::uint64_t packed = std::max<std::uint64_t>(stat.comp_size, 1);
    bomb = impl_->used + out.size() > impl_->limit ||
           (out.size() > kFreeBytes && out.size() / packed > kMostRatio);
  }
  const std::string why = n < 0 ? zip_file_strerror(file) : "";
  zip_fclose(file);
  impl_->used += out.size();
  if (bomb)
    return too_big(
        fmt::format("{} unpacks to more than {} MB: a zip bomb?", member.name, out.size() >> 20));
  if (n < 0) return damaged(member.name + " is damaged (" + why + "); fetch the file again");
  return out;
}

}  // namespace pia
