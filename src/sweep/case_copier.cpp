#include "sweep/case_copier.hpp"

#include <algorithm>

namespace spinsweep::sweep {

CaseCopier::CaseCopier(const store::ResultsFile& source, store::ResultsFile& target, const store::Group& layout)
    : source_(source), target_(target) {
  for (const store::Variable& variable : layout.variables) {
    const std::string path = store::join(layout.path, variable.name);
    const bool is_of_cases = !variable.dimensions.empty() && variable.dimensions.front() == "case";
    if (is_of_cases && variable.name != "status" && source.exists(path)) {
      variables_.push_back(path);
    }
  }
}

void CaseCopier::copy(std::uint64_t source_index, std::uint64_t target_index) {
  for (const auto& variable : variables_) {
    const store::Extent source_shape = source_.shape(variable);
    store::Extent count = target_.shape(variable);
    // Rows are as long as the longest case of their study needs, so either file may have room to spare.
    std::transform(count.begin(), count.end(), source_shape.begin(), count.begin(),
                   [](std::uint64_t a, std::uint64_t b) { return std::min(a, b); });
    count.front() = 1;
    store::Extent from(count.size(), 0);
    store::Extent to(count.size(), 0);
    from.front() = source_index;
    to.front() = target_index;
    target_.copy_block(source_, variable, from, to, count);
  }
}

}  // namespace spinsweep::sweep
