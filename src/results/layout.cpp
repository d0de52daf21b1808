#include "results/layout.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "base/not_a_number.hpp"
#include "store/identity.hpp"
#include "store/layout_check.hpp"
#include "study/read_study.hpp"

namespace spinsweep::results {

namespace {

store::Variable stored(const Description& description, const LayoutInput& input) {
  store::Variable variable{.name = description.name,
                           .type = description.type,
                           .units = description.units,
                           .long_name = description.long_name,
                           .coordinates = description.coordinates,
                           .flags = description.flags,
                           .attributes = {{"role", std::string(name_of(description.role))}}};
  for (const Dimension* dimension : description.dimensions) {
    variable.dimensions.emplace_back(dimension->name);
  }
  if (!description.short_name.empty()) {
    variable.attributes.push_back({"short_name", description.short_name});
  }
  if (description.initial) {
    variable.initial = description.initial(input);
  } else if (description.type == store::Type::float64 && !description.zero_until_written) {
    variable.fill_value = not_a_number;
    variable.initial = store::Everywhere{not_a_number};
  }
  return variable;
}

/// Results over one dimension get the swept parameters over it as coordinates.
void name_swept_coordinates(std::vector<Description>& variables) {
  std::map<Dimensions, std::string> axes;
  for (const Description& variable : variables) {
    if (variable.role == Role::axis) {
      std::string& names = axes[variable.dimensions];
      names += (names.empty() ? "" : " ") + variable.name;
    }
  }
  for (Description& variable : variables) {
    const auto found = axes.find(variable.dimensions);
    if (found != axes.end() && (variable.role == Role::result || variable.role == Role::cost)) {
      variable.coordinates = found->second;
    }
  }
}

class LayoutBuilder {
 public:
  LayoutBuilder(const study::Study& study, const std::vector<network::DataSetShape>& data_sets, int ranks)
      : study_(study), data_sets_(data_sets), ranks_(ranks) {}

  void add(const Group& group) {
    if (group.is_of_each_kind()) {
      for (const study::DevicePlan& plan : study_.devices) {
        add(group, Group::path_of(*plan.base.kind), plan);
      }
    } else if (group.exists(study_)) {
      add(group, group.path(), study_.weights());
    }
  }

  [[nodiscard]] Layout take() { return std::move(layout_); }

 private:
  void add(const Group& group, const std::string& path, const study::DevicePlan& device) {
    const LayoutInput input{study_, data_sets_, ranks_, device};
    std::vector<Description> variables;
    if (group.swept_axes() != nullptr) {
      variables = group.swept_axes()(input);
    }
    for (const Description* description : group.variables()) {
      if (description->exists == nullptr || description->exists(input)) {
        variables.push_back(*description);
      }
    }
    name_swept_coordinates(variables);
    store::Group stored_group{.path = path};
    for (Description& variable : variables) {
      variable.group = &group;
      for (const Dimension* dimension : variable.dimensions) {
        if (!has_dimension(stored_group, dimension->name)) {
          stored_group.dimensions.push_back({dimension->name, dimension->size(input)});
        }
      }
      stored_group.variables.push_back(stored(variable, input));
      layout_.entries.push_back({path, std::move(variable)});
    }
    layout_.schema.groups.push_back(std::move(stored_group));
  }

  [[nodiscard]] bool has_dimension(const store::Group& group, std::string_view name) const {
    const auto defines = [name](const store::Group& one) {
      return std::ranges::find(one.dimensions, name, &store::Dimension::name) != one.dimensions.end();
    };
    return defines(group) || std::ranges::any_of(layout_.schema.groups, [&](const store::Group& parent) {
             return group.path.starts_with(parent.path + "/") && defines(parent);
           });
  }

  const study::Study& study_;
  const std::vector<network::DataSetShape>& data_sets_;
  int ranks_;
  Layout layout_;
};

}  // namespace

Layout layout_of(const Table& table, const study::Study& study, const std::vector<network::DataSetShape>& data_sets,
                 int ranks) {
  LayoutBuilder builder(study, data_sets, ranks);
  for (const Group* group : table) {
    builder.add(*group);
  }
  Layout layout = builder.take();
  layout.schema.revision = revision_of(table);
  return layout;
}

Layout layout_of(const Table& table, const study::Study& study) {
  const std::vector<network::DataSetShape> any_data_set(study.network.datasets.size(),
                                                        {.pixels = 1, .classes = 1, .width = 1});
  return layout_of(table, study, any_data_set, 1);
}

std::int64_t revision_of(const Table& table) {
  std::string text;
  for (const Group* group : table) {
    text += group->path() + '\n';
    for (const Description* variable : group->variables()) {
      text += fmt::format("{} {} {} {}", variable->name, store::name_of(variable->type), variable->units,
                          name_of(variable->role));
      for (const Dimension* dimension : variable->dimensions) {
        text += fmt::format(" {}", dimension->name);
      }
      text += variable->status == nullptr ? "\n" : " status " + variable->status->name + '\n';
    }
  }
  return static_cast<std::int64_t>(crc32_z(0, reinterpret_cast<const Bytef*>(text.data()), text.size()));
}

void require_layout(const store::ResultsFile& file, const Table& table, const study::Study& study) {
  store::require_spinsweep_file(file, revision_of(table));
  std::set<std::string> open;
  for (const Group* group : table) {
    for (const Description* variable : group->variables()) {
      for (const Dimension* dimension : variable->dimensions) {
        if (!dimension->decided_by_study) {
          open.insert(dimension->name);
        }
      }
    }
  }
  store::require_layout(file, layout_of(table, study).schema, open);
}

study::Study read_stored_study(const store::ResultsFile& file, const Table& table) {
  store::require_spinsweep_file(file, revision_of(table));
  study::Study study;
  try {
    study = study::parse_study(file.text_attribute("/", "sweep"), "line");
  } catch (const InputError& error) {
    throw EnvironmentError(file.path().string() + ": the sweep that it stores is damaged: " + error.what());
  }
  require_layout(file, table, study);
  return study;
}

}  // namespace spinsweep::results
