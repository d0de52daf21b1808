#include "store/temporary_folder.hpp"

#include <cstdlib>
#include <stdexcept>
#include <system_error>

namespace spinsweep::store::samples {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "spinsweep-store-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::runtime_error("no temporary folder could be made");
  }
  path_ = name;
  fs::permissions(path_, fs::perms::others_read | fs::perms::others_exec, fs::perm_options::add);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace spinsweep::store::samples
