#include "device/fields_on_mesh.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/error.hpp"
#include "device/track_geometry.hpp"

namespace spinsweep::device {

namespace {

using micromagnetics::Mesh;

/// Relative tolerance of a cell's edge: above the rounding of decimal notation and of single precision.
constexpr double edge_tolerance = 1e-6;
constexpr int brightest = 255;

const fields::FileField& field_of(const CommonParameters& p, const std::string& file) {
  const auto field = p.fields.find(file);
  if (field == p.fields.end()) {
    throw InputError(file + ": has not been read");
  }
  return *field->second;
}

/// The cells of a file's field as those of the device's mesh.
class OnMesh {
 public:
  OnMesh(const CommonParameters& p, const fields::FileField& field)
      : field_(field), mesh_(make_mesh(p)), track_(track_mesh(p)), below_(rows_below(p)) {
    if (field.is_picture()) {
      throw InputError(field.name + ": is a picture, expected a field");
    }
    const auto agree = [](double a, double b) { return std::abs(a - b) <= edge_tolerance * b; };
    const Mesh& given = field.mesh;
    if (given.nx != mesh_.nx || (given.ny != track_.ny && given.ny != mesh_.ny) || !agree(given.dx, mesh_.dx) ||
        !agree(given.dy, mesh_.dy) || !agree(given.dz, mesh_.dz)) {
      throw InputError(
          fmt::format("{}: has {}, expected the track's {}", field.name, describe(given), describe(track_)));
    }
    // A field of the whole mesh begins with the mesh's lowest row.
    below_ = given.ny == mesh_.ny ? 0 : below_;
  }

  /// Calls use(cell of the mesh, first component of the file's cell, name of that cell for messages).
  template <class Use>
  void for_each(Use&& use) const {
    for (int j = 0; j < mesh_.ny; ++j) {
      const int row = std::clamp(j - below_, 0, field_.mesh.ny - 1);
      for (int i = 0; i < mesh_.nx; ++i) {
        const auto from =
            static_cast<std::size_t>(row * field_.mesh.nx + i) * static_cast<std::size_t>(field_.components);
        use(static_cast<std::size_t>(j) * static_cast<std::size_t>(mesh_.nx) + static_cast<std::size_t>(i),
            &field_.values[from]);
      }
    }
  }

  [[nodiscard]] std::size_t cells() const { return mesh_.cells(); }

  /// Errors: InputError that names the cell of the mesh.
  [[noreturn]] void refuse(std::size_t cell, const std::string& problem) const {
    const auto nx = static_cast<std::size_t>(mesh_.nx);
    throw InputError(fmt::format("{}: {} in cell ({}, {})", field_.name, problem, cell % nx, cell / nx));
  }

 private:
  static std::string describe(const Mesh& mesh) {
    return fmt::format("{} x {} cells of {:g} x {:g} x {:g} m", mesh.nx, mesh.ny, mesh.dx, mesh.dy, mesh.dz);
  }

