# cmake -DOUTPUT=x.cc -DFILES=a;b -P embed.cmake: files → a C++ source that holds their contents.
# A string literal may hold 64 KiB everywhere, so longer files are written in pieces.
set(rows "")
set(all "")
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME)
  file(SHA256 "${file}" hash)
  string(SUBSTRING "${hash}" 0 12 hash)
  string(APPEND all "${hash}")
  file(READ "${file}" hex HEX)
  string(LENGTH "${hex}" length)
  set(literals "")
  set(from 0)
  while(from LESS length)
    string(SUBSTRING "${hex}" ${from} 160 part)
    string(REGEX REPLACE "(..)" "\\\\x\\1" part "${part}")
    string(APPEND literals "\n    \"${part}\"")
    math(EXPR from "${from} + 160")
  endwhile()
  math(EXPR bytes "${length} / 2")
  string(APPEND rows "  {\"${name}\", \"${hash}\", std::string_view(\"\"${literals}, ${bytes})},\n")
endforeach()
string(SHA256 version "${all}")
string(SUBSTRING "${version}" 0 12 version)
file(WRITE "${OUTPUT}.new" "// made by embed.cmake; do not edit
#include \"server/assets.h\"

namespace pia {

const std::vector<Asset>& assets() {
  static const std::vector<Asset> all = {
${rows}  };
  return all;
}

std::string_view assets_version() { return \"${version}\"; }

}  // namespace pia
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
