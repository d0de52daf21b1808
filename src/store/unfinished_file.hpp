#pragma once

#include <filesystem>

namespace spinsweep::store {

/// A file that is made beside its final name, so that no half-made file is ever found under that name. It is removed
/// unless keep() renames it.
class UnfinishedFile {
 public:
  explicit UnfinishedFile(std::filesystem::path final_path);
  UnfinishedFile(const UnfinishedFile&) = delete;
  UnfinishedFile& operator=(const UnfinishedFile&) = delete;
  UnfinishedFile(UnfinishedFile&&) = delete;
  UnfinishedFile& operator=(UnfinishedFile&&) = delete;
  ~UnfinishedFile();

  /// Where to write it.
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

  /// Flushes the file to the disk, then gives it its final name. Errors: EnvironmentError.
  void keep() const;

 private:
  std::filesystem::path final_path_;
  std::filesystem::path path_;
};

}  // namespace spinsweep::store
