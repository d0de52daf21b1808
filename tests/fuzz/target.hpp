#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace spinsweep::fuzz {

/// A file format and the program's own readers of it.
class Target {
 public:
  Target() = default;
  Target(const Target&) = delete;
  Target& operator=(const Target&) = delete;
  Target(Target&&) = delete;
  Target& operator=(Target&&) = delete;
  virtual ~Target() = default;

  /// Writes the input of that number into an empty folder. It depends on the number only.
  virtual void write_input(std::uint64_t number, const std::filesystem::path& folder) const = 0;

  /// Reads it as the program would. Throws what the reader throws.
  virtual void read(const std::filesystem::path& folder) const = 0;
};

struct TargetKind {
  std::string name;
  /// `folder` is for what the inputs are made from; a target made later finds there what one made earlier left.
  std::function<std::unique_ptr<Target>(const std::filesystem::path& folder)> make;
};

[[nodiscard]] std::unique_ptr<Target> make_sweep_target(const std::filesystem::path& folder);
[[nodiscard]] std::unique_ptr<Target> make_extreme_target(const std::filesystem::path& folder);
[[nodiscard]] std::unique_ptr<Target> make_results_target(const std::filesystem::path& folder);
[[nodiscard]] std::unique_ptr<Target> make_idx_target(const std::filesystem::path& folder);
[[nodiscard]] std::unique_ptr<Target> make_model_target(const std::filesystem::path& folder);
[[nodiscard]] std::unique_ptr<Target> make_ovf_target(const std::filesystem::path& folder);
[[nodiscard]] std::unique_ptr<Target> make_legacy_vtk_target(const std::filesystem::path& folder);
[[nodiscard]] std::unique_ptr<Target> make_xml_vtk_target(const std::filesystem::path& folder);
[[nodiscard]] std::unique_ptr<Target> make_field_hdf5_target(const std::filesystem::path& folder);

}  // namespace spinsweep::fuzz
