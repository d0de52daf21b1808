#pragma once

#include <string>

#include "base/key.hpp"
#include "network/device_noise.hpp"
#include "network/in_situ_settings.hpp"
#include "network/mapping.hpp"
#include "network/schedule.hpp"

namespace spinsweep::network {

/// The network that fine-tuning starts from: the quantised one, or that with its biases corrected.
enum class FineTuneStart { ptq, bias_corrected };

/// The errors that quantisation-aware training draws in every step: none, or those of writing to the device.
enum class QatNoise { none, device };

/// Settings that a deployment can have of its own; those of [network] hold for all others.
struct DeploymentSettings {
  double percentile = 99.9;
  Biases biases = Biases::digital;
  int fine_tune_epochs = 5;
  double fine_tune_learning_rate = 1e-2;
  Schedule fine_tune_schedule = Schedule::cosine;
  FineTuneStart fine_tune_start = FineTuneStart::bias_corrected;
  int qat_epochs = 14;
  double qat_learning_rate = 1e-3;
  QatNoise qat_noise = QatNoise::none;
  JumpTableFiles jump_table;
  InSituSettings in_situ;
  DeviceNoise noise;

  friend bool operator==(const DeploymentSettings&, const DeploymentSettings&) = default;

  static void declare(auto& key) {
    using D = DeploymentSettings;
    using keys::between, keys::positive;
    constexpr keys::Range count{1.0, 1e6};
    key("percentile", &D::percentile, "1", between(50.0, 100.0),
        "percentile of the magnitudes that bounds the mapping `percentile`");
    key("biases", &D::biases, {"digital", "own_range", "shared_range"},
        "biases of the quantised network; digital, on levels with a range of their own, or with that of the weights. "
        "`qat` has at least `own_range`");
    key("fine_tune_epochs", &D::fine_tune_epochs, "1", count,
        "epochs of fine-tuning; after quantisation, with free weights");
    key("fine_tune_learning_rate", &D::fine_tune_learning_rate, "1", positive, "learning rate of fine-tuning");
    key("fine_tune_schedule", &D::fine_tune_schedule, {"constant", "cosine"},
        "course of that learning rate; `cosine` falls to zero");
    key("fine_tune_start", &D::fine_tune_start, {"ptq", "bias_corrected"},
        "network that fine-tuning starts from; see [Fine-tuning](#fine-tuning)");
    key("qat_epochs", &D::qat_epochs, "1", count,
        "epochs of quantisation-aware training; every weight is on a level throughout");
    key("qat_learning_rate", &D::qat_learning_rate, "1", positive,
        "learning rate of that training at its start; it falls to zero along a cosine");
    key("qat_noise", &D::qat_noise, {"none", "device"},
        "errors that this training draws in every step; `device`: those of writing, as the keys below "
        "say, so that the network learns to bear them");
    key.table("jump_table", &D::jump_table);
    key.table("in_situ", &D::in_situ);
    key.table("", &D::noise);
  }
};

/// One way to put a trained network on a synapse.
struct Deployment {
  std::string name;     ///< "qat mse": the method, the mapping and its own settings
  std::string method;   ///< of methods.hpp
  std::string mapping;  ///< as Mapping reads it; empty if the method needs no levels
  DeploymentSettings settings = {};

  friend bool operator==(const Deployment&, const Deployment&) = default;
};

}  // namespace spinsweep::network
