#include "cli/help_formatter.hpp"

#include "base/wrapped_text.hpp"

namespace spinsweep::cli {

std::string HelpFormatter::make_option(const CLI::Option* option, bool is_positional) const {
  const std::string requirement = option->get_required() && !is_positional ? " (required)" : "";
  return entry(make_option_name(option, is_positional) + make_option_opts(option),
               make_option_desc(option) + requirement);
}

std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
  return option->get_type_size() == 0 || option->get_positional() ? "" : " " + option->get_type_name();
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const {
  return entry(command->get_name(), command->get_description());
}

std::string HelpFormatter::make_description(const CLI::App* command) const {
  return wrapped(command->get_description(), 0) + '\n';
}

std::string HelpFormatter::entry(const std::string& name, const std::string& description) const {
  const std::size_t width = get_column_width();
  const std::string left = "  " + name;
  const std::string gap = left.size() < width ? std::string(width - left.size(), ' ') : '\n' + std::string(width, ' ');
  return left + (description.empty() ? "" : gap + wrapped(description, width)) + '\n';
}

}  // namespace spinsweep::cli
