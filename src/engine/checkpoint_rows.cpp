#include "engine/checkpoint_rows.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstring>

#include "base/error.hpp"
#include "parallel/on_root.hpp"

namespace spinsweep::engine {

namespace {

constexpr std::uint64_t magic = 0x32504b4353505353;  // "SSPSCKP2"
constexpr std::uint64_t slots = 2;

struct Header {
  std::uint64_t magic = 0;
  std::uint64_t owner = 0;
  std::uint64_t sequence = 0;
  std::uint64_t size = 0;
  std::uint64_t checksum = 0;  ///< of the four numbers before and the object
};

std::uint64_t checksum(const Header& header, std::string_view object) {
  uLong sum = crc32_z(0, reinterpret_cast<const Bytef*>(&header), offsetof(Header, checksum));
  return crc32_z(sum, reinterpret_cast<const Bytef*>(object.data()), object.size());
}

Header read_header(const std::string& bytes) {
  Header header;
  std::memcpy(&header, bytes.data(), sizeof header);
  return header;
}

}  // namespace

std::uint64_t slot_header_bytes() {
  return sizeof(Header);
}

std::string pack_slot(const SlotBytes& content) {
  Header header{magic, content.owner, content.sequence, content.object.size(), 0};
  header.checksum = checksum(header, content.object);
  std::string bytes(sizeof header, '\0');
  std::memcpy(bytes.data(), &header, sizeof header);
  return bytes + content.object;
}

std::optional<SlotBytes> unpack_slot(const std::string& bytes) {
  if (bytes.size() < sizeof(Header)) {
    return {};
  }
  const Header header = read_header(bytes);
  if (header.magic != magic || header.size > bytes.size() - sizeof(Header)) {
    return {};
  }
  std::string object = bytes.substr(sizeof(Header), header.size);
  if (checksum(header, object) != header.checksum) {
    return {};
  }
  return SlotBytes{header.owner, header.sequence, std::move(object)};
}

CheckpointRows::CheckpointRows(store::ResultsFile& file, std::string variable,
                               const std::function<bool(std::uint64_t)>& is_open,
                               const parallel::Communicator& communicator)
    : file_(file), variable_(std::move(variable)), free_row_counter_(communicator) {
  const store::Extent shape = file.shape(variable_);
  const std::uint64_t rows = shape[0];
  row_bytes_ = shape[2];
  // The first rank's view counts: the others may already see what it writes later.
  const auto owner_of_row = parallel::of_root(communicator, [&] {
    std::vector<std::int64_t> owners(rows, -1);
    for (std::uint64_t row = 0; row < rows; ++row) {
      for (std::uint64_t slot = 0; slot < slots; ++slot) {
        const auto content = read(row, slot);
        if (content && is_open(content->owner)) {
          owners[row] = static_cast<std::int64_t>(content->owner);
        }
      }
    }
    return owners;
  });
  for (std::uint64_t row = 0; row < rows; ++row) {
    if (owner_of_row[row] >= 0) {
      owners_.push_back({static_cast<std::uint64_t>(owner_of_row[row]), row});
    } else {
      free_rows_.push_back(row);
    }
  }
}

bool CheckpointRows::has(std::uint64_t owner) const {
  return std::any_of(owners_.begin(), owners_.end(), [&](const Owner& one) { return one.number == owner; });
}

std::optional<std::string> CheckpointRows::take(std::uint64_t owner,
                                                const std::function<bool(const std::string&)>& usable) {
  std::optional<SlotBytes> newest;
  std::uint64_t row_of_newest = 0;
  for (const Owner& one : owners_) {
    if (one.number != owner) {
      continue;
    }
    own_row_ = one.row;
    for (std::uint64_t slot = 0; slot < slots; ++slot) {
      auto content = read(one.row, slot);
      if (!content || content->owner != owner) {
        continue;
      }
      sequence_ = std::max(sequence_, content->sequence);
      if ((!newest || content->sequence > newest->sequence) && usable(content->object)) {
        newest = std::move(content);
        row_of_newest = one.row;
        next_slot_ = (slot + 1) % slots;
      }
    }
  }
  if (!newest) {
    return {};
  }
  own_row_ = row_of_newest;
  return std::move(newest->object);
}

bool CheckpointRows::save(std::uint64_t owner, std::string object) {
  if (!own_row_) {
    const auto next = static_cast<std::size_t>(free_row_counter_.next());
    if (next >= free_rows_.size()) {
      return false;
    }
    own_row_ = free_rows_[next];
  }
  ++sequence_;
  const std::string bytes = pack_slot({owner, sequence_, std::move(object)});
  if (bytes.size() > row_bytes_) {
    throw Error("a checkpoint of " + std::to_string(bytes.size()) + " bytes does not fit in the " +
                std::to_string(row_bytes_) + " bytes of its row");
  }
  file_.write<std::uint8_t>(variable_, {*own_row_, next_slot_, 0}, {1, 1, bytes.size()},
                            {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  file_.sync();
  next_slot_ = (next_slot_ + 1) % slots;
  return true;
}

std::optional<SlotBytes> CheckpointRows::read(std::uint64_t row, std::uint64_t slot) const {
  const auto read_bytes = [&](std::uint64_t size) {
    const auto bytes = file_.read<std::uint8_t>(variable_, {row, slot, 0}, {1, 1, size});
    return std::string(bytes.begin(), bytes.end());
  };
  const Header header = read_header(read_bytes(sizeof(Header)));
  if (header.magic != magic || header.size > row_bytes_ - sizeof(Header)) {
    return {};
  }
  return unpack_slot(read_bytes(sizeof(Header) + header.size));
}

}  // namespace spinsweep::engine
