#pragma once

#include <gtest/gtest.h>
#include <mpi.h>
#include <stdlib.h>

#include <array>
#include <filesystem>
#include <string>

#include "parallel/communicator.hpp"

namespace spinsweep::tests {

/// One folder for all ranks, removed by the first.
class SharedFolder {
 public:
  SharedFolder() {
    std::array<char, 256> name = {};
    if (world_.rank() == 0) {
      const std::string pattern = std::filesystem::temp_directory_path() / "spinsweep_test_XXXXXX";
      pattern.copy(name.data(), name.size() - 1);
      EXPECT_NE(mkdtemp(name.data()), nullptr);
    }
    MPI_Bcast(name.data(), name.size(), MPI_CHAR, 0, world_.get());
    path_ = name.data();
  }
  SharedFolder(const SharedFolder&) = delete;
  SharedFolder& operator=(const SharedFolder&) = delete;
  SharedFolder(SharedFolder&&) = delete;
  SharedFolder& operator=(SharedFolder&&) = delete;
  ~SharedFolder() {
    world_.barrier();
    if (world_.rank() == 0) {
      std::filesystem::remove_all(path_);
    }
  }

  [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }
  [[nodiscard]] const parallel::Communicator& world() const { return world_; }

 private:
  parallel::Communicator world_{MPI_COMM_WORLD};
  std::string path_;
};

}  // namespace spinsweep::tests
