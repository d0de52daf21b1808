#include "store/layout_check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>

#include "base/error.hpp"

namespace spinsweep::store {

namespace {

class LayoutCheck {
 public:
  LayoutCheck(const ResultsFile& file, const Schema& schema, const std::set<std::string>& open)
      : file_(file), schema_(schema), open_(open) {}

  void check(const Group& group, const Variable& variable) {
    const std::string path = join(group.path, variable.name);
    const Type type = file_.type(path);
    if (type != variable.type) {
      refuse(path, fmt::format("holds {}, expected {}", name_of(type), name_of(variable.type)));
    }
    const Extent shape = file_.shape(path);
    Extent expected;
    for (const Axis& axis : axes_of(schema_, group, variable)) {
      const std::size_t k = expected.size();
      const bool is_open = open_.contains(axis.path.substr(axis.path.rfind('/') + 1)) && k < shape.size();
      expected.push_back(is_open ? open_sizes_.try_emplace(axis.path, shape[k]).first->second : axis.size);
    }
    if (shape != expected) {
      refuse(path, fmt::format("has the shape ({}), expected ({})", fmt::join(shape, ", "), fmt::join(expected, ", ")));
    }
  }

 private:
  [[noreturn]] void refuse(const std::string& path, const std::string& problem) const {
    throw EnvironmentError(fmt::format("{}:{}: {}: the file is damaged or does not belong to the sweep it names",
                                       file_.path().string(), path, problem));
  }

  const ResultsFile& file_;
  const Schema& schema_;
  const std::set<std::string>& open_;
  std::map<std::string, std::uint64_t> open_sizes_;
};

}  // namespace

void require_layout(const ResultsFile& file, const Schema& schema, const std::set<std::string>& open) {
  LayoutCheck check(file, schema, open);
  for (const Group& group : schema.groups) {
    for (const Variable& variable : group.variables) {
      check.check(group, variable);
    }
  }
}

}  // namespace spinsweep::store
