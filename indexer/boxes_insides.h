// What is written in the brackets behind a tick box, told by its meaning where it stands torn off:
// 厚生労働大臣、デジタル庁 can only belong to 行政機関・独立行政法人等.

#ifndef PIA_INDEXER_BOXES_INSIDES_H_
#define PIA_INDEXER_BOXES_INSIDES_H_

#include <string_view>

namespace pia::boxes {

enum class Bodies { Unknown, Own, State, Local, Private };

// Which kind of bodies a list names; Unknown unless every entry is of one kind.
Bodies bodies_in(std::string_view text);

// The kind that a box asks for in its brackets; Unknown if anything may stand there (その他).
Bodies bodies_of_box(std::string_view label);

// False if the text names bodies that the box cannot mean.
bool may_stand_in(std::string_view text, std::string_view label);

}  // namespace pia::boxes

#endif  // PIA_INDEXER_BOXES_INSIDES_H_
