#include "device/track_geometry.hpp"

#include <cstddef>
#include <cstdlib>
#include <numbers>

#include "device/fields_on_mesh.hpp"
#include "device/random_film.hpp"

namespace spinsweep::device {

namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t grid_units_per_cell = 2 * grid_units_per_half_cell;

/// Points in which a cell is looked at along each axis, for the share of it that is filled.
constexpr int points_along_cell = 8;
static_assert(grid_units_per_half_cell % points_along_cell == 0);

/// The centre of the k-th part of the cells along an axis, each of which has that many parts.
std::int64_t centre_of_part(int k, int parts) {
  return (2 * std::int64_t{k} + 1) * (grid_units_per_half_cell / parts);
}

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

  [[nodiscard]] std::int64_t at(std::int64_t x) const {
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

  /// Of cells that each have that many parts.
  [[nodiscard]] int first_column(int parts) const {
    return static_cast<int>(std::max<std::int64_t>(0, (position_ - half_width_) * parts / grid_units_per_cell - 1));
  }
  [[nodiscard]] int last_column(int columns, int parts) const {
    return static_cast<int>(
        std::min<std::int64_t>(columns, (position_ + half_width_) * parts / grid_units_per_cell + 2));
  }

  /// Whether it covers a point at a distance from the edge; a point on its border is outside.
  [[nodiscard]] bool covers(std::int64_t x, std::int64_t from_edge) const {
    const std::int64_t along = std::abs(x - position_);
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

  /// The furthest that it reaches from the edge.
  [[nodiscard]] std::int64_t reach(std::int64_t x) const {
    std::int64_t inside = -1;
    for (std::int64_t outside = depth_; outside - inside > 1;) {
      const std::int64_t middle = (inside + outside) / 2;
      (covers(x, middle) ? inside : outside) = middle;
    }
    return inside;
  }

 private:
  std::int64_t position_;
  std::int64_t half_width_;
  std::int64_t depth_;
  NotchShape shape_;
};

/// Of a rough edge. Where it is cut off makes the mesh as wide for every realisation.
std::int64_t largest_displacement(const CommonParameters& p) {
  constexpr double most_deviations = 3.0;
  return in_grid_units(most_deviations * p.disorder.roughness.deviation, p.track.cell);
}

/// Rows of cells beyond the edges of the track at its left end.
struct Margins {
  int lower = 0;
  int upper = 0;
};

/// The rows of which some part has its centre less than a distance beyond an edge.
int rows_within(std::int64_t distance, int parts) {
  const std::int64_t nearest = grid_units_per_half_cell / parts;
  return static_cast<int>(
      std::max<std::int64_t>(0, (distance + grid_units_per_cell - 1 - nearest) / grid_units_per_cell));
}

int parts_of_cells(const CommonParameters& p) {
  return p.track.edge == Edge::smooth ? points_along_cell : 1;
}

Margins margins(const CommonParameters& p, int nx) {
  Margins margins;
  const HalfWidth half_width(p.track);
  const int parts = parts_of_cells(p);
  const auto excess = [&](int i) { return half_width.at(centre_of_part(i, parts)) - half_width.at_left_end(); };
  if (!has_uniform_width(p.track)) {
    const int rows = rows_within(std::max(excess(0), excess(nx * parts - 1)) + largest_displacement(p), parts);
    margins = {rows, rows};
  }
  const std::int64_t roughness = largest_displacement(p);
  margins.lower = std::max(margins.lower, rows_within(roughness, parts));
  margins.upper = std::max(margins.upper, rows_within(roughness, parts));
  for (const Notch& notch : placed_notches(p.track, p.notches)) {
    if (notch.depth < 0.0) {
      const Cut bulge(notch, p.track.cell);
      for (int i = bulge.first_column(parts); i < bulge.last_column(nx * parts, parts); ++i) {
        // reach() is inside, and rows_within() asks for what is not.
        const int rows = rows_within(excess(i) + bulge.reach(centre_of_part(i, parts)) + 1 + roughness, parts);
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

double widest_notch(const Track& track, const Notches& notches) {
  double widest = 0.0;
  for (const NotchSite& site : notch_sites(track, notches)) {
    widest = std::max(widest, site.width);
  }
  return widest;
}

bool has_uniform_width(const Track& track) {
  return !track.width_end || *track.width_end == track.width;
}

double width_at(const Track& track, int i) {
  return static_cast<double>(HalfWidth(track).at(centre_of_cell(i))) / static_cast<double>(grid_units_per_half_cell) *
         track.cell;
}

std::vector<std::int64_t> edge_displacements(const CommonParameters& p, NotchSide edge) {
  const auto& [deviation, correlation_length] = p.disorder.roughness;
  if (deviation == 0.0) {
    return {};
  }
  const RandomFilm random(p.disorder);
  const auto use = edge == NotchSide::lower ? RandomFilm::Use::lower_edge : RandomFilm::Use::upper_edge;
  const std::int64_t largest = largest_displacement(p);
  // An Ornstein-Uhlenbeck process at equal distances is a first-order autoregression.
  const double memory = std::exp(-p.track.cell / correlation_length);
  const double renewal = std::sqrt(1.0 - memory * memory);
  std::vector<std::int64_t> displacements;
  double place = 0.0;
  for (int i = 0; i < cells_along(p.track.length, p.track.cell); ++i) {
    const double normal = random.normal(use, i)[0];
    place = i == 0 ? normal : memory * place + renewal * normal;
    displacements.push_back(std::clamp(in_grid_units(deviation * place, p.track.cell), -largest, largest));
  }
  return displacements;
}

int rows_below(const CommonParameters& p) {
  return margins(p, cells_along(p.track.length, p.track.cell)).lower;
}

double lower_margin(const CommonParameters& p) {
  return rows_below(p) * p.track.cell;
}

micromagnetics::Mesh track_mesh(const CommonParameters& p) {
  return {.nx = cells_along(p.track.length, p.track.cell),
          .ny = cells_along(p.track.width, p.track.cell),
          .dx = p.track.cell,
          .dy = p.track.cell,
          .dz = p.track.thickness};
}

micromagnetics::Mesh make_mesh(const CommonParameters& p) {
  micromagnetics::Mesh mesh = track_mesh(p);
  const auto [lower, upper] = margins(p, mesh.nx);
  mesh.ny += lower + upper;
  return mesh;
}

namespace {

/// Whether the centre of each part of each cell is magnetic, row by row. parts: of a cell along each axis.
micromagnetics::Mask rasterized(const CommonParameters& p, int parts) {
  const micromagnetics::Mesh mesh = make_mesh(p);
  const int columns = mesh.nx * parts;
  const int rows = mesh.ny * parts;
  const HalfWidth half_width(p.track);
  const std::int64_t middle_line = margins(p, mesh.nx).lower * grid_units_per_cell + half_width.at_left_end();
  const auto index = [&](int i, int j) {
    return static_cast<std::size_t>(j) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(i);
  };
  const auto lower = edge_displacements(p, NotchSide::lower);
  const auto upper = edge_displacements(p, NotchSide::upper);
  const auto displaced = [parts](const std::vector<std::int64_t>& edge, int i) {
    return edge.empty() ? std::int64_t{0} : edge[static_cast<std::size_t>(i / parts)];
  };
  const auto half_width_at = [&](int i) { return half_width.at(centre_of_part(i, parts)); };
  const auto from_lower_edge = [&](int i, int j) {
    return centre_of_part(j, parts) - (middle_line - half_width_at(i)) + displaced(lower, i);
  };
  const auto from_upper_edge = [&](int i, int j) {
    return middle_line + half_width_at(i) - centre_of_part(j, parts) + displaced(upper, i);
  };
  micromagnetics::Mask mask(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), 0);
  for (int j = 0; j < rows; ++j) {
    for (int i = 0; i < columns; ++i) {
      mask[index(i, j)] = from_lower_edge(i, j) > 0 && from_upper_edge(i, j) > 0 ? 1 : 0;
    }
  }
  const std::vector<Notch> notches = placed_notches(p.track, p.notches);
  const auto cut = [&](const Notch& notch, const auto& from_edge) {
    const bool is_bulge = notch.depth < 0.0;
    const Cut area(notch, p.track.cell);
    for (int j = 0; j < rows; ++j) {
      for (int i = area.first_column(parts); i < area.last_column(columns, parts); ++i) {
        const std::int64_t inwards = from_edge(i, j);
        if ((inwards > 0) != is_bulge && area.covers(centre_of_part(i, parts), std::abs(inwards))) {
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

}  // namespace

std::vector<double> filled_shares(const CommonParameters& p) {
  const micromagnetics::Mesh mesh = make_mesh(p);
  const int parts = parts_of_cells(p);
  const micromagnetics::Mask fine = rasterized(p, parts);
  const auto nx = static_cast<std::size_t>(mesh.nx);
  const auto along = static_cast<std::size_t>(parts);
  std::vector<double> shares(mesh.cells(), 0.0);
  for (std::size_t k = 0; k < fine.size(); ++k) {
    const std::size_t row = k / (nx * along) / along;
    const std::size_t column = k % (nx * along) / along;
    shares[row * nx + column] += fine[k];
  }
  for (double& share : shares) {
    share /= parts * parts;
  }
  const std::vector<double> of_file = shares_of_mask_file(p);
  for (std::size_t cell = 0; cell < of_file.size(); ++cell) {
    shares[cell] *= p.track.edge == Edge::smooth ? of_file[cell] : of_file[cell] > 0.5 ? 1.0 : 0.0;
  }
  return shares;
}

micromagnetics::Mask make_mask(const CommonParameters& p) {
  // A cell with less would turn much faster than the others, and adds next to nothing.
  const double least_share = p.track.edge == Edge::smooth ? 0.125 : 1.0;
  const std::vector<double> shares = filled_shares(p);
  micromagnetics::Mask mask(shares.size());
  std::ranges::transform(shares, mask.begin(), [=](double share) { return share >= least_share ? 1 : 0; });
  const std::vector<double> magnetization = map_of(p, saturation_magnetization_map);
  for (std::size_t cell = 0; cell < magnetization.size(); ++cell) {
    mask[cell] = magnetization[cell] > 0.0 ? mask[cell] : 0;
  }
  return mask;
}

}  // namespace spinsweep::device
