#include "cli/options.hpp"

#include <charconv>

namespace spinsweep::cli {

std::int64_t parse_integer(const std::string& name, const std::string& text, std::int64_t lowest,
                           std::int64_t highest) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = error != std::errc::invalid_argument && end == text.data() + text.size();
  const bool is_beyond_counting = error == std::errc::result_out_of_range;
  if (is_number && !text.starts_with('-') && (is_beyond_counting || value > highest)) {
    throw CLI::ValidationError(name, fmt::format("invalid value '{}': must be at most {}", text, highest));
  }
  if (!is_number || is_beyond_counting || value < lowest) {
    throw CLI::ValidationError(name, fmt::format("invalid value '{}': must be an integer >= {}", text, lowest));
  }
  return value;
}

std::string invalid_choice(const std::string& text, const std::vector<std::string>& choices) {
  return fmt::format("invalid value '{}' (choose from {})", text, fmt::join(choices, ", "));
}

CLI::Option* add_overrides(CLI::App& command, std::vector<std::string>& overrides) {
  return command
      .add_option("--set", overrides, "override a key of the sweep file, such as synapse.cell=5e-9; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
}

}  // namespace spinsweep::cli
