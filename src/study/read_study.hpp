#pragma once

#include <string>
#include <vector>

#include "parallel/communicator.hpp"
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

/// The study of a sweep file, the same on all ranks. The first rank reads the file and the files it names; every rank,
/// the first too, parses the resolved text that comes out, so that nothing of a study can reach one rank and not
/// another. Collective. Errors: those of read_study(), on all ranks.
[[nodiscard]] Study read_shared_study(const std::string& path, const std::vector<std::string>& overrides,
                                      const parallel::Communicator& communicator);

}  // namespace spinsweep::study
