#include "device/track_geometry.hpp"

#include <cstddef>
#include <cstdlib>
#include <numbers>

namespace spinsweep::device {

namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t grid_units_per_cell = 2 * grid_units_per_half_cell;

int cells_along(double length, double cell) {
  return static_cast<int>(std::lround(length / cell));
}

/// Half the width of a track without its notches, in grid units.
class HalfWidth {
 public:
  explicit HalfWidth(const Track& track)
      : length_(cells_along(track.length, track.cell) * grid_units_per_cell),
        left_(cells_along(track.width, track.cell) * grid_units_per_cell),
        right_(track.width_end ? in_grid_units(*track.width_end, track.cell) : left_),
        step_(in_grid_units(track.width_step.value_or(0.5 * track.length), track.cell)),
        profile_(track.width_profile) {}

  [[nodiscard]] std::int64_t at(int i) const {
    const std::int64_t x = centre_of_cell(i);
    if (profile_ == WidthProfile::linear) {
      return static_cast<std::int64_t>((Wide{left_} * length_ + Wide{right_ - left_} * x) / (2 * Wide{length_}));
    }
    return (x == step_ ? std::min(left_, right_) : x < step_ ? left_ : right_) / 2;
  }
  [[nodiscard]] std::int64_t at_left_end() const { return left_ / 2; }

 private:
  std::int64_t length_;
  std::int64_t left_;
  std::int64_t right_;
  std::int64_t step_;
  WidthProfile profile_;
};

/// The area that a notch takes from the track or a bulge adds to it, in grid units.
class Cut {
 public:
  Cut(const Notch& notch, double cell)
      : position_(in_grid_units(notch.position, cell)),
        half_width_(in_grid_units(0.5 * notch.width, cell)),
        depth_(in_grid_units(std::abs(notch.depth), cell)),
        shape_(notch.shape) {}

  [[nodiscard]] int first_column() const {
    return static_cast<int>(std::max<std::int64_t>(0, (position_ - half_width_) / grid_units_per_cell - 1));
  }
  [[nodiscard]] int last_column(int nx) const {
    return static_cast<int>(std::min<std::int64_t>(nx, (position_ + half_width_) / grid_units_per_cell + 2));
  }

  /// Whether it covers a point at a distance from the edge, in the i-th column; a point on its border is outside.
  [[nodiscard]] bool covers(int i, std::int64_t from_edge) const {
    const std::int64_t along = std::abs(centre_of_cell(i) - position_);
    if (along >= half_width_ || from_edge >= depth_) {
      return false;
    }
    const Wide w = half_width_;
    const Wide d = depth_;
    const Wide a = along;
    const Wide t = from_edge;
    switch (shape_) {
      case NotchShape::semicircle:
        return a * a * d * d + t * t * w * w < w * w * d * d;
      case NotchShape::triangle:
        return t * w < d * (w - a);
      case NotchShape::trapezoid:
        return t * w < 2 * d * (w - a);
      case NotchShape::cosine: {
        const double share =
            0.5 + 0.5 * std::cos(std::numbers::pi * static_cast<double>(along) / static_cast<double>(half_width_));
        return from_edge < std::llround(static_cast<double>(depth_) * share);
      }
      case NotchShape::rectangle:
        break;
    }
    return true;
  }

  /// The furthest that it reaches from the edge in the i-th column.
  [[nodiscard]] std::int64_t reach(int i) const {
    std::int64_t inside = -1;
    for (std::int64_t outside = depth_; outside - inside > 1;) {
      const std::int64_t middle = (inside + outside) / 2;
      (covers(i, middle) ? inside : outside) = middle;
    }
    return inside;
  }

 private:
  std::int64_t position_;
  std::int64_t half_width_;
  std::int64_t depth_;
  NotchShape shape_;
};

/// Rows of cells beyond the edges of the track at its left end.
struct Margins {
  int lower = 0;
  int upper = 0;
};

/// The rows whose centres are less than a distance beyond an edge.
int rows_within(std::int64_t distance) {
  return static_cast<int>(std::max<std::int64_t>(0, (distance + grid_units_per_half_cell - 1) / grid_units_per_cell));
}

Margins margins(const CommonParameters& p, int nx) {
  Margins margins;
  const HalfWidth half_width(p.track);
  const auto excess = [&](int i) { return half_width.at(i) - half_width.at_left_end(); };
  if (!has_uniform_width(p.track)) {
    const int rows = rows_within(std::max(excess(0), excess(nx - 1)));
    margins = {rows, rows};
  }
  for (const Notch& notch : placed_notches(p.track, p.notches)) {
    if (notch.depth < 0.0) {
      const Cut bulge(notch, p.track.cell);
      for (int i = bulge.first_column(); i < bulge.last_column(nx); ++i) {
        // reach() is inside, and rows_within() asks for what is not.
        const int rows = rows_within(excess(i) + bulge.reach(i) + 1);
        margins.lower = std::max(margins.lower, notch.is_on_lower_edge ? rows : 0);
        margins.upper = std::max(margins.upper, notch.is_on_upper_edge ? rows : 0);
      }
    }
  }
  return margins;
}

bool is_on_edge(NotchSide side, NotchSide edge, std::size_t number) {
  const NotchSide alternate = number % 2 == 0 ? NotchSide::upper : NotchSide::lower;
  return side == NotchSide::both || (side == NotchSide::alternating ? alternate : side) == edge;
}

}  // namespace

