#include "fuzz/mutate_bytes.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace spinsweep::fuzz {

namespace {

constexpr std::array<std::uint64_t, 14> hostile_integers = {0,
                                                            1,
                                                            0x7f,
                                                            0xff,
                                                            0x7fff,
                                                            0xffff,
                                                            0x7fff'ffff,
                                                            0x8000'0000,
                                                            0xffff'ffff,
                                                            0x1'0000'0000,
                                                            0x0fff'ffff'ffff'ffff,
                                                            0x7fff'ffff'ffff'ffff,
                                                            0x8000'0000'0000'0000,
                                                            0xffff'ffff'ffff'ffff};

std::size_t choose_place(const std::string& bytes, Random& random, const std::vector<ByteRange>& targets) {
  if (!targets.empty() && !random.one_in(5)) {
    const auto& [begin, end] = random.pick(targets);
    return std::min(begin + random.below(end - begin), bytes.size() - 1);
  }
  return random.below(bytes.size());
}

void write_integer(std::string& bytes, std::size_t place, Random& random) {
  const std::uint64_t number = random.one_in(4) ? random.bits() : random.pick(hostile_integers);
  const std::size_t width = std::size_t{1} << random.below(4);
  std::array<char, sizeof number> image{};
  std::memcpy(image.data(), &number, sizeof number);
  if (random.one_in(2)) {
    std::reverse(image.begin(), image.begin() + static_cast<std::ptrdiff_t>(width));
  }
  std::memcpy(bytes.data() + place, image.data(), std::min(width, bytes.size() - place));
}

void mutate_once(std::string& bytes, Random& random, const std::vector<ByteRange>& targets) {
  if (bytes.empty()) {
    bytes.push_back(static_cast<char>(random.bits()));
    return;
  }
  const std::size_t place = choose_place(bytes, random, targets);
  const std::size_t length = std::min(1 + random.below(random.one_in(4) ? 4096 : 16), bytes.size() - place);
  switch (random.below(9)) {
    case 0:
    case 1:
      bytes[place] = static_cast<char>(static_cast<unsigned char>(bytes[place]) ^ (1U << random.below(8)));
      break;
    case 2:
    case 3:
      write_integer(bytes, place, random);
      break;
    case 4:
      bytes.erase(place, length);
      break;
    case 5:
      bytes.insert(place, bytes.substr(place, length));
      break;
    case 6:
      std::swap_ranges(bytes.begin() + static_cast<std::ptrdiff_t>(place),
                       bytes.begin() + static_cast<std::ptrdiff_t>(place + length / 2),
                       bytes.begin() + static_cast<std::ptrdiff_t>(place + length / 2));
      break;
    case 7:
      std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(place), length, random.one_in(2) ? '\0' : '\xff');
      break;
    default:
      if (random.one_in(3)) {
        bytes.resize(place);
      } else {
        bytes[place] = static_cast<char>(random.bits());
      }
  }
}

}  // namespace

std::string mutate_bytes(std::string bytes, Random& random, const std::vector<ByteRange>& targets) {
  const std::size_t times = 1 + random.below(4);
  for (std::size_t k = 0; k < times; ++k) {
    mutate_once(bytes, random, targets);
  }
  return bytes;
}

}  // namespace spinsweep::fuzz
