#include "store/create.hpp"

#include <string>
#include <system_error>

#include "base/error.hpp"
#include "store/disk.hpp"
#include "store/hdf5.hpp"
#include "store/schema_writer.hpp"
#include "store/unfinished_file.hpp"

namespace spinsweep::store {

namespace {

void require_free_name(const std::filesystem::path& path, Existing existing) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    throw EnvironmentError(path.string() + ": a folder, where a results file was to be created");
  }
  if (existing == Existing::refuse && std::filesystem::exists(path, ignored)) {
    throw EnvironmentError(path.string() + ": exists already and is not overwritten");
  }
}

/// Room for the object headers and the text: generous, for it is small beside any results.
std::uint64_t metadata_bytes(const Schema& schema) {
  std::uint64_t bytes = std::uint64_t{64} * 1024;
  for (const Group& group : schema.groups) {
    bytes += (1 + group.variables.size() + group.dimensions.size()) * 4096;
    for (const Dimension& dimension : group.dimensions) {
      bytes += dimension.size * 4;
    }
  }
  for (const Attribute& attribute : schema.attributes) {
    if (const auto* text = std::get_if<std::string>(&attribute.value)) {
      bytes += text->size();
    }
  }
  return bytes;
}

}  // namespace

void create(const WriterLock& lock, const Schema& schema, Existing existing) {
  silence_hdf5();
  const std::filesystem::path& path = lock.results();
  require_free_name(path, existing);
  require_free_bytes(path, data_bytes(schema) + metadata_bytes(schema));

  const UnfinishedFile unfinished(path);
  const std::string where = unfinished.path().string();
  UniqueFile file(checked(H5Fcreate(where.c_str(), H5F_ACC_TRUNC, file_creation(where).get(), file_access(where).get()),
                          where, "could not be created"));
  write_schema(file.get(), where, schema);
  checked(H5Fflush(file.get(), H5F_SCOPE_GLOBAL), where, "could not be written");
  file.reset();
  reserve_bytes(unfinished.path());
  unfinished.keep();
}

void create(const std::filesystem::path& results, const Schema& schema, Existing existing) {
  create(WriterLock(results), schema, existing);
}

}  // namespace spinsweep::store
