#include "status/accuracy_table.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "layout/results_schema.hpp"
#include "store/create.hpp"
#include "store/temporary_folder.hpp"
#include "study/read_study.hpp"

namespace spinsweep::status {
namespace {

using testing::HasSubstr;

/// The table of a study in which one network of three classifies no image rightly, the others all.
std::string table_of(const study::Study& study) {
  const store::samples::TemporaryFolder folder;
  const std::string path = folder.file("results.h5");
  constexpr network::DataSetShape data_set = {.pixels = 4, .classes = 10, .test_images = 10'000};
  store::create(path, layout::results_schema(study, std::vector(study.network.datasets.size(), data_set), 1));
  auto file = store::ResultsFile::open_for_writing(path, parallel::Communicator(MPI_COMM_WORLD));
  for (const std::string variable :
       {"test_accuracy", "requantized_accuracy", "device_sample_accuracy", "baseline/control_accuracy"}) {
    const std::string name = "/network/" + variable;
    if (!file.exists(name)) {
      continue;
    }
    const store::Extent shape = file.shape(name);
    std::vector<double> values(file.read<double>(name).size());
    for (std::size_t k = 0; k < values.size(); ++k) {
      values[k] = k % 3 == 0 ? 0.0 : 1.0;
    }
    file.write<double>(name, store::Extent(shape.size(), 0), shape, values);
  }
  results::Results results(std::move(file), study, layout::results_table());
  std::string text = accuracy_table(results);
  results.file().close();
  return text;
}

/// UTF-8 continues a character with bytes from 0x80 to 0xbf.
std::ptrdiff_t columns(const std::string& line) {
  return std::count_if(line.begin(), line.end(),
                       [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U; });
}

TEST(AccuracyTable, OfSeveralSeedsOfEveryMethodFitsEightyColumns) {
  const std::string study =
      "[neuron]\n[neuron.sweep]\n\"pulse.current_density\" = [1e11, 2e11, 3e11, 4e11]\n[synapse]\n"
      "[synapse.sweep]\n\"notches.count\" = [5, 10]\n[network]\nseeds = 5\n";
  const std::string deployments =
      "[[network.deployment]]\nmethod = [\"ptq\", \"fine_tuned\", \"qat\"]\nmapping = \"mse+differential_pair\"\n";
  for (const std::string samples : {"", "device_samples = 3\ndevice_to_device_sigma = 0.1\n"}) {
    const std::string text = table_of(study::parse_study(study + samples + deployments, "study.toml"));
    EXPECT_THAT(text, HasSubstr("control"));
    EXPECT_THAT(text, HasSubstr("60.00±54.77")) << "the widest cell there is";
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(columns(line), 80) << line;
    }
  }
}

TEST(AccuracyTable, OfManySynapsesHasTheBestAndTheWorst) {
  const std::string study =
      "[neuron]\n[neuron.sweep]\n\"pulse.current_density\" = [1e11, 2e11, 3e11, 4e11]\n[synapse]\n"
      "[synapse.sweep]\n\"material.dmi\" = { from = 1e-3, to = 2e-3, count = COUNT }\n[network]\ndatasets = [\"a\"]\n"
      "[[network.deployment]]\nmethod = \"ptq\"\nmapping = \"mse\"\n";
  const auto of = [&](const std::string& count) {
    std::string text = study;
    return table_of(study::parse_study(text.replace(text.find("COUNT"), 5, count), "study.toml"));
  };
  const std::string all = of("12");
  EXPECT_THAT(all, Not(HasSubstr("worst")));
  EXPECT_THAT(all, HasSubstr("dmi 0.002;"));
  // Of [variant][fp32, ptq] every third number is 0, the others 1: ptq fails on variants 1, 4, 7, ...
  const std::string ends = of("21");
  EXPECT_THAT(ends, HasSubstr("the 3 best and the 3 worst of 21 synapses"));
  std::string listed;
  for (std::size_t place = ends.find("dmi "); place != std::string::npos; place = ends.find("dmi ", place + 1)) {
    const std::size_t end = ends.find_first_of(";\n", place);
    if (ends[end] == ';') {
      listed += ends.substr(place + 4, end - place - 4) + ' ';
    }
  }
  EXPECT_EQ(listed, "0.001 0.0011 0.00115 0.00165 0.0018 0.00195 ");
}

}  // namespace
}  // namespace spinsweep::status
