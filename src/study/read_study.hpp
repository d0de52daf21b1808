#pragma once

#include <string>
#include <vector>

#include "study/study.hpp"

namespace spinsweep::study {

/// Reads a sweep file. `overrides` are "key=value" with the dotted key of the file and a TOML value; they replace what
/// the file says. Errors: InputError "file:line:column: what was wrong and what was expected", or that the file cannot
/// be read.
[[nodiscard]] Study read_study(const std::string& path, const std::vector<std::string>& overrides = {});

/// Whether files that a study names, as initial_wall.file, must be there and fit.
enum class NamedFiles { check, ignore };

/// The same for a text; `source` stands for the file's name in messages.
[[nodiscard]] Study parse_study(const std::string& text, const std::string& source,
                                const std::vector<std::string>& overrides = {}, NamedFiles files = NamedFiles::ignore);

}  // namespace spinsweep::study
