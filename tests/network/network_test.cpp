#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <numeric>
#include <ostream>
#include <random>
#include <set>

#include "base/error.hpp"
#include "network/backpropagation.hpp"
#include "network/evaluation.hpp"
#include "network/misclassified.hpp"
#include "network/model_file.hpp"
#include "network/one_rank.hpp"
#include "network/placement.hpp"
#include "network/trainer.hpp"

namespace spinsweep::network {
namespace {

/// Images of `classes` kinds: each class has a bright band of its own, with noise.
ImageSet bands(int count, int classes, bool shuffled_labels = false, unsigned seed = 5) {
  ImageSet set{.count = count, .height = 1, .width = 20, .images = {}, .labels = {}};
  std::mt19937 generator(seed);
  for (int k = 0; k < count; ++k) {
    const int label = k % classes;
    for (int pixel = 0; pixel < set.width; ++pixel) {
      const auto noise = static_cast<unsigned>(generator() % 102);
      set.images.push_back(static_cast<std::uint8_t>(noise + (pixel * classes / set.width == label ? 153U : 0U)));
    }
    set.labels.push_back(static_cast<std::uint8_t>(shuffled_labels ? generator() % static_cast<unsigned>(classes)
                                                                   : static_cast<unsigned>(label)));
  }
  return set;
}

/// A few images to compute a gradient of. nonzero: fraction of the pixels, %.
ImageSet speckles(int count, int pixels, int classes, unsigned nonzero) {
  ImageSet set{.count = count, .height = 1, .width = pixels, .images = {}, .labels = {}};
  std::mt19937 generator(1);
  for (int k = 0; k < count; ++k) {
    for (int pixel = 0; pixel < pixels; ++pixel) {
      set.images.push_back(static_cast<std::uint8_t>(generator() % 100 < nonzero ? 1 + generator() % 255 : 0));
    }
    set.labels.push_back(static_cast<std::uint8_t>(k % classes));
  }
  return set;
}

/// Summed loss of all images, and its gradient.
template <class Scalar>
double loss_and_gradient(Backpropagation<Scalar>& backpropagation, const Mlp<Scalar>& network, const TrainingSet& data,
                         AlignedVector<Scalar>& gradient) {
  const std::vector<ShardNode> whole = nodes_of_rank(1, 0);
  const std::vector<int> order = sample_order(data.count(), 1, 0);
  Batch<Scalar> batch;
  batch.prepare(data, order, whole, 3);
  gradient.assign(network.parameters().size(), Scalar(0));
  std::array<double, shard_count> losses{};
  Scalar* const target = gradient.data();
  backpropagation.run(network.parameters(), batch, whole, std::span(&target, 1), losses);
  return std::accumulate(losses.begin(), losses.end(), 0.0);
}

struct GradientCase {
  std::vector<int> sizes;
  unsigned nonzero = 0;  ///< fraction of the pixels, %
  Regularization regularization;
};

/// "5-9-6-3, 20 % nonzero pixels, label smoothing 0.2, dropout 0.3"
void PrintTo(const GradientCase& gradient, std::ostream* stream) {
  *stream << fmt::format("{}, {} % nonzero pixels, label smoothing {}, dropout {}", fmt::join(gradient.sizes, "-"),
                         gradient.nonzero, gradient.regularization.label_smoothing, gradient.regularization.dropout);
}

class Gradient : public testing::TestWithParam<GradientCase> {};

TEST_P(Gradient, AgreesWithFiniteDifferences) {
  Mlp<double> network(GetParam().sizes, Activation({0.8, 0.5, -0.3}));
  network.initialize(3);
  const TrainingSet data(speckles(21, network.sizes().front(), network.sizes().back(), GetParam().nonzero));
  EXPECT_EQ(data.is_dense(), GetParam().nonzero > 50);
  Backpropagation<double> backpropagation(network, GetParam().regularization);
  AlignedVector<double> gradient;
  AlignedVector<double> unused;
  loss_and_gradient(backpropagation, network, data, gradient);
  for (std::size_t k = 0; k < gradient.size(); ++k) {
    const double step = 1e-6;
    const double value = network.parameters()[k];
    network.parameters()[k] = value + step;
    const double above = loss_and_gradient(backpropagation, network, data, unused);
    network.parameters()[k] = value - step;
    const double below = loss_and_gradient(backpropagation, network, data, unused);
    network.parameters()[k] = value;
    EXPECT_NEAR(gradient[k], (above - below) / (2 * step), 1e-6 * (1.0 + std::abs(gradient[k]))) << "parameter " << k;
  }
}

INSTANTIATE_TEST_SUITE_P(OfNetworks, Gradient,
                         testing::Values(GradientCase{{5, 4, 3, 3}, 70, {}}, GradientCase{{6, 3}, 70, {}},
                                         GradientCase{{7, 37, 10}, 90, {}}, GradientCase{{13, 37, 10}, 25, {}},
                                         GradientCase{{5, 9, 6, 3}, 20, {.label_smoothing = 0.2, .dropout = 0.3}},
                                         GradientCase{{5, 9, 6, 3}, 80, {.label_smoothing = 0.2, .dropout = 0.3}}));

TEST(FirstLayer, OfAllPixelsHasExactlyTheValuesThatTheNonzeroPixelsGive) {
  Mlp<float> network({50, 150, 3}, Activation({1.0}));
  network.initialize(3);
  const std::vector<ShardNode> whole = nodes_of_rank(1, 0);
  const auto first_layer = [&](bool dense, const auto& values_of, const auto& gradients_of) {
    const TrainingSet data(speckles(23, 50, 3, 80), dense);
    Batch<float> batch;
    batch.prepare(data, sample_order(data.count(), 1, 0), whole, 0);
    AlignedVector<float> values(std::size_t{23} * 150);
    values_of(batch, network.weights(0).data(), network.biases(0).data(), 150, values.data());
    AlignedVector<float> gradients(std::size_t{50} * 150);
    float* const target = gradients.data();
    gradients_of(batch, values.data(), 150, whole, std::span(&target, 1));
    return std::pair(values, gradients);
  };
  EXPECT_EQ(first_layer(true, dense_first_layer_values<float>, dense_first_layer_gradients<float>),
            first_layer(false, first_layer_values<float>, first_layer_gradients<float>));
}

TEST(Activation, IsZeroBelowZeroThePolynomialUpToOneAndStraightBeyond) {
  const Activation f({0.8, 0.5, -0.3});
  EXPECT_EQ(f(-0.5).first, 0.0);
  EXPECT_NEAR(f(0.5).first, 0.4 + 0.125 - 0.0375, 1e-15);
  EXPECT_NEAR(f(1.0).first, 1.0, 1e-15);
  EXPECT_NEAR(f(3.0).first, 1.0 + 2.0 * 0.9, 1e-12);
  EXPECT_NEAR(f(3.0).second, 0.9, 1e-12);
}

TEST(Training, LowersTheLossOnEverySeedAndLearnsTheClasses) {
  const ImageSet images = bands(600, 4);
  const TrainingSet data(images);
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    Mlp<float> network({20, 16, 4}, Activation({1.0}));
    network.initialize(seed);
    const auto losses =
        train(network, data, {.epochs = 8, .batch_size = 32, .learning_rate = 3e-3, .seed = seed}, one_rank());
    EXPECT_LT(losses.back(), 0.5 * losses.front());
    EXPECT_GT(evaluate(network, images, 4, one_rank()).accuracy, 0.95);
  }
}

TEST(Training, OnShuffledLabelsStaysAtChance) {
  constexpr int classes = 10;
  constexpr unsigned runs = 25;
  const ImageSet test = bands(1000, classes, false, 99);
  const auto accuracy_after_training_on = [&](const ImageSet& images, unsigned seed) {
    Mlp<float> network({20, 16, classes}, Activation({1.0}));
    network.initialize(seed);
    train(network, TrainingSet(images), {.epochs = 4, .batch_size = 32, .learning_rate = 3e-3, .seed = seed},
          one_rank());
    return evaluate(network, test, classes, one_rank()).accuracy;
  };
  EXPECT_GT(accuracy_after_training_on(bands(2000, classes), 1), 0.95);
  double sum = 0.0;
  for (unsigned seed = 1; seed <= runs; ++seed) {
    sum += accuracy_after_training_on(bands(2000, classes, true, seed), seed);
  }
  // The images of a class look alike and are predicted together: a run is as many draws as there are classes.
  const double deviation = std::sqrt(0.1 * 0.9 / (classes * runs));
  EXPECT_NEAR(sum / runs, 0.1, 3.0 * deviation);
}

TEST(Training, ThatDivergesEndsWithItsReason) {
  Mlp<float> network({20, 16, 4}, Activation({1.0}));
  network.initialize(1);
  EXPECT_THAT([&] { train(network, TrainingSet(bands(600, 4)), {.learning_rate = 1e38}, one_rank()); },
              testing::ThrowsMessage<SimulationError>(testing::HasSubstr("diverged in epoch 1")));
}

TEST(Training, VisitsEverySampleOncePerEpochInAnOrderOfItsOwn) {
  const auto first = sample_order(100, 7, 0);
  EXPECT_EQ(std::set<int>(first.begin(), first.end()).size(), 100U);
  EXPECT_NE(first, sample_order(100, 7, 1));
  EXPECT_EQ(first, sample_order(100, 7, 0));
}

TEST(Misclassified, AreTheFirstImagesWhosePredictionIsNotTheirLabelAsTheConfusionMatrixCountsThem) {
  const ImageSet data = bands(1200, 4, true);
  Mlp<float> network({20, 8, 4}, Activation({1.0}));
  network.initialize(2);
  const auto confusion = evaluate(network, data, 4, one_rank()).confusion;
  const auto all = first_misclassified(network, data, 1200);
  std::vector<std::int64_t> counted(16, 0);
  for (const Misclassified& image : all) {
    EXPECT_EQ(image.label, data.labels[static_cast<std::size_t>(image.image)]);
    ++counted[static_cast<std::size_t>(image.label * 4 + image.prediction)];
  }
  for (std::size_t cell = 0; cell < 16; ++cell) {
    EXPECT_EQ(counted[cell], cell % 5 == 0 ? 0 : confusion[cell]) << "cell " << cell;
  }
  EXPECT_THAT(first_misclassified(network, data, 3), testing::ElementsAre(all[0], all[1], all[2]));
}

TEST(ParameterLayout, PlacesEveryBlockOnABoundaryBehindTheOneBefore) {
  const ParameterLayout layout({20, 17, 3});
  EXPECT_EQ(layout.bias_offset(0), 352U) << "340 weights";
  EXPECT_EQ(layout.weight_offset(1), 384U) << "17 biases";
  EXPECT_EQ(layout.bias_offset(1), 448U) << "51 weights";
  EXPECT_EQ(layout.parameter_count(), 464U) << "3 biases";
  EXPECT_EQ(Mlp<float>({20, 17, 3}, Activation({1.0})).parameters().size(), 464U);
}

TEST(ParameterLayout, RefusesLayersThatAreNoNetwork) {
  EXPECT_THROW(ParameterLayout({}), InputError);
  EXPECT_THROW(ParameterLayout({20}), InputError);
  EXPECT_THROW(ParameterLayout({20, 0, 3}), InputError);
  EXPECT_THROW(ParameterLayout({20, -4, 3}), InputError);
}

TEST(ParameterLayout, RefusesMoreParametersThanMemoryCanAddress) {
  const int largest = std::numeric_limits<int>::max();
  EXPECT_THROW(ParameterLayout({largest, largest, largest, largest, largest, largest}), InputError);
}

TEST(ModelFile, GivesTheSamePredictionsBackAndRefusesEveryDamage) {
  Mlp<float> network({20, 6, 3}, Activation({0.9, 0.1}));
  network.initialize(1);
  const std::string bytes = save_model(network);
  EXPECT_EQ(model_bytes(network.layout(), network.activation().coefficients().size()), bytes.size());
  const Mlp<float> loaded = load_model(bytes);
  const ImageSet data = bands(10, 3);
  EXPECT_TRUE(std::equal(network.parameters().begin(), network.parameters().end(), loaded.parameters().begin()));
  EXPECT_EQ(evaluate(network, data, 3, one_rank()).confusion, evaluate(loaded, data, 3, one_rank()).confusion);
  for (std::size_t k = 0; k < bytes.size(); k += 7) {
    std::string damaged = bytes;
    damaged[k] = static_cast<char>(damaged[k] ^ 0x20);
    EXPECT_THROW((void)load_model(damaged), EnvironmentError) << "byte " << k;
    EXPECT_THROW((void)load_model(bytes.substr(0, k)), EnvironmentError) << "length " << k;
  }
}

class IdxFiles : public testing::Test {
 protected:
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("spinsweep-idx-" + std::to_string(getpid()));
  std::string images = std::string("\0\0\x08\x03\0\0\0\x02\0\0\0\x01\0\0\0\x03", 16) + std::string(6, '\x10');
  std::string labels = std::string("\0\0\x08\x01\0\0\0\x02", 8) + std::string("\0\x01", 2);

