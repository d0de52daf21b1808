#include "micromagnetics/activity_log.hpp"

#include <petscsys.h>

#include <array>
#include <cstddef>

#include "parallel/petsc.hpp"

namespace spinsweep::micromagnetics {

using parallel::check_petsc;

namespace {

constexpr std::array names = {"DemagField", "FastStepStages", "FastStepSlope", "StepControl", "ReadOut"};

PetscLogEvent event_of(Activity activity) {
  static const auto events = [] {
    PetscClassId class_id = 0;
    check_petsc(PetscClassIdRegister("spinsweep", &class_id));
    std::array<PetscLogEvent, names.size()> registered{};
    for (std::size_t k = 0; k < names.size(); ++k) {
      check_petsc(PetscLogEventRegister(names[k], class_id, &registered[k]));
    }
    return registered;
  }();
  return events[static_cast<std::size_t>(activity)];
}

}  // namespace

LoggedActivity::LoggedActivity(Activity activity) : activity_(activity) {
  PetscLogEventBegin(event_of(activity_), nullptr, nullptr, nullptr, nullptr);
}

LoggedActivity::~LoggedActivity() {
  PetscLogEventEnd(event_of(activity_), nullptr, nullptr, nullptr, nullptr);
}

void start_logging() {
  check_petsc(PetscLogDefaultBegin());
}

double logged_seconds(Activity activity) {
  PetscEventPerfInfo info{};
  check_petsc(PetscLogEventGetPerfInfo(PETSC_DETERMINE, event_of(activity), &info));
  return info.time;
}

}  // namespace spinsweep::micromagnetics
