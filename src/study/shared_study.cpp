#include "study/shared_study.hpp"

#include "parallel/agree.hpp"
#include "parallel/broadcast.hpp"
#include "study/read_study.hpp"

namespace spinsweep::study {

Study read_shared_study(const std::string& path, const std::vector<std::string>& overrides,
                        const parallel::Communicator& communicator) {
  std::string text;
  parallel::agree_on(communicator, [&] {
    if (communicator.rank() == 0) {
      text = read_study(path, overrides).text;
    }
  });
  parallel::broadcast(text, 0, communicator);
  Study study;
  parallel::agree_on(communicator, [&] { study = parse_study(text, "resolved " + path); });
  return study;
}

}  // namespace spinsweep::study
