#include "device/demag_cache.hpp"

#include "device/track_geometry.hpp"

namespace spinsweep::device {

std::shared_ptr<micromagnetics::DemagField> DemagCache::get(const DeviceParameters& parameters) {
  const micromagnetics::Mesh mesh = make_mesh(parameters);
  const double magnetization = parameters.material.saturation_magnetization;
  if (!field_ || !(mesh == mesh_) || magnetization != saturation_magnetization_) {
    const auto rows = group_ == nullptr ? micromagnetics::RowDecomposition(mesh.ny)
                                        : micromagnetics::RowDecomposition(mesh.ny, *group_);
    field_ = std::make_shared<micromagnetics::DemagField>(mesh, magnetization, rows);
    mesh_ = mesh;
    saturation_magnetization_ = magnetization;
  }
  return field_;
}

}  // namespace spinsweep::device
