// The members of an assessment by the JSON Pointer that the form's table gives their label.

#ifndef PIA_INDEXER_BOXES_FIELDS_H_
#define PIA_INDEXER_BOXES_FIELDS_H_

#include <string_view>

#include "indexer/assessment.h"

namespace pia::boxes {

inline constexpr std::string_view kFiles = "/files/*", kContracts = "/files/*/contracts/rows/*",
                                  kProvisions = "/files/*/provisions/rows/*",
                                  kTransfers = "/files/*/transfers/rows/*";

// What follows the prefix; empty if the pointer does not begin with it.
inline std::string_view below(std::string_view pointer, std::string_view prefix) {
  return pointer.starts_with(prefix) ? pointer.substr(prefix.size()) : std::string_view{};
}

// The text at a pointer (of a file, a contract, a provision: below its row), nullptr if the object
// keeps no plain text there.
Text* field_of(Assessment& object, std::string_view pointer);
Text* field_of(InfoFile& object, std::string_view pointer);
Text* field_of(Contract& object, std::string_view pointer);
Text* field_of(Provision& object, std::string_view pointer);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_FIELDS_H_
