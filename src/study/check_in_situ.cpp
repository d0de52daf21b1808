#include "study/check_in_situ.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "analysis/jump_table_file.hpp"
#include "base/error.hpp"
#include "base/words.hpp"
#include "device/drive.hpp"
#include "network/deployments.hpp"
#include "network/jump_sampler.hpp"
#include "study/named_files.hpp"

namespace spinsweep::study {

namespace {

/// Whether the synapse has trains of pulses in both directions.
bool has_both_trains(const Study& study) {
  const auto& cases = study.weights().cases;
  return !cases.empty() && std::ranges::all_of(cases, [](const device::DeviceParameters& p) {
    return device::reading_count(p.pulse) > 1 && p.pulse.depression != 0.0;
  });
}

}  // namespace

void check_jump_tables(network::JumpTableFiles& files, const network::JumpTableFiles& checked,
                       const std::filesystem::path& folder, const toml::node& section) {
  if (!files.is_given() || files == checked) {
    return;
  }
  if (files.increasing.empty() || files.decreasing.empty()) {
    fail(section, fmt::format("network.jump_table has no {} table; expected {{ increasing = FILE, decreasing = FILE }}",
                              files.increasing.empty() ? "increasing" : "decreasing"));
  }
  const auto count_from_folder = [&](std::string& file, const std::string& checked_file) {
    if (file != checked_file) {
      file = (folder / file).lexically_normal().string();
    }
  };
  count_from_folder(files.increasing, checked.increasing);
  count_from_folder(files.decreasing, checked.decreasing);
  try {
    const analysis::JumpTables tables{analysis::read_jump_table(files.increasing),
                                      analysis::read_jump_table(files.decreasing)};
    check_directions(tables, files.increasing, files.decreasing);
  } catch (const InputError& error) {
    fail(section, fmt::format("network.jump_table: {}", error.what()));
  }
  const std::string found = checksum_of(fields::read_bytes(files.increasing) + fields::read_bytes(files.decreasing));
  if (!files.checksum.empty() && files.checksum != checked.checksum && files.checksum != found) {
    fail(section, fmt::format("{} and {} have the checksum \"{}\", expected \"{}\": they have changed",
                              files.increasing, files.decreasing, found, files.checksum));
  }
  files.checksum = found;
}

void check_in_situ(const toml::node& section, const Study& study) {
  for (const network::Deployment& deployment : study.network.deployments) {
    if (network::method_of(deployment).in_situ_epochs(deployment.settings) == 0) {
      continue;
    }
    if (!deployment.settings.jump_table.is_given() && !has_both_trains(study)) {
      fail(section, fmt::format("the deployment \"{}\" has no pulses to draw from; expected network.jump_table, or "
                                "synapse.pulse with a count above 1 and a depression",
                                deployment.name));
    }
    const std::size_t bounds = deployment.settings.in_situ.ranges.size();
    const std::size_t layers = study.network.hidden.size() + 1;
    if (bounds != 0 && bounds != layers) {
      fail(section, fmt::format("in_situ.ranges of the deployment \"{}\" has {}, expected one for each of the {} "
                                "layers of the network",
                                deployment.name, counted(bounds, "bound"), layers));
    }
  }
}

}  // namespace spinsweep::study