std::vector<Notch> placed_notches(const Track& track, const Notches& notches) {
  std::vector<ListedNotch> list = notches.list;
  std::ranges::stable_sort(list, {}, &ListedNotch::x);
  const double even_pitch = notches.count > 0 ? track.length / notches.count : 0.0;
  const double first = notches.first.value_or(even_pitch);
  const double pitch = notches.pitch.value_or(even_pitch);
  for (int k = 0; notches.list.empty() && k < notches.count; ++k) {
    list.push_back({.x = first + k * pitch});
  }
  std::vector<Notch> placed;
  double depth = notches.depth.value_or(0.5 * notches.diameter);
  for (std::size_t k = 0; k < list.size(); ++k) {
    const ListedNotch& listed = list[k];
    const NotchSide side = listed.side.value_or(notches.side);
    placed.push_back({.position = listed.x,
                      .width = listed.width.value_or(notches.width.value_or(notches.diameter)),
                      .depth = listed.depth.value_or(depth),
                      .shape = listed.shape.value_or(notches.shape),
                      .is_on_upper_edge = is_on_edge(side, NotchSide::upper, k),
                      .is_on_lower_edge = is_on_edge(side, NotchSide::lower, k)});
    depth *= notches.depth_growth;
  }
  return placed;
}

std::vector<NotchSite> notch_sites(const Track& track, const Notches& notches) {
  std::vector<NotchSite> sites;
  for (const Notch& notch : placed_notches(track, notches)) {
    if (!sites.empty() &&
        in_grid_units(sites.back().position, track.cell) == in_grid_units(notch.position, track.cell)) {
      sites.back().width = std::max(sites.back().width, notch.width);
    } else {
      sites.push_back({notch.position, notch.width});
    }
  }
  return sites;
}

std::vector<double> notch_positions(const Track& track, const Notches& notches) {
  std::vector<double> positions;
  std::ranges::transform(notch_sites(track, notches), std::back_inserter(positions), &NotchSite::position);
  return positions;
}

bool has_uniform_width(const Track& track) {
  return !track.width_end || *track.width_end == track.width;
}

double width_at(const Track& track, int i) {
  return static_cast<double>(HalfWidth(track).at(i)) / static_cast<double>(grid_units_per_half_cell) * track.cell;
}

micromagnetics::Mesh make_mesh(const CommonParameters& p) {
  const int nx = cells_along(p.track.length, p.track.cell);
  const auto [lower, upper] = margins(p, nx);
  return {.nx = nx,
          .ny = lower + cells_along(p.track.width, p.track.cell) + upper,
          .dx = p.track.cell,
          .dy = p.track.cell,
          .dz = p.track.thickness};
}

micromagnetics::Mask make_mask(const CommonParameters& p) {
  const micromagnetics::Mesh mesh = make_mesh(p);
  const HalfWidth half_width(p.track);
  const std::int64_t middle_line = margins(p, mesh.nx).lower * grid_units_per_cell + half_width.at_left_end();
  const auto index = [&](int i, int j) {
    return static_cast<std::size_t>(j) * static_cast<std::size_t>(mesh.nx) + static_cast<std::size_t>(i);
  };
  const auto from_lower_edge = [&](int i, int j) { return centre_of_cell(j) - (middle_line - half_width.at(i)); };
  const auto from_upper_edge = [&](int i, int j) { return middle_line + half_width.at(i) - centre_of_cell(j); };
  micromagnetics::Mask mask(mesh.cells(), 0);
  for (int j = 0; j < mesh.ny; ++j) {
    for (int i = 0; i < mesh.nx; ++i) {
      mask[index(i, j)] = from_lower_edge(i, j) > 0 && from_upper_edge(i, j) > 0 ? 1 : 0;
    }
  }
  const std::vector<Notch> notches = placed_notches(p.track, p.notches);
  const auto cut = [&](const Notch& notch, const auto& from_edge) {
    const bool is_bulge = notch.depth < 0.0;
    const Cut area(notch, p.track.cell);
    for (int j = 0; j < mesh.ny; ++j) {
      for (int i = area.first_column(); i < area.last_column(mesh.nx); ++i) {
        const std::int64_t inwards = from_edge(i, j);
        if ((inwards > 0) != is_bulge && area.covers(i, std::abs(inwards))) {
          mask[index(i, j)] = is_bulge ? 1 : 0;
        }
      }
    }
  };
  // A notch may be cut into a bulge.
  for (const bool bulges : {true, false}) {
    for (const Notch& notch : notches) {
      if ((notch.depth < 0.0) == bulges) {
        if (notch.is_on_lower_edge) {
          cut(notch, from_lower_edge);
        }
        if (notch.is_on_upper_edge) {
          cut(notch, from_upper_edge);
        }
      }
    }
  }
  return mask;
}

}  // namespace spinsweep::device
