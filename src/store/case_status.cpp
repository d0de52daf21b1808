#include "store/case_status.hpp"

namespace spinsweep::store {

std::vector<Flag> status_flags() {
  return {{static_cast<std::int64_t>(CaseStatus::waiting), "waiting"},
          {static_cast<std::int64_t>(CaseStatus::running), "running"},
          {static_cast<std::int64_t>(CaseStatus::done), "done"},
          {static_cast<std::int64_t>(CaseStatus::failed), "failed"},
          {static_cast<std::int64_t>(CaseStatus::interrupted), "interrupted"}};
}

}  // namespace spinsweep::store
