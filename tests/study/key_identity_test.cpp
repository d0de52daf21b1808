#include "study/case_identity.hpp"

#include <gtest/gtest.h>

#include <set>

#include "study/parameter.hpp"
#include "study/read_study.hpp"
#include "study/resolved_text.hpp"
#include "study/sections.hpp"

namespace spinsweep::study {
namespace {

/// A device in which every key has an effect.
device::DeviceParameters warm_device(const device::Kind& kind) {
  auto p = kind.defaults();
  p.notches.count = 3;
  p.material.temperature = 300.0;
  p.thermal.realizations = 2;
  p.disorder.roughness.deviation = 1e-9;
  p.disorder.grains.size = 10e-9;
  p.disorder.defects.density = 1e14;
  return p;
}

/// Another value than the one given; it need not be in the key's range.
keys::Value another(const keys::Value& value) {
  struct Changer {
    keys::Value operator()(bool held) const { return !held; }
    keys::Value operator()(std::int64_t held) const { return held + 1; }
    keys::Value operator()(double held) const { return 1.5 * held + 0.125; }
    keys::Value operator()(const std::string& held) const { return held + "x"; }
    keys::Value operator()(std::vector<std::int64_t> held) const {
      held.push_back(7);
      return held;
    }
    keys::Value operator()(std::vector<std::string> held) const {
      held.emplace_back("x");
      return held;
    }
    keys::Value operator()(std::vector<keys::Row> held) const { return held; }
  };
  return std::visit(Changer(), value);
}

/// The same for a key that may have few: another choice.
keys::Value another(const keys::Description& key, const keys::Value& value) {
  if (key.type == keys::Type::text && !key.choices.empty()) {
    return std::get<std::string>(value) == key.choices.front() ? key.choices.back() : key.choices.front();
  }
  if (key.type == keys::Type::tables) {
    auto rows = std::get<std::vector<keys::Row>>(value);
    const keys::Description& column = key.columns.front();
    if (column.type == keys::Type::text) {
      rows.push_back({{column.path, std::string("x")}});
    } else {
      rows.push_back({{column.path, 300e-9}});
    }
    return rows;
  }
  return another(value);
}

class EveryDeviceKey : public testing::TestWithParam<const device::Kind*> {};

TEST_P(EveryDeviceKey, CountsForTheIdentityOfACaseUnlessItsRoleSaysOtherwise) {
  const auto base = warm_device(*GetParam());
  for (const auto& key : device_keys()) {
    auto changed = base;
    key.assign(changed, another(key, key.value(base)));
    const bool counts = key.role == keys::Role::physics || key.role == keys::Role::dynamics;
    EXPECT_EQ(physical_key(changed) != physical_key(base), counts) << key.path;
    EXPECT_EQ(initial_state_key_of(changed) != initial_state_key_of(base), key.role == keys::Role::physics) << key.path;
  }
}

TEST(EveryKey, OfTheHeatCountsWhereTheNoiseFollowsIt) {
  for (const device::Kind* kind : device::kinds()) {
    if (kind->derives != device::Derived::levels) {
      continue;
    }
    auto base = warm_device(*kind);
    for (const bool heating : {false, true}) {
      base.heating = heating;
      for (const char* path :
           {"heavy_metal.thickness", "heavy_metal.resistivity", "substrate.conductivity", "substrate.diffusivity"}) {
        auto changed = base;
        const Parameter* key = find_parameter(*kind, path);
        ASSERT_NE(key, nullptr) << path;
        key->set(changed, 2.0 * key->get(base));
        EXPECT_EQ(physical_key(changed) != physical_key(base), heating) << path;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryDeviceKey, testing::ValuesIn(device::kinds()),
                         [](const auto& info) { return std::string(info.param->name); });

TEST(EveryKey, CountsForTheStudyUnlessItSaysHowTheStudyIsRun) {
  constexpr const char* source =
      "[material]\n[neuron]\n[neuron.sweep]\n\"pulse.current_density\" = [1e11, 2e11, 3e11, "
      "4e11]\n[synapse]\n[network]\n";
  const Study base = parse_study(source, "study.toml");
  const auto is_another = [&base](const Study& changed) {
    const Difference difference = first_difference(base.text, resolved_text(changed));
    return difference.first != difference.second;
  };
  const auto expect_counts = [&](const auto& list, const auto& target_of) {
    for (const auto& key : list) {
      Study changed = base;
      auto& target = target_of(changed, key);
      key.assign(target, another(key, key.value(target)));
      EXPECT_EQ(is_another(changed), key.role != keys::Role::run) << key.path;
    }
  };
  expect_counts(keys::keys_of<Study>(), [](Study& study, const auto& /*key*/) -> Study& { return study; });
  expect_counts(keys::keys_of<RunSettings>(),
                [](Study& study, const auto& /*key*/) -> RunSettings& { return study.run; });
  expect_counts(keys::keys_of<network::NetworkSettings>(),
                [](Study& study, const auto& /*key*/) -> network::NetworkSettings& { return study.network; });
  expect_counts(device_keys(), [](Study& study, const auto& key) -> device::DeviceParameters& {
    const auto has_it = [&](const DevicePlan& plan) { return plan.base.kind->has_keys_for(key.only_for); };
    return std::ranges::find_if(study.devices, has_it)->base;
  });
}

TEST(CaseIdentity, IsThatOfTheGivenValueWhereAKeyFollowsFromOthers) {
  auto follows = device::kind_of<device::Synapse>.defaults();
  auto given = follows;
  given.notches.first = 300e-9;
  EXPECT_EQ(physical_key(follows), physical_key(given));
  given.notches.first = 310e-9;
  EXPECT_NE(physical_key(follows), physical_key(given));
}

TEST(CaseIdentity, LeavesOutNotchesThatAreNotThereAndNoiseThatIsFrozen) {
  auto p = device::kind_of<device::Neuron>.defaults();
  auto other = p;
  other.notches.diameter = 1e-9;
  other.thermal = {.realization = 3, .seed = 9};
  EXPECT_EQ(physical_key(p), physical_key(other));
  p.material.temperature = other.material.temperature = 300.0;
  EXPECT_NE(physical_key(p), physical_key(other));
  EXPECT_EQ(initial_state_key_of(p), initial_state_key_of(other)) << "noise sets in with the pulse";
}

TEST(CaseIdentity, DoesNotTellZerosApartByTheirSign) {
  auto p = device::kind_of<device::Neuron>.defaults();
  auto other = p;
  p.applied_field.x = 0.0;
  other.applied_field.x = -0.0;
  EXPECT_EQ(physical_key(p), physical_key(other));
}

TEST(KeyTable, NamesEveryKeyOnceInItsSection) {
  std::set<std::string> known;
  for (const auto& key : section_keys()) {
    EXPECT_TRUE(known.insert(key.section + " " + key.name).second) << key.section << ' ' << key.name;
  }
}

}  // namespace
}  // namespace spinsweep::study
