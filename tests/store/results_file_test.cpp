#include "store/results_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "base/error.hpp"
#include "store/case_status.hpp"
#include "store/create.hpp"
#include "store/sample_schema.hpp"
#include "store/temporary_folder.hpp"

namespace spinsweep::store {
namespace {

using samples::TemporaryFolder;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::HasSubstr;
using testing::StrEq;
using testing::ThrowsMessage;

class OpenResultsFile : public testing::Test {
 protected:
  OpenResultsFile() { create(path_, samples::sample_schema()); }

  [[nodiscard]] ResultsFile for_writing() const { return ResultsFile::open_for_writing(path_, world_); }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("results.h5");
  parallel::Communicator world_{MPI_COMM_WORLD};
};

template <class T>
std::vector<T> counting(std::size_t size) {
  std::vector<T> values(size);
  std::iota(values.begin(), values.end(), T{1});
  return values;
}

template <class T>
void expect_round_trip(ResultsFile& file, const std::string& variable) {
  const Extent shape = file.shape(variable);
  const auto size = std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
  const auto values = counting<T>(size);
  file.write<T>(variable, Extent(shape.size(), 0), shape, values);
  EXPECT_THAT(file.read<T>(variable), ElementsAreArray(values)) << variable;
}

TEST_F(OpenResultsFile, KeepsValuesOfEveryType) {
  auto file = for_writing();
  expect_round_trip<double>(file, "/synapse/magnetization");
  expect_round_trip<float>(file, "/synapse/snapshot");
  expect_round_trip<std::int8_t>(file, "/synapse/status");
  expect_round_trip<std::int32_t>(file, "/synapse/steps");
  expect_round_trip<std::int64_t>(file, "/synapse/notches_count");
  expect_round_trip<std::uint8_t>(file, "/synapse/bytes");
  expect_round_trip<char>(file, "/synapse/message");
  expect_round_trip<double>(file, "/synapse/cell");
}

TEST_F(OpenResultsFile, WritesOnlyTheBlockItIsGiven) {
  auto file = for_writing();
  const auto values = counting<double>(4);
  file.write<double>("/synapse/magnetization", {1, 2, 1}, {1, 2, 2}, values);
  const auto whole = file.read<double>("/synapse/magnetization", {1, 0, 0}, {1, 5, 3});
  EXPECT_THAT(whole, ElementsAre(0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 3, 4, 0, 0, 0));
  EXPECT_THAT(file.read<double>("/synapse/magnetization", {1, 2, 1}, {1, 2, 2}), ElementsAreArray(values));
}

TEST_F(OpenResultsFile, TakesABlockWithoutElements) {
  auto file = for_writing();
  EXPECT_NO_THROW(file.write<double>("/synapse/magnetization", {6, 0, 0}, {0, 5, 3}, {}));
  EXPECT_TRUE(file.read<double>("/synapse/magnetization", {6, 0, 0}, {0, 5, 3}).empty());
}

TEST_F(OpenResultsFile, IsReadWhileItIsWritten) {
  auto file = for_writing();
  const auto reader = ResultsFile::open_for_reading(path_);
  file.write_text("/synapse/message", 3, "step size too small: 1e-18 s and then too much text to fit");
  file.write<std::int8_t>("/synapse/status", {3}, {1}, std::vector{static_cast<std::int8_t>(CaseStatus::failed)});
  EXPECT_EQ(reader.read<std::int8_t>("/synapse/status", {3}, {1}).at(0), static_cast<std::int8_t>(CaseStatus::failed));
  EXPECT_EQ(reader.read_text("/synapse/message", 3), "step size too small: 1e-18 s and then to");
}

TEST_F(OpenResultsFile, KeepsItsRowsWhenClosedAndOpenedAgain) {
  const auto values = counting<double>(15);
  {
    auto file = for_writing();
    file.write<double>("/synapse/magnetization", {5, 0, 0}, {1, 5, 3}, values);
    file.write<std::int8_t>("/synapse/status", {5}, {1}, std::vector{static_cast<std::int8_t>(CaseStatus::done)});
    file.close();
  }
  auto again = for_writing();
  EXPECT_THAT(again.read<double>("/synapse/magnetization", {5, 0, 0}, {1, 5, 3}), ElementsAreArray(values));
  EXPECT_THAT(again.read<std::int8_t>("/synapse/status"), ElementsAre(0, 0, 0, 0, 0, 2));
}

TEST_F(OpenResultsFile, RefusesABlockOutsideTheVariable) {
  auto file = for_writing();
  const auto values = counting<double>(30);
  EXPECT_THAT(
      [&] {
        file.write<double>("/synapse/magnetization", {5, 0, 0}, {2, 5, 3}, values);
      },
      ThrowsMessage<EnvironmentError>(
          StrEq(path_ + ":/synapse/magnetization: the block of (2, 5, 3) elements from (5, 0, 0) on is not "
                        "inside its shape (6, 5, 3)")));
  EXPECT_THAT([&] { file.write<double>("/synapse/magnetization", {5}, {1}, values); },
              ThrowsMessage<EnvironmentError>(HasSubstr("is not inside its shape (6, 5, 3)")));
  EXPECT_THAT(
      [&] {
        (void)file.read<double>("/synapse/magnetization", {~0ULL, 0, 0}, {2, 5, 3});
      },
      ThrowsMessage<EnvironmentError>(HasSubstr("is not inside its shape")));
}

TEST_F(OpenResultsFile, RefusesAnotherTypeSizeOrName) {
  auto file = for_writing();
  const auto values = counting<double>(3);
  EXPECT_THAT([&] { file.write<double>("/synapse/steps", {0}, {3}, values); },
              ThrowsMessage<EnvironmentError>(StrEq(path_ + ":/synapse/steps: holds int32, not float64")));
  EXPECT_THAT([&] { file.write<double>("/synapse/final_conductance", {0}, {2}, values); },
              ThrowsMessage<EnvironmentError>(HasSubstr("3 elements were given for a block of (2)")));
  EXPECT_THAT([&] { (void)file.read<double>("/synapse/energy"); },
              ThrowsMessage<EnvironmentError>(StrEq(path_ + ":/synapse/energy: no such variable")));
  EXPECT_THAT([&] { (void)file.read<double>("/synapse"); },
              ThrowsMessage<EnvironmentError>(HasSubstr(":/synapse: not a variable")));
}

TEST_F(OpenResultsFile, RefusesAttributesThatAreMissingOrOfAnotherKind) {
  const auto file = ResultsFile::open_for_reading(path_);
  EXPECT_TRUE(file.has_attribute("/synapse", "device"));
  EXPECT_FALSE(file.has_attribute("/synapse", "colour"));
  EXPECT_THAT([&] { (void)file.text_attribute("/synapse", "colour"); },
              ThrowsMessage<EnvironmentError>(StrEq(path_ + ":/synapse: the attribute colour is missing")));
  EXPECT_THAT([&] { (void)file.text_attribute("/synapse", "replicas"); },
              ThrowsMessage<EnvironmentError>(HasSubstr("the attribute replicas is not one string")));
  EXPECT_THAT([&] { (void)file.number_attribute("/synapse", "device"); },
              ThrowsMessage<EnvironmentError>(HasSubstr("the attribute device is not a number")));
  EXPECT_THAT([&] { (void)file.number_attribute("/nothing", "device"); },
              ThrowsMessage<EnvironmentError>(HasSubstr(":/nothing: no such group or variable")));
}

TEST_F(OpenResultsFile, ForReadingIsNotWritten) {
  auto file = ResultsFile::open_for_reading(path_);
  EXPECT_THAT([&] { file.write_text("/synapse/message", 0, "no"); },
              ThrowsMessage<EnvironmentError>(HasSubstr("/synapse/message: could not be written (HDF5: ")));
}

TEST_F(OpenResultsFile, CopiesTheBytesOfABlockFromAnotherFile) {
  create(folder_.file("other.h5"), samples::sample_schema());
  auto source = ResultsFile::open_for_writing(folder_.file("other.h5"), world_);
  auto target = for_writing();
  source.write_text("/synapse/message", 4, "diverged");
  const Extent row = {1, samples::message_length};
  target.write_bytes("/synapse/message", {1, 0}, row, source.read_bytes("/synapse/message", {4, 0}, row));
  EXPECT_EQ(target.read_text("/synapse/message", 1), "diverged");
  EXPECT_EQ(target.read_bytes("/synapse/message", {1, 0}, {1, 8}).size(), 8U);
}

}  // namespace
}  // namespace spinsweep::store