  const fields::FileField& field_;
  Mesh mesh_;
  Mesh track_;
  int below_;
};

/// How much of a cell of the track each pixel along an axis covers: where n cells and N pixels have the same length, a
/// cell has N units and a pixel n.
std::int64_t overlap(std::int64_t cell, std::int64_t cells, std::int64_t pixel, std::int64_t pixels) {
  return std::min((cell + 1) * pixels, (pixel + 1) * cells) - std::max(cell * pixels, pixel * cells);
}

/// Sums of whole numbers, so that mirror images of pictures give mirror images to the bit.
std::vector<double> shares_of_picture(const fields::FileField& picture, const Mesh& track) {
  const std::int64_t nx = track.nx;
  const std::int64_t ny = track.ny;
  const std::int64_t width = picture.mesh.nx;
  const std::int64_t height = picture.mesh.ny;
  const std::int64_t excess = std::abs(width * ny - height * nx);
  if (2 * excess > std::max(nx, ny)) {
    const auto other = [](std::int64_t pixels, std::int64_t a, std::int64_t b) {
      return std::max<std::int64_t>(1, std::llround(static_cast<double>(pixels * a) / static_cast<double>(b)));
    };
    throw InputError(fmt::format(
        "{}: has {} x {} pixels, which is not the shape of the track of {} x {} cells; expected {} x {} or {} x {}",
        picture.name, width, height, nx, ny, width, other(width, ny, nx), other(height, nx, ny), height));
  }
  std::vector<double> shares;
  for (std::int64_t j = 0; j < ny; ++j) {
    for (std::int64_t i = 0; i < nx; ++i) {
      std::int64_t sum = 0;
      for (std::int64_t b = j * height / ny; b * ny < (j + 1) * height; ++b) {
        for (std::int64_t a = i * width / nx; a * nx < (i + 1) * width; ++a) {
          sum += overlap(i, nx, a, width) * overlap(j, ny, b, height) *
                 std::llround(picture.values[static_cast<std::size_t>(b * width + a)]);
        }
      }
      shares.push_back(static_cast<double>(sum) / static_cast<double>(width * height * brightest));
    }
  }
  return shares;
}

std::vector<double> shares_of_field(const CommonParameters& p, const fields::FileField& field) {
  const OnMesh on_mesh(p, field);
  std::vector<double> shares(on_mesh.cells());
  on_mesh.for_each([&](std::size_t cell, const double* value) {
    if (field.components == 1) {
      if (*value < 0.0 || *value > 1.0) {
        on_mesh.refuse(cell, fmt::format("has {:g}, expected a share from 0 to 1,", *value));
      }
      shares[cell] = *value;
    } else {
      shares[cell] = value[0] == 0.0 && value[1] == 0.0 && value[2] == 0.0 ? 0.0 : 1.0;
    }
  });
  return shares;
}

}  // namespace

std::vector<double> shares_of_mask_file(const CommonParameters& p) {
  if (p.mask.file.empty()) {
    return {};
  }
  const fields::FileField& field = field_of(p, p.mask.file);
  std::vector<double> shares;
  if (field.is_picture()) {
    const Mesh mesh = make_mesh(p);
    const Mesh track = track_mesh(p);
    const std::vector<double> of_track = shares_of_picture(field, track);
    for (int j = 0; j < mesh.ny; ++j) {
      const auto first = of_track.begin() + std::ptrdiff_t{std::clamp(j - rows_below(p), 0, track.ny - 1)} * track.nx;
      shares.insert(shares.end(), first, first + track.nx);
    }
  } else {
    shares = shares_of_field(p, field);
  }
  if (p.mask.is_inverted) {
    std::ranges::transform(shares, shares.begin(), [](double share) { return 1.0 - share; });
  }
  return shares;
}

std::vector<double> map_of(const CommonParameters& p, const MapKey& key) {
  const std::string& file = p.maps.*key.file;
  if (file.empty()) {
    return {};
  }
  const fields::FileField& field = field_of(p, file);
  const OnMesh on_mesh(p, field);
  if (field.components != 1 && key.values != MapValues::magnitudes) {
    throw InputError(file + ": has vectors, expected one number for each cell");
  }
  std::vector<double> map(on_mesh.cells());
  on_mesh.for_each([&](std::size_t cell, const double* value) {
    map[cell] = field.components == 1 ? *value : std::hypot(value[0], value[1], value[2]);
    if (map[cell] < 0.0 && key.values != MapValues::any) {
      on_mesh.refuse(cell, fmt::format("has {:g}, expected 0 or more,", map[cell]));
    }
  });
  return map;
}

std::vector<micromagnetics::Vector3> map_of_axes(const CommonParameters& p) {
  const std::string& file = p.maps.anisotropy_axis;
  if (file.empty()) {
    return {};
  }
  const fields::FileField& field = field_of(p, file);
  const OnMesh on_mesh(p, field);
  if (field.components != 3) {
    throw InputError(file + ": has one number for each cell, expected vectors");
  }
  std::vector<micromagnetics::Vector3> axes(on_mesh.cells());
  on_mesh.for_each([&](std::size_t cell, const double* value) {
    const double length = std::hypot(value[0], value[1], value[2]);
    axes[cell] = {value[0] / length, value[1] / length, value[2] / length};
  });
  const micromagnetics::Mask mask = make_mask(p);
  for (std::size_t cell = 0; cell < mask.size(); ++cell) {
    if (mask[cell] != 0 && std::isnan(axes[cell].x)) {
      on_mesh.refuse(cell, "has an axis without direction");
    }
  }
  return axes;
}

}  // namespace spinsweep::device
