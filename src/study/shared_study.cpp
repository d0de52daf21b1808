#include "study/shared_study.hpp"

#include "parallel/agree.hpp"
#include "parallel/on_root.hpp"
#include "study/read_study.hpp"

namespace spinsweep::study {

Study read_shared_study(const std::string& path, const std::vector<std::string>& overrides,
                        const parallel::Communicator& communicator) {
  const std::string text = parallel::of_root(communicator, [&] { return read_study(path, overrides).text; });
  Study study;
  parallel::collectively(communicator, [&] { study = parse_study(text, "resolved " + path); });
  return study;
}

}  // namespace spinsweep::study
