#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace spinsweep::cli {

/// Help in 80 columns: names to the left, descriptions broken between words to the right of them.
class HelpFormatter : public CLI::Formatter {
 public:
  HelpFormatter() { column_width(28); }

  [[nodiscard]] std::string make_option(const CLI::Option* option, bool is_positional) const override;
  [[nodiscard]] std::string make_option_opts(const CLI::Option* option) const override;
  [[nodiscard]] std::string make_subcommand(const CLI::App* command) const override;
  [[nodiscard]] std::string make_description(const CLI::App* command) const override;

 private:
  [[nodiscard]] std::string entry(const std::string& name, const std::string& description) const;
};

}  // namespace spinsweep::cli
