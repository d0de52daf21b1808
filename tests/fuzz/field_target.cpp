#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string_view>

#include "export/vtk_image.hpp"
#include "fields/file_field.hpp"
#include "fields/hdf5_field.hpp"
#include "fields/legacy_vtk.hpp"
#include "fields/xml_vtk.hpp"
#include "fuzz/files.hpp"
#include "fuzz/mutate_bytes.hpp"
#include "fuzz/mutate_text.hpp"
#include "fuzz/rewrite_hdf5.hpp"
#include "fuzz/target.hpp"

namespace spinsweep::fuzz {

namespace {

using IsOfKind = bool (*)(std::string_view bytes);

/// The files of the tests that are of a kind, and the one that `spinsweep export` writes.
std::vector<std::string> sample_fields(IsOfKind is_of_kind) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(SPINSWEEP_FIELDS)) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::vector<std::string> samples;
  for (const auto& file : files) {
    samples.push_back(read_bytes(file));
  }
  const micromagnetics::Mesh mesh{.nx = 3, .ny = 2, .dx = 5e-9, .dy = 5e-9, .dz = 2e-9};
  samples.push_back(exports::vtk_image(mesh, std::vector<float>(3 * mesh.cells(), 0.5F), "m"));
  std::erase_if(samples, [=](const std::string& sample) { return !is_of_kind(sample); });
  return samples;
}

/// Loses the end in one of six inputs.
std::string damaged(const std::string& bytes, Random& random, const std::vector<ByteRange>& targets) {
  return random.one_in(6) ? bytes.substr(0, random.below(bytes.size())) : mutate_bytes(bytes, random, targets);
}

/// Reads a file as every key that names a field does.
void read_field(const std::filesystem::path& file) {
  const fields::FileField field = fields::read_file_field(fields::read_bytes(file), file);
  const std::size_t wanted = field.mesh.cells() * static_cast<std::size_t>(field.components);
  const auto is_finite = [](double value) { return std::isfinite(value); };
  if (field.values.size() != wanted || !std::ranges::all_of(field.values, is_finite)) {
    throw std::logic_error("a field was accepted that has not a finite number for each cell");
  }
}

/// How many bytes of a file come before what is no text, in whole lines.
std::size_t size_of_text(const std::string& bytes) {
  const auto is_binary = [](unsigned char byte) { return (byte < ' ' && byte != '\n' && byte != '\t') || byte > '~'; };
  const auto binary = std::ranges::find_if(bytes, is_binary);
  return binary == bytes.end() ? bytes.size() : bytes.rfind('\n', static_cast<std::size_t>(binary - bytes.begin())) + 1;
}

class VtkTarget : public Target {
 public:
  VtkTarget(IsOfKind is_of_kind, std::uint64_t seed) : originals_(sample_fields(is_of_kind)), seed_(seed) {}

  void write_input(std::uint64_t number, const std::filesystem::path& folder) const override {
    Random random(seed_, number);
    const std::string& original = originals_[number % originals_.size()];
    const std::size_t text = size_of_text(original);
    if (random.one_in(2)) {
      write_bytes(folder / "field", mutate_text(original.substr(0, text), random) + original.substr(text));
    } else {
      write_bytes(folder / "field", damaged(original, random, {{0, text}}));
    }
  }

  void read(const std::filesystem::path& folder) const override { read_field(folder / "field"); }

 private:
  std::vector<std::string> originals_;
  std::uint64_t seed_;
};

/// Damaged bytes, and sound HDF5 files that are no fields.
class FieldHdf5Target : public Target {
 public:
  explicit FieldHdf5Target(const std::filesystem::path& folder) : originals_(sample_fields(fields::is_hdf5)) {
    for (const std::string& original : originals_) {
      write_bytes(folder / "original.h5", original);
      metadata_.push_back(metadata_of(folder / "original.h5"));
    }
  }

  void write_input(std::uint64_t number, const std::filesystem::path& folder) const override {
    Random random(seed, number);
    const std::size_t which = number % originals_.size();
    if (random.one_in(2)) {
      write_bytes(folder / "field", damaged(originals_[which], random, metadata_[which]));
    } else {
      write_bytes(folder / "field", originals_[which]);
      rewrite_field(folder / "field", random);
    }
  }

  void read(const std::filesystem::path& folder) const override { read_field(folder / "field"); }

 private:
  static constexpr std::uint64_t seed = 8;

  std::vector<std::string> originals_;
  std::vector<std::vector<ByteRange>> metadata_;
};

}  // namespace

std::unique_ptr<Target> make_legacy_vtk_target(const std::filesystem::path& /*folder*/) {
  constexpr std::uint64_t seed = 6;
  return std::make_unique<VtkTarget>(fields::is_legacy_vtk, seed);
}

std::unique_ptr<Target> make_xml_vtk_target(const std::filesystem::path& /*folder*/) {
  constexpr std::uint64_t seed = 7;
  return std::make_unique<VtkTarget>(fields::is_xml, seed);
}

std::unique_ptr<Target> make_field_hdf5_target(const std::filesystem::path& folder) {
  return std::make_unique<FieldHdf5Target>(folder);
}

}  // namespace spinsweep::fuzz
