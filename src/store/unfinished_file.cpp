#include "store/unfinished_file.hpp"

#include <string>
#include <system_error>
#include <utility>

#include "base/error.hpp"
#include "store/disk.hpp"

namespace spinsweep::store {

UnfinishedFile::UnfinishedFile(std::filesystem::path final_path)
    : final_path_(std::move(final_path)), path_(final_path_.string() + ".new") {}

UnfinishedFile::~UnfinishedFile() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void UnfinishedFile::keep() const {
  flush_file_and_folder(path_);
  std::error_code code;
  std::filesystem::rename(path_, final_path_, code);
  if (code) {
    throw EnvironmentError(final_path_.string() + ": could not be created: " + code.message());
  }
  flush_file_and_folder(final_path_);
}

}  // namespace spinsweep::store
