#pragma once

#include <string>
#include <vector>

#include "parallel/communicator.hpp"
#include "store/case_status.hpp"
#include "store/results_file.hpp"

namespace spinsweep::sweep {

/// How far every case of a device is, group "neuron" or "synapse", as the first rank sees it: the others may already
/// see what that writes later. Collective.
[[nodiscard]] std::vector<store::CaseStatus> read_status(const store::ResultsFile& file, const std::string& group,
                                                         const parallel::Communicator& communicator);

/// Cases that say `running` when a run begins were left behind by one that was killed: they become `interrupted`.
/// `variable` is the path of a status. Called by one rank that holds the writer lock, before anything runs.
void reset_orphans(store::ResultsFile& file, const std::string& variable);

}  // namespace spinsweep::sweep
