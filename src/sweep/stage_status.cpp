#include "sweep/stage_status.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "parallel/on_root.hpp"

namespace spinsweep::sweep {

using store::CaseStatus;

std::vector<CaseStatus> read_status(const store::ResultsFile& file, const std::string& group,
                                    const parallel::Communicator& communicator) {
  const auto numbers = parallel::of_root(communicator, [&] { return file.read<std::int8_t>("/" + group + "/status"); });
  std::vector<CaseStatus> status;
  std::transform(numbers.begin(), numbers.end(), std::back_inserter(status),
                 [](std::int8_t number) { return static_cast<CaseStatus>(number); });
  return status;
}

void reset_orphans(store::ResultsFile& file, const std::string& variable) {
  auto numbers = file.read<std::int8_t>(variable);
  std::replace(numbers.begin(), numbers.end(), static_cast<std::int8_t>(CaseStatus::running),
               static_cast<std::int8_t>(CaseStatus::interrupted));
  const store::Extent shape = file.shape(variable);
  file.write<std::int8_t>(variable, store::Extent(shape.size(), 0), shape, numbers);
  file.sync();
}

}  // namespace spinsweep::sweep