  void SetUp() override { std::filesystem::create_directories(folder); }
  void TearDown() override { std::filesystem::remove_all(folder); }

  std::string complaint() {
    for (const std::string part : {"train", "t10k"}) {
      std::ofstream(folder / (part + "-images-idx3-ubyte"), std::ios::binary) << images;
      std::ofstream(folder / (part + "-labels-idx1-ubyte"), std::ios::binary) << labels;
    }
    try {
      (void)read_data_set(folder, "small");
    } catch (const EnvironmentError& error) {
      return error.what();
    }
    return "";
  }
};

TEST_F(IdxFiles, AreReadWithTheirShape) {
  EXPECT_EQ(complaint(), "");
  const DataSet data = read_data_set(folder, "small");
  EXPECT_EQ(data.classes, 2);
  EXPECT_EQ(data.train.pixels(), 3);
  EXPECT_FLOAT_EQ(pixel_value(data.train.images[5]), 16.0F / 255.0F);
}

TEST_F(IdxFiles, AWrongMagicNumberIsRefusedByFileName) {
  images[3] = 1;
  EXPECT_THAT(complaint(), testing::HasSubstr("train-images-idx3-ubyte: its magic number is 2049"));
}

TEST_F(IdxFiles, AFileThatIsTooShortOrTooLongIsRefused) {
  images.pop_back();
  EXPECT_THAT(complaint(), testing::HasSubstr("ends 1 bytes early"));
  images += "xyz";
  EXPECT_THAT(complaint(), testing::HasSubstr("continues after"));
}

TEST_F(IdxFiles, AnAbsurdSizeIsRefusedBeforeMemoryIsTaken) {
  images[4] = '\x7f';
  EXPECT_THAT(complaint(), testing::HasSubstr("its header declares"));
}

TEST_F(IdxFiles, AnotherNumberOfLabelsThanImagesIsRefused) {
  labels[7] = 1;
  labels.pop_back();
  EXPECT_THAT(complaint(), testing::HasSubstr("holds 1 labels for the 2 images"));
}

TEST_F(IdxFiles, ATestLabelThatNoTrainingImageHasIsRefused) {
  EXPECT_EQ(complaint(), "");
  labels.back() = 9;
  std::ofstream(folder / "t10k-labels-idx1-ubyte", std::ios::binary) << labels;
  try {
    (void)read_data_set(folder, "small");
    FAIL();
  } catch (const EnvironmentError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("has the label 9"));
  }
}

TEST(TrainingSteps, AreCountedAndRefusedWhereAnIntCannotCountThem) {
  EXPECT_EQ(training_steps(60000, 6, 64), 6 * 938);
  EXPECT_EQ(training_steps(std::numeric_limits<int>::max(), 1, 1'000'000), 2148);
  EXPECT_THROW((void)training_steps(60000, 1'000'000, 1), InputError);
}

}  // namespace
}  // namespace spinsweep::network
