#include "sweep/case_copier.hpp"

#include <algorithm>

#include "store/catalogue.hpp"
#include "store/schema.hpp"

namespace spinsweep::sweep {

CaseCopier::CaseCopier(const store::ResultsFile& source, store::ResultsFile& target, const std::string& group)
    : source_(source), target_(target) {
  for (const auto& name : store::list_variables(target, group)) {
    const std::string path = store::join(group, name);
    if (name != "status" && source.exists(path) && store::dimensions_of(target, path).front() == "case") {
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
