#include "store/case_status.hpp"

#include <utility>

namespace spinsweep::store {

Variable status_variable(std::vector<std::string> dimensions) {
  return {.name = "status",
          .type = Type::int8,
          .dimensions = std::move(dimensions),
          .long_name = "how far the case is",
          .flags = {{static_cast<std::int64_t>(CaseStatus::waiting), "waiting"},
                    {static_cast<std::int64_t>(CaseStatus::running), "running"},
                    {static_cast<std::int64_t>(CaseStatus::done), "done"},
                    {static_cast<std::int64_t>(CaseStatus::failed), "failed"},
                    {static_cast<std::int64_t>(CaseStatus::interrupted), "interrupted"}}};
}

}  // namespace spinsweep::store
