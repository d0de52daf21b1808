#include "network/methods.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "base/error.hpp"
#include "network/method_fine_tuned.hpp"
#include "network/method_fp32.hpp"
#include "network/method_in_situ.hpp"
#include "network/method_ptq.hpp"
#include "network/method_qat.hpp"

namespace spinsweep::network {

const std::vector<const Method*>& methods() {
  static const std::tuple<Fp32, Ptq, FineTuned, Qat, InSitu> instances;
  static const auto all =
      std::apply([](const auto&... method) { return std::vector<const Method*>{&method...}; }, instances);
  return all;
}

std::vector<std::string> method_names() {
  std::vector<std::string> names;
  std::transform(methods().begin(), methods().end(), std::back_inserter(names),
                 [](const Method* method) { return std::string(method->name()); });
  return names;
}

const Method& method_of_name(std::string_view name) {
  const auto found =
      std::find_if(methods().begin(), methods().end(), [&](const Method* method) { return method->name() == name; });
  if (found == methods().end()) {
    throw InputError(fmt::format("a method cannot be \"{}\", expected {}", name, fmt::join(method_names(), ", ")));
  }
  return **found;
}

}  // namespace spinsweep::network
