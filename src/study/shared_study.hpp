#pragma once

#include <string>
#include <vector>

#include "parallel/communicator.hpp"
#include "study/study.hpp"

namespace spinsweep::study {

/// The study of a sweep file, the same on all ranks. The first rank reads the file and the files it names; every rank,
/// the first too, parses the resolved text that comes out, so that nothing of a study can reach one rank and not
/// another. Collective. Errors: those of read_study(), on all ranks.
[[nodiscard]] Study read_shared_study(const std::string& path, const std::vector<std::string>& overrides,
                                      const parallel::Communicator& communicator);

}  // namespace spinsweep::study
