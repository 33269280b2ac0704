// Ticked boxes go to the list of the item they stand in; counts （ 3 ）件 to the item beside them.

#include "indexer/boxes_build_impl.h"
#include "indexer/boxes_shape.h"
#include "indexer/boxes_text.h"

namespace pia::boxes {

std::string Builder::Impl::printed_box(const TickBox& box) const {
  const std::string& label = reading->fragments[static_cast<std::size_t>(box.fragment)].text;
  return box.inside.empty() ? label : label + "（" + box.inside + "）";
}

Texts* Builder::Impl::tick_list(const TickBox& box, std::string* pointer) {
  if (box.instance < 0) return nullptr;
  const Instance& instance = reading->resolved.instances[static_cast<std::size_t>(box.instance)];
  const std::string_view node_pointer = form.node(instance.node).item->pointer;
  if (node_pointer.starts_with("/systems")) {
    System& s = row_of(a.systems, system, instance.repeat, box.instance);
    *pointer = "/systems/#" + std::to_string(s.no) + "/connections";
    return &s.connections;
  }
  if (node_pointer.starts_with(kContracts)) {
    return &row_of(current_file().contracts.rows, contract, instance.repeat, box.instance).means;
  }
  if (node_pointer.starts_with(kProvisions)) {
    return &row_of(current_file().provisions.rows, provision, instance.repeat, box.instance).means;
  }
  if (node_pointer.starts_with(kTransfers)) {
    return &row_of(current_file().transfers.rows, transfer, instance.repeat, box.instance).means;
  }
  if (node_pointer == "/audit/done") return *pointer = "/audit/done", &a.audit.done;
  if (!node_pointer.starts_with(kFiles)) return nullptr;
  InfoFile& f = current_file();
  const std::string_view field = below(node_pointer, kFiles);
  *pointer = file_pointer() + std::string(field);
  return field == "/items"     ? &f.items
         : field == "/sources" ? &f.sources
         : field == "/means"   ? &f.means
                               : nullptr;
}

// Rows have one place for all they hold.
Place* Builder::Impl::row_place(const TickBox& box) {
  const Instance& instance = reading->resolved.instances[static_cast<std::size_t>(box.instance)];
  const std::string_view pointer = form.node(instance.node).item->pointer;
  InfoFile& f = current_file();
  if (pointer.starts_with(kContracts))
    return &row_of(f.contracts.rows, contract, instance.repeat, box.instance).where;
  if (pointer.starts_with(kProvisions))
    return &row_of(f.provisions.rows, provision, instance.repeat, box.instance).where;
  if (pointer.starts_with(kTransfers))
    return &row_of(f.transfers.rows, transfer, instance.repeat, box.instance).where;
  return nullptr;
}

// The box's label, and the text of its brackets.
Place Builder::Impl::place(const TickBox& box) const {
  const auto fragment = static_cast<std::size_t>(box.fragment);
  Place out = place(reading->fragments[fragment]);
  if (box.inside.empty()) return out;
  const std::size_t inside =
      box.inside_at >= 0 ? static_cast<std::size_t>(box.inside_at) : fragment + 1;
  if (inside < reading->fragments.size()) extend(out, place(reading->fragments[inside]));
  return out;
}

void Builder::Impl::add_ticks() {
  const std::vector<TickBox> boxes = read_ticks(*reading, lexicon);
  for (const TickBox& box : boxes) {
    const std::string& label = lexicon.boxes[static_cast<std::size_t>(box.word)].printed;
    if (label == "行っていない" || label == "提供を行っている" || label == "移転を行っている") {
      add_provided(box, label);
      continue;
    }
    if (label == "委託しない" && form.kind() == Kind::Basic && box.state != State::Unknown) {
      a.contracts_out = box.state == State::No;
      a.places["/contracts_out"] =
          place(reading->fragments[static_cast<std::size_t>(box.fragment)]);
    }
    if (label == "提供・移転しない" && box.state == State::Yes) none_provided(box);
    if (label == "人手を介在させる作業はない" && box.state != State::Unknown) {
      if (!a.manual_work) a.manual_work.emplace();
      a.manual_work->none = box.state == State::Yes;
      a.places["/manual_work/none"] =
          place(reading->fragments[static_cast<std::size_t>(box.fragment)]);
    }
    const bool unplaced = std::find(reading->undecided.begin(), reading->undecided.end(),
                                    box.fragment) != reading->undecided.end();
    if (unplaced && box.state != State::No) unsure(box);
    std::string pointer;
    Texts* list = tick_list(box, &pointer);
    if (list == nullptr) continue;
    if (box.state == State::Unknown && !remember_torn(box)) unsure(box);
    const std::string printed = printed_box(box);
    if (box.state != State::Yes || std::find(list->begin(), list->end(), printed) != list->end())
      continue;
    list->push_back(printed);
    if (!pointer.empty())
      a.places[pointer + "/" + std::to_string(list->size() - 1)] = place(box);
    else if (Place* where = row_place(box))
      extend(*where, place(box));
  }
  count_loose(boxes);
  note_loose_links(boxes);
}

// The box 行っていない was read as blank, but nothing is provided or transferred either.
bool Builder::Impl::says_no_alone(const InfoFile& f) {
  const auto filled = [](const Provision& p) { return !empty(p); };
  return f.no_provision_or_transfer == false && !f.provisions.count && !f.transfers.count &&
         std::none_of(f.provisions.rows.begin(), f.provisions.rows.end(), filled) &&
         std::none_of(f.transfers.rows.begin(), f.transfers.rows.end(), filled);
}

void Builder::Impl::none_provided(const TickBox& box) {
  for (std::size_t i = 0; i < a.files.size(); ++i) {
    InfoFile& f = a.files[i];
    const bool this_file =
        a.files.size() == 1 || (risk_file && f.name && key(*f.name) == key(*risk_file));
    if (!this_file || f.provisions.count || f.transfers.count ||
        (undecided.count(static_cast<int>(i)) == 0 && !says_no_alone(f)))
      continue;
    f.no_provision_or_transfer = true;
    const std::string pointer = "/files/" + std::to_string(i) + "/no_provision_or_transfer";
    a.places[pointer] = place(reading->fragments[static_cast<std::size_t>(box.fragment)]);
    a.reasons[pointer] = "the risk chapter has 提供・移転しない ticked";
  }
}

void Builder::Impl::unsure(const TickBox& box) {
  const Fragment& f = reading->fragments[static_cast<std::size_t>(box.fragment)];
  const bool provided = box.instance >= 0 && is_provided(box);
  const std::string path = path_of_box(*reading, lexicon, box.fragment);
  const bool link =
      box.instance >= 0 &&
      std::string_view(
          form.node(reading->resolved.instances[static_cast<std::size_t>(box.instance)].node)
              .item->pointer)
          .starts_with("/systems");
  (provided ? uncertain_rows[std::max(file, 0)]
   : link   ? uncertain_links
            : uncertain)
      .add(path, f.text, place(f));
}

bool Builder::Impl::is_provided(const TickBox& box) const {
  const Instance& instance = reading->resolved.instances[static_cast<std::size_t>(box.instance)];
  const std::string_view pointer = form.node(instance.node).item->pointer;
  return pointer.starts_with(kProvisions) || pointer.starts_with(kTransfers) ||
         std::string_view(form.node(instance.node).item->label) == "提供・移転の有無";
}

void Builder::Impl::warn_of_boxes() {
  for (std::string& warning : uncertain.take()) a.warnings.push_back(std::move(warning));
}

void Builder::Impl::add_provided(const TickBox& box, const std::string& label) {
  InfoFile& f = current_file();
  const Fragment& fragment = reading->fragments[static_cast<std::size_t>(box.fragment)];
  if (label == "行っていない") {
    if (box.state == State::Unknown) {
      undecided.insert(std::max(file, 0));
      return unsure(box);
    }
    f.no_provision_or_transfer = box.state == State::Yes;
    a.places[file_pointer() + "/no_provision_or_transfer"] = place(fragment);
    return;
  }
  const auto next = static_cast<std::size_t>(box.fragment) + 1;
  if (next >= reading->fragments.size()) return;
  const int n = count_in(reading->fragments[next].key);
  if (n < 0) return;
  const bool provided = label == "提供を行っている";
  (provided ? f.provisions : f.transfers).count = n;
  a.places[file_pointer() + (provided ? "/provisions/count" : "/transfers/count")] =
      place(reading->fragments[next]);
}

void Builder::Impl::add_counts() {
  InfoFile* f = nullptr;
  std::vector<std::pair<Count*, std::string>> slots;
  const auto add_slot_of = [&](Count& count, const char* name) {
    slots.emplace_back(&count, file_pointer() + name);
  };
  for (const Slot& slot : reading->slots) {
    if (std::string_view(form.node(slot.node).item->pointer) != "/files/*/contracts/used") continue;
    f = &current_file();
    add_slot_of(f->contracts.count, "/contracts/count");
    break;
  }
  for (const auto& [label, transfers] :
       {std::pair{"提供を行っている", false}, std::pair{"移転を行っている", true}}) {
    for (std::size_t i = 0; i < reading->fragments.size(); ++i) {
      const Fragment& fragment = reading->fragments[i];
      if (fragment.what != What::Box ||
          lexicon.boxes[static_cast<std::size_t>(fragment.word)].printed != label)
        continue;
      if (is_count_beside(i + 1)) break;  // filled or blank, add_provided has seen it
      f = &current_file();
      add_slot_of(transfers ? f->transfers.count : f->provisions.count,
                  transfers ? "/transfers/count" : "/provisions/count");
      break;
    }
  }
  if (f != nullptr) assign_counts(slots);
}

// （ 2 ） 件 or （ ） 件 right behind 提供を行っている or 移転を行っている.
bool Builder::Impl::is_count_beside(std::size_t i) const {
  const std::vector<Fragment>& all = reading->fragments;
  if (i == 0 || i >= all.size() || all[i].what != What::Text || all[i].box != all[i - 1].box ||
      all[i - 1].what != What::Box)
    return false;
  const std::u32string k = key(all[i].text);
  return k.starts_with(U"(") && k.ends_with(U"件");
}

void Builder::Impl::assign_counts(const std::vector<std::pair<Count*, std::string>>& slots) {
  struct Bracket {
    int value = -1;
    std::size_t fragment = 0;
    bool closed = false;
  };
  std::vector<Bracket> brackets;  // in the order in which they open
  std::vector<Bracket> ends;      // "）件", "3 ）件" of a column: those of the last open ones
  Bracket loose;
  const auto close = [&] {
    std::size_t waiting = ends.size();
    for (std::size_t k = brackets.size(); k-- > 0 && waiting > 0;) {
      if (brackets[k].closed) continue;
      const Bracket& end = ends[--waiting];
      if (end.value >= 0 && brackets[k].value < 0) brackets[k] = end;
      brackets[k].closed = true;
    }
    if (waiting > 0)
      brackets.insert(brackets.end(), ends.begin(),
                      ends.begin() + static_cast<std::ptrdiff_t>(waiting));
    ends.clear();
  };
  for (std::size_t i = 0; i < reading->fragments.size(); ++i) {
    const Fragment& fragment = reading->fragments[i];
    if (fragment.what != What::Text || reading->used[i] || is_count_beside(i)) continue;
    for (const TextLine& line : fragment.lines) {
      const std::u32string k = key(line.text);
      const int n = count_in(k);
      if (k.size() >= 10) continue;
      if (k.starts_with(U"(") && k.ends_with(U"件")) {
        close();
        brackets.push_back({n, i, true});
      } else if (k.ends_with(U"件")) {
        ends.push_back(n < 0 && loose.value >= 0 ? loose : Bracket{n, i, false});
        ends.back().closed = true;
        loose = {};
      } else if (k == U"(" || (n >= 0 && k.starts_with(U"(") && !k.ends_with(U")"))) {
        close();
        brackets.push_back({n, i, false});
      } else if (n >= 0) {
        loose = {n, i, false};
      }
    }
  }
  close();
  std::erase_if(brackets, [](const Bracket& b) { return !b.closed; });
  const auto put = [&](std::size_t s, const Bracket& b) {
    if (b.value < 0 || *slots[s].first) return;
    *slots[s].first = b.value;
    a.places[slots[s].second] = place(reading->fragments[b.fragment]);
  };
  if (brackets.size() == slots.size()) {
    for (std::size_t s = 0; s < slots.size(); ++s) put(s, brackets[s]);
  }
  std::vector<std::size_t> blank;
  for (std::size_t s = 0; s < slots.size(); ++s) {
    if (!*slots[s].first) blank.push_back(s);
  }
  if (blank.size() == 1 && slots.size() == 1) put(blank.front(), loose);
}

}  // namespace pia::boxes
