#include "results/variable.hpp"

#include <utility>

#include "store/case_status.hpp"

namespace spinsweep::results {

std::string_view name_of(Role role) {
  switch (role) {
    case Role::axis:
      return "axis";
    case Role::coordinate:
      return "coordinate";
    case Role::name:
      return "name";
    case Role::status:
      return "status";
    case Role::message:
      return "message";
    case Role::cost:
      return "cost";
    case Role::checkpoint:
      return "checkpoint";
    case Role::result:
      break;
  }
  return "result";
}

void Status::describe(Description& description) {
  description.role = Role::status;
  description.kept = true;
  description.flags = store::status_flags();
}

Option governed_by(const Status& status) {
  return [&status](Description& variable) { variable.status = &status.description(); };
}

Option only_if(bool (*exists)(const LayoutInput&)) {
  return [exists](Description& variable) { variable.exists = exists; };
}

Option filled_with(std::function<store::InitialData(const LayoutInput&)> initial) {
  return [initial = std::move(initial)](Description& variable) { variable.initial = initial; };
}

Option acting_as(Role role) {
  return [role](Description& variable) { variable.role = role; };
}

Option called(std::string short_name) {
  return [short_name = std::move(short_name)](Description& variable) { variable.short_name = short_name; };
}

Option remark(std::string text) {
  return [text = std::move(text)](Description& variable) { variable.remark = text; };
}

Option with_coordinates(std::string names) {
  return [names = std::move(names)](Description& variable) { variable.coordinates = names; };
}

Option zero_until_written() {
  return [](Description& variable) { variable.zero_until_written = true; };
}

Option kept_in_memory() {
  return [](Description& variable) { variable.kept = true; };
}

}  // namespace spinsweep::results
