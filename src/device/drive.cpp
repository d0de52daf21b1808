#include "device/drive.hpp"

#include <algorithm>
#include <cmath>

namespace spinsweep::device {

Drive::Drive(const Pulse& pulse)
    : Drive({{pulse.current_density, pulse.duration}}, pulse.duration + pulse.relaxation) {}

double Drive::current_density(double time) const {
  const auto piece = std::find_if(pieces_.begin(), pieces_.end(), [=](const Piece& p) { return time < p.end; });
  return piece != pieces_.end() ? piece->current_density : 0.0;
}

std::vector<double> Drive::corners() const {
  std::vector<double> times;
  for (const Piece& piece : pieces_) {
    times.push_back(piece.end);
  }
  return times;
}

double Drive::peak() const {
  return std::max_element(
             pieces_.begin(), pieces_.end(),
             [](const Piece& a, const Piece& b) { return std::abs(a.current_density) < std::abs(b.current_density); })
      ->current_density;
}

double Drive::heat(double resistivity, double volume) const {
  double heat = 0.0;
  double begin = 0.0;
  for (const Piece& piece : pieces_) {
    heat += piece.current_density * piece.current_density * resistivity * volume * (piece.end - begin);
    begin = piece.end;
  }
  return heat;
}

}  // namespace spinsweep::device
