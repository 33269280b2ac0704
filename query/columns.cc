// Segments have dictionaries of their own. Loading sorts all values into one dictionary, rewrites
// the documents' lists to it, and turns them round for the posting lists (a counting sort).

#include "query/columns.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "indexer/schema.h"

namespace pia {

std::optional<ValueId> Column::find(std::string_view text) const {
  const auto& values = data_->values;
  const auto at = std::ranges::lower_bound(values, text, {}, &FieldValue::text);
  if (at == values.end() || at->text != text) return std::nullopt;
  return static_cast<ValueId>(at - values.begin());
}

std::vector<ValueId> Column::find_if(const std::function<bool(const FieldValue&)>& matches) const {
  std::vector<ValueId> out;
  for (ValueId id = 0; id < distinct(); ++id) {
    if (matches(data_->values[id])) out.push_back(id);
  }
  return out;
}

std::vector<ValueId> Column::containing(std::string_view folded) const {
  return find_if(
      [&](const FieldValue& value) { return value.folded.find(folded) != std::string_view::npos; });
}

std::vector<ValueId> Column::beginning(std::string_view folded) const {
  return find_if([&](const FieldValue& value) { return value.folded.starts_with(folded); });
}

DocSet Column::docs_with(std::span<const ValueId> ids) const {
  DocSet out(documents());
  for (const ValueId id : ids) {
    for (std::uint32_t i = data_->doc_starts[id]; i < data_->doc_starts[id + 1]; ++i) {
      const DocId doc = data_->docs[i];
      if (parents_) {
        out.add_range(parents_->first_row[doc], parents_->first_row[doc + 1]);
      } else {
        out.add(doc);
      }
    }
  }
  return out;
}

DocSet Column::docs_with_any() const {
  DocSet out(documents());
  for (DocId doc = 0; doc < documents(); ++doc) {
    if (!values_of(doc).empty()) out.add(doc);
  }
  return out;
}

std::vector<std::uint32_t> Column::count(const DocSet& set) const {
  std::vector<std::uint32_t> out(distinct());
  set.for_each([&](DocId doc) {
    for (const ValueId id : values_of(doc)) ++out[id];
  });
  return out;
}

namespace {

struct SegmentColumn {
  std::span<const std::uint32_t> starts, ids, ends;
  std::string_view heap;

  std::string_view part(std::size_t value, std::size_t which) const {
    const std::size_t i = value * 3 + which;
    const std::uint32_t begin = i ? ends[i - 1] : 0;
    return heap.substr(begin, ends[i] - begin);
  }
};

bool parse(std::string_view file, SegmentColumn& out) {
  schema::FieldHeader header{};
  if (file.size() < sizeof header) return false;
  std::memcpy(&header, file.data(), sizeof header);
  const std::size_t documents = std::size_t{header.documents} + 1;
  const std::size_t numbers = documents + header.ids + std::size_t{header.values} * 3;
  if (file.size() != sizeof header + numbers * 4 + header.heap) return false;
  const std::span all(reinterpret_cast<const std::uint32_t*>(file.data() + sizeof header), numbers);
  out = {all.first(documents), all.subspan(documents, header.ids),
         all.subspan(documents + header.ids), file.substr(file.size() - header.heap)};
  const auto below = [](std::uint32_t limit) {
    return [limit](std::uint32_t n) { return n < limit; };
  };
  return std::ranges::is_sorted(out.starts) && out.starts.back() == header.ids &&
         std::ranges::all_of(out.ids, below(header.values)) && std::ranges::is_sorted(out.ends) &&
         (out.ends.empty() || out.ends.back() == header.heap);
}

// Value of a segment -> value of all, for each segment; fills data.values.
std::vector<std::vector<ValueId>> join_dictionaries(const std::vector<SegmentColumn>& segments,
                                                    ColumnData& data) {
  struct Source {
    std::string_view text;
    std::uint32_t segment, value;
  };
  std::vector<Source> sources;
  std::vector<std::vector<ValueId>> ids(segments.size());
  for (std::uint32_t s = 0; s < segments.size(); ++s) {
    const std::size_t values = segments[s].ends.size() / 3;
    ids[s].resize(values);
    for (std::uint32_t v = 0; v < values; ++v) sources.push_back({segments[s].part(v, 0), s, v});
  }
  if (segments.size() > 1) std::ranges::stable_sort(sources, {}, &Source::text);
  for (const auto& source : sources) {
    if (data.values.empty() || data.values.back().text != source.text) {
      const auto& from = segments[source.segment];
      data.values.push_back({source.text, from.part(source.value, 1), from.part(source.value, 2)});
    }
    ids[source.segment][source.value] = static_cast<ValueId>(data.values.size() - 1);
  }
  return ids;
}

void turn_round(ColumnData& data) {
  data.doc_starts.assign(data.values.size() + 1, 0);
  for (const ValueId id : data.ids) ++data.doc_starts[id + 1];
  std::partial_sum(data.doc_starts.begin(), data.doc_starts.end(), data.doc_starts.begin());
  data.docs.resize(data.ids.size());
  auto next = data.doc_starts;
  for (DocId doc = 0; doc + 1 < data.starts.size(); ++doc) {
    for (std::uint32_t i = data.starts[doc]; i < data.starts[doc + 1]; ++i) {
      data.docs[next[data.ids[i]]++] = doc;
    }
  }
}

}  // namespace

std::shared_ptr<const ColumnData> load_column(std::span<const std::string_view> files) {
  std::vector<SegmentColumn> segments(files.size());
  for (std::size_t s = 0; s < files.size(); ++s) {
    if (!parse(files[s], segments[s])) return nullptr;
  }
  auto data = std::make_shared<ColumnData>();
  const auto ids = join_dictionaries(segments, *data);
  for (std::size_t s = 0; s < segments.size(); ++s) {
    const auto base = static_cast<std::uint32_t>(data->ids.size());
    for (const std::uint32_t id : segments[s].ids) data->ids.push_back(ids[s][id]);
    for (const std::uint32_t start : segments[s].starts.subspan(1)) {
      data->starts.push_back(base + start);
    }
  }
  turn_round(*data);
  return data;
}

}  // namespace pia
