#pragma once

#include <toml++/toml.h>

#include <string>
#include <string_view>
#include <vector>

namespace spinsweep::study {

/// "file:line:column" of a node.
[[nodiscard]] std::string place(const toml::node& node);

/// Whether that is the place of a value that the command line gives.
[[nodiscard]] bool is_override(const std::string& place);

/// Throws InputError "file:line:column: message".
[[noreturn]] void fail(const toml::node& node, const std::string& message);

/// Typed values; `name` is how messages call the key. Errors: InputError with the place of the node.
[[nodiscard]] double read_number(const toml::node& node, const std::string& name);
[[nodiscard]] std::int64_t read_integer(const toml::node& node, const std::string& name, std::int64_t lowest,
                                        std::int64_t highest);
[[nodiscard]] bool read_bool(const toml::node& node, const std::string& name);
[[nodiscard]] std::string read_string(const toml::node& node, const std::string& name);
[[nodiscard]] const toml::table& read_table(const toml::node& node, std::string_view name);
[[nodiscard]] std::vector<std::string> read_strings(const toml::node& node, const std::string& name);

/// Throws that `key`, whose value is `node`, is unknown and names the nearest of `known`, or what the key is called now
/// if earlier versions had it; `name_in_full` is its name then, if it is not that of the key.
[[noreturn]] void fail_unknown(const toml::key& key, const toml::node& node, const std::vector<std::string>& known,
                               const std::string& name_in_full = "");

/// Parses a text; `overrides` are merged into it. Errors: InputError.
[[nodiscard]] toml::table parse_document(const std::string& text, const std::string& source,
                                         const std::vector<std::string>& overrides);

}  // namespace spinsweep::study
