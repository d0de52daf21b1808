#include "network/schemes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "base/error.hpp"
#include "network/scheme_fine_tuned.hpp"
#include "network/scheme_fp32.hpp"
#include "network/scheme_ptq.hpp"
#include "network/scheme_qat.hpp"

namespace spinsweep::network {

const std::vector<const Scheme*>& schemes() {
  static const std::tuple<Fp32, Ptq, FineTuned, Qat> instances;
  static const auto all =
      std::apply([](const auto&... scheme) { return std::vector<const Scheme*>{&scheme...}; }, instances);
  return all;
}

std::vector<std::string> scheme_names() {
  std::vector<std::string> names;
  std::transform(schemes().begin(), schemes().end(), std::back_inserter(names),
                 [](const Scheme* scheme) { return std::string(scheme->name()); });
  return names;
}

const Scheme& scheme_of_name(std::string_view name) {
  const auto found =
      std::find_if(schemes().begin(), schemes().end(), [&](const Scheme* scheme) { return scheme->name() == name; });
  if (found == schemes().end()) {
    throw InputError(fmt::format("a scheme cannot be \"{}\", expected {}", name, fmt::join(scheme_names(), ", ")));
  }
  return **found;
}

bool has_control(std::string_view scheme) {
  return scheme_of_name(scheme).further_training(NetworkSettings{}).has_value();
}

}  // namespace spinsweep::network
