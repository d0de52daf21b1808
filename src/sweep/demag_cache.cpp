#include "sweep/demag_cache.hpp"

#include "device/track_geometry.hpp"

namespace spinsweep::sweep {

std::shared_ptr<micromagnetics::DemagField> DemagCache::get(const device::DeviceParameters& parameters) {
  const micromagnetics::Mesh mesh = device::make_mesh(parameters.track);
  const double magnetization = parameters.material.saturation_magnetization;
  if (!field_ || !(mesh == mesh_) || magnetization != saturation_magnetization_) {
    const auto stripes = group_ == nullptr ? micromagnetics::RowStripes(mesh.ny)
                                           : micromagnetics::RowStripes(mesh.ny, group_->communicator());
    field_ = std::make_shared<micromagnetics::DemagField>(mesh, magnetization, stripes);
    mesh_ = mesh;
    saturation_magnetization_ = magnetization;
  }
  return field_;
}

}  // namespace spinsweep::sweep
