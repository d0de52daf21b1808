#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "micromagnetics/ovf.hpp"
#include "study/parameter.hpp"
#include "study/read_study.hpp"

namespace spinsweep::study {
namespace {

struct Mistake {
  const char* text;
  const char* place;   ///< line:column
  const char* phrase;  ///< part of the message
};

void PrintTo(const Mistake& mistake, std::ostream* out) {
  *out << mistake.text;
}

class SweepFileMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(SweepFileMistakes, AreReportedWithLineColumnAndWhatWasExpected) {
  const Mistake& mistake = GetParam();
  try {
    (void)parse_study(mistake.text, "study.toml");
    FAIL() << "accepted: " << mistake.text;
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), testing::StartsWith(std::string("study.toml:") + mistake.place + ":")) << mistake.text;
    EXPECT_THAT(error.what(), testing::HasSubstr(mistake.phrase)) << mistake.text;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, SweepFileMistakes,
    testing::Values(
        Mistake{"[synapse\n", "1:9", ""}, Mistake{"", "1:1", "there is no case"},
        Mistake{"[synaps]\n", "1:2", "did you mean synapse?"}, Mistake{"synapse = 3\n", "1:11", "expected a table"},
        Mistake{"[synapse]\nlenght = 1e-6\n", "2:1", "did you mean length?"},
        Mistake{"[synapse]\nlength = \"long\"\n", "2:10", "length is text, expected a number"},
        Mistake{"[synapse]\nlength = nan\n", "2:10", "not finite"},
        Mistake{"[synapse]\nlength = inf\n", "2:10", "not finite"},
        Mistake{"[synapse]\nlength = -1e-6\n", "2:10", "expected a positive number"},
        Mistake{"[synapse]\ncell = 0\n", "2:8", "expected a positive number"},
        Mistake{"[synapse]\ncell = 7e-9\n", "2:8", "not a whole number of cells"},
        Mistake{"[synapse]\ncell = 150e-9\n", "2:8", "fewer than 2 cells"},
        Mistake{"[synapse]\ncell = 1e-12\n", "2:8", "more than 20000"},
        Mistake{"[synapse]\ninitial_wall = { positon = 1e-7 }\n", "2:18", "did you mean position?"},
        Mistake{"[synapse]\ninitial_wall = { relax = 1 }\n", "2:26", "expected true or false"},
        Mistake{"[synapse]\ninitial_wall = { position = 2e-6 }\n", "2:29", "outside the track"},
        Mistake{"[synapse]\ninitial_wall = 3\n", "2:16", "must be a table"},
        Mistake{"[synapse]\nnotches = { count = 2.5 }\n", "2:21", "expected a whole number"},
        Mistake{"[synapse]\nnotches = { count = -1 }\n", "2:21", "expected 0 to"},
        Mistake{"[synapse]\nnotches = { first = 1400e-9 }\n", "2:21", "outside the track"},
        Mistake{"[synapse]\nnotches = { pitch = 10e-9 }\n", "2:21", "overlap"},
        Mistake{"[synapse]\nnotches = { diameter = 150e-9 }\n", "2:24", "leave no path for the wall"},
        Mistake{"[synapse]\nnotches = { shape = \"circle\" }\n", "2:21", "expected one of: semicircle, triangle"},
        Mistake{"[synapse]\nnotches = { width = 0 }\n", "2:21", "expected a positive number"},
        Mistake{"[synapse]\nnotches = { depth = 74e-9 }\n", "2:21", "expected at most 7.35e-08 m"},
        Mistake{"[synapse]\nnotches = { side = \"upper\", depth = 148e-9 }\n", "2:37",
                "a notch 1.48e-07 m deep leaves"},
        Mistake{"[synapse]\nnotches = { depth_growth = 2 }\n", "2:28", "leave no path for the wall"},
        Mistake{"[synapse]\nnotches = { depth = -2e-6 }\n", "2:21", "higher than the track of 1.5e-07 m is wide"},
        Mistake{"[synapse]\nnotches = { width = 301e-9 }\n", "2:21", "overlap"},
        Mistake{"[synapse]\nnotches = { side = \"alternating\", width = 601e-9 }\n", "2:43", "6e-07 m apart on one"},
        Mistake{"[synapse]\nnotches.list = 3\n", "2:16", "must be a list of tables"},
        Mistake{"[synapse]\nnotches.list = [3]\n", "2:17", "notches.list[0] is a number, expected a table"},
        Mistake{"[synapse]\nnotches.list = [{ x = 1e-7 }, { depth = 1e-8 }]\n", "2:31", "notches.list[1] has no x"},
        Mistake{"[synapse]\nnotches.list = [{ x = 1e-7, deph = 1e-8 }]\n", "2:29", "did you mean depth?"},
        Mistake{"[synapse]\nnotches.list = [{ x = 1e-7, side = \"alternating\" }]\n", "2:36",
                "notches.list[0].side is \"alternating\", expected one of: both, upper, lower"},
        Mistake{"[synapse]\nnotches.list = [{ x = 2e-6 }]\n", "2:16", "a notch at 2e-06 m lies outside"},
        Mistake{"[synapse]\nnotches.list = [{ x = 3e-7, depth = 80e-9 }]\n", "2:16", "leave no path for the wall"},
        Mistake{"[synapse]\nnotches.list = [{ x = 3e-7, side = \"upper\" }, { x = 315e-9 }]\n", "2:16", "overlap"},
        Mistake{"[synapse]\nnotches.list = [{ x = 300e-9, depth = 90e-9, side = \"upper\" }, { x = 310e-9, depth = "
                "90e-9, side = \"lower\" }]\n",
                "2:16", "no path for the wall from the left end"},
        Mistake{"[synapse]\nnotches = { count = 2, list = [{ x = 3e-7 }] }\n", "2:21",
                "changes nothing beside notches.list"},
        Mistake{"[synapse]\nnotches = { list = [{ x = 3e-7 }] }\n[synapse.sweep]\nnotches.pitch = [1e-7, 2e-7]\n",
                "2:20", "sweeping synapse.notches.pitch changes nothing"},
        Mistake{"[synapse]\nnotches = { count = 1, width = 1.6e-6 }\n", "2:32", "wider than the track"},
        Mistake{"[synapse]\ndisorder.roughness.deviation = 16e-9\n", "2:32", "expected at most 1.5e-08 m"},
        Mistake{"[synapse]\ndisorder.roughness.deviation = -1e-9\n", "2:32", "expected 0 or more"},
        Mistake{"[synapse]\ndisorder.grains.size = 2e-9\n", "2:24", "smaller than a cell of 3e-09 m"},
        Mistake{"[synapse]\ndisorder.defects.density = 2e17\n", "2:28", "more than one for each cell"},
        Mistake{"[synapse]\ndisorder.grain.size = 2e-8\n", "2:10", "did you mean grains?"},
        Mistake{"[synapse]\nprofile = { from = 5e-7, to = 4e-7 }\n", "2:31", "expected from <= to"},
        Mistake{"[synapse]\ngate = { from = 5e-7, to = 2e-6 }\n", "2:28", "inside the track of 1.5e-06 m"},
        Mistake{"[synapse]\ngate.anisotropy_change = 1e5\n", "2:26", "the gate changes nothing"},
        Mistake{"[synapse]\nheating = true\n", "2:11", "at material.temperature = 0 there is no noise"},
        Mistake{"[synapse]\ncurrent = \"crowd\"\n", "2:11", "expected one of: uniform, crowded"},
        Mistake{"[synapse]\ninitial_wall.list = [{ x = 3e-7 }, { x = 3.1e-7 }]\n", "2:21", "overlap"},
        Mistake{"[synapse]\ninitial_wall.list = [{ x = 2e-6 }]\n", "2:21", "lies outside the track"},
        Mistake{"[synapse]\nedge = \"soft\"\n", "2:8", "expected one of: staircase, smooth"},
        Mistake{"[synapse]\nwidth_end = 3e-9\n", "2:13", "1 cells of 3e-09 m, expected 2 to"},
        Mistake{"[synapse]\nwidth_end = 9e-8\nwidth_profile = \"step\"\nwidth_step = 15e-7\n", "4:14",
                "outside the track"},
        Mistake{"[synapse.sweep]\nnotches.shape = [\"semicircle\", \"circle\"]\n", "2:32", "expected one of"},
        Mistake{"[synapse.sweep]\nnotches.shape = [1, 2]\n", "2:18", "a number, expected text"},
        Mistake{"[synapse.sweep]\nnotches.shape = [\"cosine\", \"cosine\"]\n", "2:28", "has the value cosine twice"},
        Mistake{"[synapse.sweep]\nnotches.shape = { from = 0, to = 2, step = 1 }\n", "2:17",
                "must be a list of some of"},
        Mistake{"[neuron]\nmtj.window = { from = 1e-7, to = 6e-7 }\n", "2:34", "outside the track"},
        Mistake{"[neuron]\nmtj.window = { from = 3e-7, to = 2e-7 }\n", "2:34", "narrower than a cell"},
        Mistake{"[neuron]\ncell = 1e-9\nmtj.window = { from = 38.5e-9, to = 39.5e-9 }\n", "3:37",
                "no cell of 1e-09 m has its"},
        Mistake{"[synapse]\nmtj.window = { from = 1e-7 }\n", "2:5", "unknown key window"},
        Mistake{"[neuron]\nmtj = { resistance_parallel = 2e4 }\n", "2:31", "must be below the antiparallel"},
        Mistake{"[neuron]\npulse = { duration = 0 }\n", "2:22", "expected a positive number"},
        Mistake{"[solver]\nranks_per_case = 0\n[synapse]\n", "2:18", "expected 1 to"},
        Mistake{"[solver]\nranks_per_case = 1.5\n[synapse]\n", "2:18", "whole number"},
        Mistake{"[solver]\nranks_per_case = \"all\"\n[synapse]\n", "2:18", "expected a"},
        Mistake{"[solver]\nranks_per_case = 51\n[synapse]\n", "2:18", "only 50 rows of cells"},
        Mistake{"[solver]\nranks_per_cas = 2\n[synapse]\n", "2:1", "did you mean ranks_per_case?"},
        Mistake{"[neuron]\noutput = { interval = 1e-6 }\n", "2:23", "do not fit"},
        Mistake{"[neuron]\noutput = { interval = 1e-18 }\n", "2:23", "more than a million"},
        Mistake{"[neuron]\noutput = { snapshots = 1 }\n", "2:24", "expected 2 to"},
        Mistake{"[material]\ndamping = 0\n[neuron]\n", "2:11", "expected a positive number"},
        Mistake{"[material]\ntemperature = -1\n[neuron]\n", "2:15", "expected 0 or more"},
        Mistake{"[material]\nMs = 1e6\n[neuron]\n", "2:1", "unknown key Ms"},
        Mistake{"[synapse]\nmaterial.dni = 1e-3\n", "2:10", "did you mean dmi?"},
        Mistake{"[synapse]\nsolver.tolerance = 1e-3\n", "2:1", "unknown key solver"},
        Mistake{"[synapse.sweep]\n\"initial_wall.relax\" = [1]\n", "2:24",
                "cannot be swept, only numbers and choices can"},
        Mistake{"[synapse.sweep]\n\"initial_wall.width\" = [0]\n", "2:25", "expected a positive number"},
        Mistake{"[synapse]\ninitial_wall.file = \"\"\n", "2:21", "is empty"},
        Mistake{"[solver]\ntolerance = 1\n[neuron]\n", "2:13", "expected 1e-10 to 0.01"},
        Mistake{"[solver]\nranks = 1\n[neuron]\n", "2:1", "unknown key ranks"},
        Mistake{"[study]\nseed = -1\n[neuron]\n", "2:8", "expected 0 to"},
        Mistake{"[study]\nname = 3\n[neuron]\n", "2:8", "expected text"},
        Mistake{"[neuron]\n[neuron.sweep]\n\"pulse.curent_density\" = [1]\n", "3:1",
                "did you mean pulse.current_density?"},
        Mistake{"[neuron]\n[neuron.sweep]\n\"material.dmi\" = []\n", "3:18", "no cases"},
        Mistake{"[neuron]\n[neuron.sweep]\n\"material.dmi\" = [1e-3, 1e-3]\n", "3:25", "twice"},
        Mistake{"[neuron]\n[neuron.sweep]\n\"material.dmi\" = \"all\"\n", "3:18", "must be a list"},
        Mistake{"[neuron]\n[neuron.sweep]\n\"material.dmi\" = { from = 1, to = 2 }\n", "3:18", "either step or count"},
        Mistake{"[neuron]\n[neuron.sweep]\n\"material.dmi\" = { from = 2, to = 1, count = 2 }\n", "3:18", "from <= to"},
        Mistake{"[neuron]\n[neuron.sweep]\n\"material.dmi\" = { from = 1, to = 2, step = 0 }\n", "3:45",
                "positive number"},
        Mistake{"[neuron]\n[neuron.sweep]\n\"material.dmi\" = { from = 0, to = 2, count = 3, log = true }\n", "3:18",
                "must be positive"},
        Mistake{"[neuron]\n[neuron.sweep]\n\"material.dmi\" = { bisect = 1 }\n", "3:18", "cannot be bisected"},
        Mistake{"[synapse]\n[synapse.sweep]\n\"notches.count\" = [1.5]\n", "3:20", "whole number"},
        Mistake{"[synapse]\n[synapse.sweep]\n\"notches.count\" = [5, 100]\n", "3:19", "overlap"},
        Mistake{"[neuron]\n[neuron.sweep]\nzip = [[\"width\"]]\n", "3:8", "not an axis"},
        Mistake{"[neuron]\n[neuron.sweep]\n\"material.dmi\" = [1, 2]\n\"initial_wall.width\" = [1e-8]\nzip = "
                "[[\"material.dmi\", \"initial_wall.width\"]]\n",
                "5:8", "zip ties"},
        Mistake{"[neuron]\n[neuron.sweep]\n\"material.dmi\" = { from = 1, to = 2, step = 1, log = true }\n", "3:18",
                "needs count, not step"},
        Mistake{"[neuron]\n[neuron.sweep]\nsample = 3\n", "3:10", "expected a table"},
        Mistake{"[neuron]\n[neuron.sweep]\nsample = { method = \"sobol\" }\n", "3:10", "needs method and count"},
        Mistake{"[neuron]\n[neuron.sweep]\nsample = { method = \"dice\", count = 4 }\n", "3:21", "expected one of"},
        Mistake{"[neuron]\n[neuron.sweep]\nsample = { method = \"sobol\", count = 0 }\n", "3:38", "expected 1 to"},
        Mistake{"[neuron]\n[neuron.sweep]\nsample = { methid = \"sobol\", count = 4 }\n", "3:12",
                "did you mean method?"},
        Mistake{"[neuron]\n[neuron.sweep]\n\"material.dmi\" = [1]\nsample = { method = \"sobol\", count = 4 }\n",
                "4:10", "no axis to draw"},
        Mistake{
            "[neuron]\n[neuron.sweep]\n\"material.dmi\" = { from = 1, to = 2 }\n\"initial_wall.width\" = [1e-8]\nzip = "
            "[[\"material.dmi\", \"initial_wall.width\"]]\nsample = { method = \"sobol\", count = 1 }\n",
            "5:8", "which is sampled"},
        Mistake{"[synapse]\n[network]\n", "2:1", "needs one kind of neuron"},
        Mistake{"[synapse]\n[neuron]\n[network]\nepochs = 0\n", "4:10", "expected 1 to"},
        Mistake{"[synapse]\n[neuron]\n[network]\nepochs = 9223372036854775807\n", "4:10", "expected 1 to"},
        Mistake{"[synapse]\nnotches = { count = -9223372036854775808 }\n", "2:21", "expected 0 to"},
        Mistake{"[synapse]\ncell = 9223372036854775807\n", "2:8", "cell"},
        Mistake{"[synapse]\n[neuron]\n[[network.deployment]]\nmethod = \"ptq\"\nmapping = \"odd\"\n", "5:11",
                "expected one of"},
        Mistake{"[synapse]\n[neuron]\n[network]\nmapping = \"max_abs\"\n", "4:1",
                "it is called mapping of [[network.deployment]] now"},
        Mistake{"[synapse]\n[neuron]\n[network]\nschemes = [\"ptq\"]\n", "4:1",
                "it is called method of [[network.deployment]] now"},
        Mistake{"[synapse]\n[neuron]\n[network]\ndeployment = \"ptq\"\n", "4:14", "must be a list of tables"},
        Mistake{"[synapse]\n[neuron]\n[[network.deployment]]\nmapping = \"mse\"\n", "3:1", "needs a method"},
        Mistake{"[synapse]\n[neuron]\n[[network.deployment]]\nmethod = \"int8\"\n", "4:10", "expected some of: fp32"},
        Mistake{"[synapse]\n[neuron]\n[[network.deployment]]\nmethod = \"ptq\"\nhidden = 3\n", "5:1",
                "unknown key hidden"},
        Mistake{"[synapse]\n[neuron]\n[[network.deployment]]\nmethod = \"ptq\"\n[[network.deployment]]\nmethod = "
                "\"ptq\"\n",
                "5:1", "the deployment \"ptq mse\" is given twice"},
        Mistake{"[synapse]\n[neuron]\n[network]\nhidden = [0]\n", "4:11", "expected 1 to"},
        Mistake{"[synapse]\n[neuron]\n[network]\nretention = \"invented\"\n", "4:13", "none, simulated"},
        Mistake{"[synapse]\n[neuron]\n[network]\nfine_tune_start = \"fp32\"\n", "4:19", "ptq, bias_corrected"},
        Mistake{"[synapse]\n[neuron]\n[network]\nfine_tune_schedule = \"step\"\n", "4:22", "constant, cosine"},
        Mistake{"[synapse]\n[neuron]\n[network]\ndatasets = []\n", "4:12", "at least one"},
        Mistake{"[synapse.sweep]\n\"material.dmi\" = { from = 1e-3, to = 1e-3, count = 3 }\n", "2:52",
                "has the value 0.001 twice"},
        Mistake{"[synapse.sweep]\n\"material.dmi\" = { from = 1e-3, to = 2e-3, count = 1 }\n", "2:52",
                "expected a count of 2 at least"},
        Mistake{"[synapse]\n[neuron]\n[network]\n", "3:1",
                "a polynomial of order 3, needs at least 4 current densities"}));

INSTANTIATE_TEST_SUITE_P(
    Pulses, SweepFileMistakes,
    testing::Values(
        Mistake{"[synapse]\npulse = { rise = -1e-9 }\n", "2:18", "expected 0 or more"},
        Mistake{"[synapse]\npulse = { fall = -1e-9 }\n", "2:18", "expected 0 or more"},
        Mistake{"[synapse]\npulse = { count = 0 }\n", "2:19", "expected 1 to"},
        Mistake{"[synapse]\npulse = { count = 1.5 }\n", "2:19", "whole number"},
        Mistake{"[synapse]\npulse = { count = 60000, depression = -1 }\n", "2:19",
                "a train of 120000 pulses is longer than the 100000"},
        Mistake{"[synapse]\npulse = { count = 100000, duration = 1e-9, relaxation = 0 }\n", "1:1",
                "samples of a case are more than a million"},
        Mistake{"[synapse]\npulse = { count = 2, period = 9e-9 }\n", "2:31",
                "the period of 9e-09 s is shorter than the pulse, which with its ramps takes 1e-08 s"},
        Mistake{"[synapse]\npulse = { count = 2, period = 11e-9, rise = 1e-9, fall = 1e-9 }\n", "2:31", "shorter than"},
        Mistake{"[synapse]\npulse = { period = 0 }\n", "2:20", "expected a positive number"},
        Mistake{"[synapse]\npulse = { depression = 1 }\n", "2:24", "expected -10 to 0"},
        Mistake{"[synapse]\npulse = { reset = { current_density = 1e12 } }\n", "2:39", "the reset pulse has no length"},
        Mistake{"[synapse]\npulse = { reset = { rise = 1e-9 } }\n", "2:28", "the reset pulse has no length"},
        Mistake{"[synapse]\npulse = { segments = [] }\n", "2:22", "is empty"},
        Mistake{"[synapse]\npulse = { segments = 3 }\n", "2:22", "must be a list of tables"},
        Mistake{"[synapse]\npulse = { segments = [1e12] }\n", "2:23", "expected a table"},
        Mistake{"[synapse]\npulse = { segments = [{ duration = 0 }] }\n", "2:36", "expected a positive number"},
        Mistake{"[synapse]\npulse = { segments = [{ factr = 1 }] }\n", "2:25", "did you mean factor?"},
        Mistake{"[synapse]\npulse = { segments = [{ factor = 1, current_density = 1e12 }] }\n", "2:22",
                "expected one of them"},
        Mistake{"[synapse]\npulse = { segments = [{ rise = -1e-9 }] }\n", "2:32", "expected 0 or more"},
        Mistake{"[synapse.sweep]\n\"pulse.segments\" = [1]\n", "2:20", "cannot be swept, only numbers and choices can"},
        Mistake{"[synapse.sweep]\n\"pulse.period\" = [5e-9, 20e-9]\n", "2:18", "shorter than the pulse"},
        Mistake{"[synapse]\ninitial_wall.polarity = \"up\"\n", "2:25", "expected one of: down_up, up_down"}));

INSTANTIATE_TEST_SUITE_P(
    Realizations, SweepFileMistakes,
    testing::Values(
        Mistake{"[synapse]\nthermal.realizations = 3\n", "2:24", "without temperature all realisations are equal"},
        Mistake{"[synapse]\nmaterial.temperature = 300\nthermal = { realizations = 3, realization = 1 }\n", "3:28",
                "thermal.realization must not be given"},
        Mistake{"[synapse]\nmaterial.temperature = 300\nthermal.realizations = 3\n[synapse.sweep]\n"
                "\"thermal.realization\" = [0, 1]\n",
                "3:24", "thermal.realization must not be given"},
        Mistake{"[synapse.sweep]\n\"thermal.realizations\" = [2, 3]\n", "2:26", "cannot be swept"},
        Mistake{"[synapse]\nthermal.realizations = 0\n", "2:24", "expected 1 to"},
        Mistake{"[synapse]\nthermal.record = \"maps\"\n", "2:18", "expected one of: lean, traces, full"},
        Mistake{"[synapse]\nmaterial.temperature = 300\nthermal.realizations = 600000\n[synapse.sweep]\n"
                "\"material.dmi\" = [1e-3, 2e-3]\n",
                "1:1", "more than a million cases"},
        Mistake{
            "[synapse]\nmaterial.temperature = 300\nthermal.realizations = 3\n[synapse.sweep]\n"
            "\"pulse.current_density\" = { bisect = \"first_depinning\", from = 1e11, to = 1e12, tolerance = 1e10 }\n",
            "3:24", "a bisection follows one realisation"}));

INSTANTIATE_TEST_SUITE_P(
    NamesOfEarlierVersions, SweepFileMistakes,
    testing::Values(
        Mistake{"[device]\n[synapse]\n", "1:2", "unknown key device; it is called solver now"},
        Mistake{"[synapse]\nwall = { position = 1e-7 }\n", "2:1", "it is called initial_wall now"},
        Mistake{"[synapse]\npulse = { rest = 1e-9 }\n", "2:11", "it is called pulse.relaxation now"},
        Mistake{"[synapse]\njunction.parallel = 1e3\n", "2:1", "it is called mtj now"},
        Mistake{"[neuron]\ndetector = { from = 1e-7 }\n", "2:1", "it is called mtj.window now"},
        Mistake{"[material]\nspin_polarization = 0.4\n[synapse]\n", "2:1", "it is called material.spin_hall_angle now"},
        Mistake{"[synapse.material]\nfield_like_torque = 0.4\n", "2:1", "it is called material.field_like_ratio now"},
        Mistake{"[synapse.sweep]\n\"wall.position\" = [1e-7]\n", "2:1", "it is called initial_wall.position now"},
        Mistake{"[synapse]\n[neuron]\n[network]\nchips = 2\n", "4:1", "it is called network.device_samples now"},
        Mistake{"[synapse]\n[neuron]\n[network]\nread_voltage = 2\n", "4:1", "it is called synapse.read.voltage now"},
        Mistake{"[synapse]\n[neuron]\n[network]\nlevel_source = \"pinned\"\n", "4:16",
                "which is called \"relaxed_at_notches\" now"},
        Mistake{"[synapse]\n[neuron]\n[[network.deployment]]\nmethod = [\"on_level\"]\n", "4:10",
                "which is called \"qat\" now"},
        Mistake{"[synapse]\n[neuron]\n[[network.deployment]]\nmapping = \"mean_square+pair\"\n", "4:11",
                "which is called \"mse+differential_pair\" now"}));

TEST(SweepFile, LevelsAsWrittenNeedASectionThatWritesThem) {
  const std::string text =
      "[synapse]\n[neuron]\n[neuron.sweep]\n\"pulse.current_density\" = [1e11, 2e11, 3e11, 4e11]\n"
      "[network]\n";
  const auto message = [&](const std::string& keys) {
    try {
      (void)parse_study(text + keys, "s");
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_THAT(message("level_source = \"programmed\"\n"), testing::HasSubstr("expected a section [programming]"));
  EXPECT_THAT(message("device_errors = \"simulated\"\n"),
              testing::HasSubstr("expected network.level_source = \"programmed\""));
  EXPECT_THAT(message("device_errors = \"assumed\"\n"), testing::IsEmpty());
}

TEST(SweepFile, WallStartsHalfAPitchBeforeTheFirstNotchUnlessItIsGiven) {
  const auto position = [](const std::string& keys) {
    return device::initial_wall_position(parse_study("[synapse]\n" + keys, "s").weights().cases.front());
  };
  EXPECT_EQ(position(""), 150e-9);
  EXPECT_EQ(position("notches.count = 10"), 75e-9);
  EXPECT_DOUBLE_EQ(position("notches = { first = 400e-9, pitch = 200e-9 }"), 300e-9);
  EXPECT_DOUBLE_EQ(position("notches = { first = 100e-9, pitch = 300e-9 }"), 50e-9) << "half of the way to the end";
  EXPECT_DOUBLE_EQ(position("notches.count = 0"), 150e-9);
  EXPECT_EQ(position("initial_wall.position = 200e-9"), 200e-9);
  EXPECT_EQ(device::initial_wall_position(parse_study("[neuron]\n", "s").neurons().cases.front()), 64e-9);
}

TEST(SweepFile, AxesMultiplyInTheOrderTheyAreWrittenTheLastRunningFastest) {
  const Study study = parse_study(
      "[synapse]\n[synapse.sweep]\n\"pulse.current_density\" = [1e11, 2e11]\n"
      "\"material.dmi\" = { from = 1e-3, to = 2e-3, count = 3 }\n",
      "study.toml");
  ASSERT_EQ(study.weights().cases.size(), 6U);
  EXPECT_EQ(study.weights().cases[1].pulse.current_density, 1e11);
  EXPECT_DOUBLE_EQ(study.weights().cases[1].material.dmi, 1.5e-3);
  EXPECT_EQ(study.weights().cases[3].pulse.current_density, 2e11);
  EXPECT_EQ(variants(study.weights()).size(), 3U);
}

TEST(SweepFile, ChoicesCanBeSweptByTheirNames) {
  const Study study = parse_study(
      "[synapse]\n[synapse.sweep]\nnotches.shape = [\"triangle\", \"semicircle\"]\nnotches.side = [\"both\", "
      "\"upper\"]\nzip = [[\"notches.shape\", \"notches.side\"]]\n",
      "study.toml");
  const auto& cases = study.weights().cases;
  ASSERT_EQ(cases.size(), 2U);
  EXPECT_EQ(cases[0].notches.shape, device::NotchShape::triangle);
  EXPECT_EQ(cases[0].notches.side, device::NotchSide::both);
  EXPECT_EQ(cases[1].notches.shape, device::NotchShape::semicircle);
  EXPECT_EQ(cases[1].notches.side, device::NotchSide::upper);
  EXPECT_EQ(case_name(study.weights(), 0), "case 0: notches.shape triangle, notches.side both");
  EXPECT_THAT(study.text, testing::HasSubstr("\"notches.shape\" = [\"triangle\", \"semicircle\"]\n"));
  EXPECT_EQ(parse_study(study.text, "resolved").text, study.text);
}

TEST(SweepFile, NotchesThatDifferAreReadFromAListAndWrittenAsOne) {
  const Study study = parse_study(
      "[synapse]\nnotches.side = \"lower\"\nnotches.list = [{ x = 400e-9, depth = 20e-9, shape = \"triangle\" }, "
      "{ x = 200e-9, side = \"upper\", width = 30e-9 }]\n",
      "study.toml");
  const auto& list = study.weights().cases.front().notches.list;
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].x, 400e-9);
  EXPECT_EQ(list[0].depth, 20e-9);
  EXPECT_FALSE(list[0].side.has_value());
  EXPECT_EQ(list[1].side, device::NotchSide::upper);
  EXPECT_THAT(study.text,
              testing::HasSubstr("notches.list = [{ x = 4e-07, depth = 2e-08, shape = \"triangle\" }, { x = "
                                 "2e-07, width = 3e-08, side = \"upper\" }]\n"));
  EXPECT_THAT(study.text, testing::Not(testing::HasSubstr("notches.count")));
  EXPECT_EQ(parse_study(study.text, "resolved").text, study.text);
  EXPECT_DOUBLE_EQ(device::initial_wall_position(study.weights().cases.front()), 100e-9);
}

TEST(SweepFile, EveryNumberThatADeviceHasCanBeSwept) {
  for (const device::Kind* kind : device::kinds()) {
    for (const auto& key : device_keys()) {
      const auto base = kind->defaults();
      if (!key.is_numeric() || !key.is_axis || !kind->has_keys_for(key.only_for) || !key.is_given(base)) {
        continue;
      }
      const std::string axis = fmt::format("[{}.sweep]\n\"{}\" = [{}]\n", kind->name, key.path, key.get(base));
      const Study study = parse_study(axis, "study.toml");
      const DevicePlan& plan = study.plan(*kind);
      ASSERT_EQ(plan.axes.size(), 1U) << key.path;
      EXPECT_EQ(key.get(plan.cases.front()), key.get(base)) << key.path;
      EXPECT_EQ(parse_study(study.text, "resolved").text, study.text) << key.path;
    }
  }
}

TEST(SweepFile, SegmentsAreThoseThatTheResolvedTextRepeats) {
  const Study study = parse_study(
      "[synapse]\npulse.segments = [{ factor = 1 }, { current_density = -2e11, duration = 1e-9, rise = 0, fall = "
      "2e-10, "
      "rest = 3e-9 }]\n",
      "s");
  const auto& segments = study.weights().cases.front().pulse.segments;
  ASSERT_EQ(segments.size(), 2U);
  EXPECT_EQ(segments[0].factor, 1.0);
  EXPECT_FALSE(segments[0].current_density);
  EXPECT_FALSE(segments[0].duration);
  EXPECT_EQ(segments[1].current_density, -2e11);
  EXPECT_EQ(segments[1].rest, 3e-9);
  EXPECT_EQ(parse_study(study.text, "resolved").text, study.text);
  EXPECT_EQ(parse_study(study.text, "resolved").weights().cases.front().pulse.segments.size(), 2U);
}

TEST(SweepFile, RealizationsAreCasesOfOneVariant) {
  const std::string source =
      "[synapse]\nmaterial.temperature = 300\nthermal.realizations = 3\n[synapse.sweep]\n\"material.dmi\" = [1e-3, "
      "2e-3]\n\"pulse.current_density\" = [1e11, 2e11]\n";
  const Study study = parse_study(source, "s");
  const DevicePlan& plan = study.weights();
  ASSERT_EQ(plan.cases.size(), 12U);
  for (std::size_t k = 0; k < 12; ++k) {
    EXPECT_EQ(plan.cases[k].thermal.realization, static_cast<int>(k % 3));
  }
  const auto list = variants(plan);
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(ensembles(plan, list[1]), (std::vector<std::vector<std::size_t>>{{6, 7, 8}, {9, 10, 11}}));
  EXPECT_EQ(variant_name(plan, 1, list[1]), "synapse variant 1: material.dmi 0.002");
  EXPECT_EQ(parse_study(study.text, "resolved").weights().cases.size(), 12U);
}

TEST(SweepFile, RealizationsHaveTheNoiseOfTheCasesOfAnAxis) {
  const Study key = parse_study("[synapse]\nmaterial.temperature = 300\nthermal.realizations = 2\n", "s");
  const Study axis =
      parse_study("[synapse]\nmaterial.temperature = 300\n[synapse.sweep]\n\"thermal.realization\" = [0, 1]\n", "s");
  for (std::size_t k = 0; k < 2; ++k) {
    EXPECT_EQ(key.weights().cases[k].thermal.seed, axis.weights().cases[k].thermal.seed);
  }
  EXPECT_EQ(variants(axis.weights()).size(), 2U) << "an axis tells variants apart";
}

TEST(SweepFile, StepsIncludeTheirEnd) {
  const Study study = parse_study(
      "[neuron]\n[neuron.sweep]\n\"pulse.current_density\" = { from = 0.10e12, to = 0.45e12, step = 0.05e12 }\n", "s");
  ASSERT_EQ(study.neurons().cases.size(), 8U);
  EXPECT_DOUBLE_EQ(study.neurons().cases.back().pulse.current_density, 0.45e12);
}

TEST(SweepFile, RangesEndExactlyWhereTheySay) {
  const auto last_damping = [](const std::string& range) {
    return parse_study("[neuron]\n[neuron.sweep]\n\"material.damping\" = " + range + "\n", "s")
        .neurons()
        .cases.back()
        .material.damping;
  };
  for (const int count : {2, 3, 4, 5, 6, 7, 8, 9, 10, 11}) {
    for (const std::string log : {"true", "false"}) {
      EXPECT_EQ(last_damping(fmt::format("{{ from = 0.003, to = 0.7, count = {}, log = {} }}", count, log)), 0.7);
    }
  }
  EXPECT_EQ(last_damping("{ from = 0.1, to = 0.3, step = 0.1 }"), 0.3);
  EXPECT_EQ(last_damping("{ from = 0.3, to = 0.3, count = 1 }"), 0.3);
}

TEST(SweepFile, OverridesReplaceWhatTheFileSays) {
  const Study study = parse_study("[neuron]\ncell = 1e-9\n", "s", {"neuron.cell=2e-9"});
  EXPECT_EQ(study.neurons().cases.front().track.cell, 2e-9);
  EXPECT_THAT(study.text, testing::HasSubstr("cell = 2e-09\n"));
}

TEST(SweepFile, LimitsThatAreMetExactlyAreMet) {
  for (const std::string device :
       {// Notches that touch, fill all but one cell of the width, and lie on the end of the track.
        "[synapse]\nlength = 300e-9\nwidth = 60e-9\ncell = 5e-9\nnotches = { count = 3, diameter = 20e-9, first = "
        "50e-9, pitch = 20e-9 }\n",
        "[synapse]\nlength = 300e-9\nwidth = 100e-9\ncell = 5e-9\nnotches = { count = 1, diameter = 95e-9 }\n",
        "[synapse]\nlength = 300e-9\nwidth = 60e-9\ncell = 5e-9\nnotches = { count = 2, first = 0.1e-6, pitch = "
        "0.2e-6 }\n",
        // A case of exactly one interval.
        "[synapse]\npulse = { duration = 0.7e-9, relaxation = 0.1e-9 }\noutput = { interval = 0.8e-9 }\n",
        "[neuron]\ncell = 4e-9\nmtj = { window = { from = 128e-9, to = 132e-9 } }\n",
        "[neuron]\ncell = 4e-9\nmtj = { window = { from = 0.3e-9, to = 512e-9 } }\ninitial_wall = { position = "
        "0.512e-6 }\n"}) {
    EXPECT_NO_THROW((void)parse_study(device, "s")) << device;
  }
}

TEST(SweepFile, StepsAndCountsAreTheDecimalsThatOneWouldWrite) {
  const auto values = [](const std::string& range) {
    std::vector<double> list;
    for (const auto& p :
         parse_study("[synapse]\n[synapse.sweep]\n\"applied_field.x\" = " + range + "\n", "s").weights().cases) {
      list.push_back(p.applied_field.x);
    }
    return list;
  };
  EXPECT_EQ(values("{ from = 0.1e-3, to = 0.5e-3, step = 0.1e-3 }"),
            values("[0.1e-3, 0.2e-3, 0.3e-3, 0.4e-3, 0.5e-3]"));
  EXPECT_EQ(values("{ from = -0.3, to = 0.3, step = 0.1 }"), values("[-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]"));
  EXPECT_EQ(values("{ from = -0.3, to = 0.3, count = 7 }"), values("[-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]"));
  EXPECT_EQ(values("{ from = 1e-4, to = 1e4, count = 9, log = true }"),
            values("[1e-4, 1e-3, 1e-2, 1e-1, 1, 1e1, 1e2, 1e3, 1e4]"));
  EXPECT_EQ(values("{ from = 1.7e11, to = 4.4e11, step = 0.9e11 }"), values("[1.7e11, 2.6e11, 3.5e11, 4.4e11]"));
  for (int digits = 1; digits < 12; ++digits) {
    const auto range = values(fmt::format("{{ from = 0, to = 50e-{}, step = 1e-{} }}", digits, digits));
    ASSERT_EQ(range.size(), 51U);
    for (int k = 0; k <= 50; ++k) {
      EXPECT_EQ(range[static_cast<std::size_t>(k)], std::stod(fmt::format("{}e-{}", k, digits)));
    }
  }
}

TEST(SweepFile, ZippedAxesMayRepeatAValueButNotACase) {
  const std::string zip = "zip = [[\"notches.count\", \"notches.diameter\"]]\n";
  const std::string axes = "[synapse]\n[synapse.sweep]\n\"notches.count\" = [2, 2, 4]\n\"notches.diameter\" = ";
  EXPECT_EQ(parse_study(axes + "[12e-9, 16e-9, 12e-9]\n" + zip, "s").weights().cases.size(), 3U);
  EXPECT_THAT([&] { (void)parse_study(axes + "[12e-9, 12e-9, 16e-9]\n" + zip, "s"); },
              ThrowsMessage<InputError>(testing::HasSubstr(
                  "s:5:7: the zipped axes have the values notches.count = 2, notches.diameter = 1.2e-08 twice")));
  EXPECT_THAT([&] { (void)parse_study(axes + "[12e-9, 16e-9, 12e-9]\n", "s"); },
              ThrowsMessage<InputError>(testing::HasSubstr("s:3:23: notches.count has the value 2 twice")));
}

TEST(SweepFile, AxesNeedNoQuotes) {
  const std::string device = "[synapse]\n[synapse.sweep]\n";
  EXPECT_EQ(
      parse_study(device + "pulse.current_density = [1e11, 2e11]\nmaterial.dmi = { from = 1e-3, to = 3e-3, step = "
                           "1e-3 }\n",
                  "s")
          .text,
      parse_study(device + "\"pulse.current_density\" = [1e11, 2e11]\n\"material.dmi\" = { from = 1e-3, to = "
                           "3e-3, step = 1e-3 }\n",
                  "s")
          .text);
  EXPECT_EQ(parse_study("[neuron]\n[neuron.sweep]\nmtj.window.to = [300e-9, 310e-9]\n", "s").neurons().cases.size(),
            2U);
  EXPECT_THAT([&] { (void)parse_study(device + "material.dmi = [1e-3]\n\"material.dmi\" = [2e-3]\n", "s"); },
              ThrowsMessage<InputError>(testing::HasSubstr("material.dmi is swept twice")));
}

TEST(SweepFile, KeysThatAWallFromAFileDoesNotUseAreNotChecked) {
  const auto folder = std::filesystem::path(testing::TempDir());
  micromagnetics::OvfField field{.mesh = {.nx = 75, .ny = 12, .dx = 4e-9, .dy = 4e-9, .dz = 2e-9}, .values = {}};
  for (int cell = 0; cell < 75 * 12; ++cell) {
    const double mz = cell % 75 < 30 ? -1.0 : 1.0;
    field.values.insert(field.values.end(), {0.0, 0.0, mz});
  }
  write_ovf(folder / "wall.ovf", field, micromagnetics::OvfData::text);
  const std::string track =
      "[synapse]\nlength = 300e-9\nwidth = 48e-9\nthickness = 2e-9\ncell = 4e-9\n"
      "notches.count = 0\ninitial_wall.position = 900e-9\n";
  EXPECT_THROW((void)parse_study(track, "s.toml"), InputError);
  const std::string file = fmt::format("initial_wall.file = \"{}\"\n", (folder / "wall.ovf").string());
  EXPECT_EQ(parse_study(track + file, "s.toml").devices.front().cases.size(), 1U);
}

TEST(SweepFile, SuggestsTheKeyInFull) {
  EXPECT_THAT([] { (void)parse_study("[synapse]\n[synapse.sweep]\ndmi = [1e-3]\n", "s"); },
              ThrowsMessage<InputError>(testing::HasSubstr("did you mean material.dmi?")));
  EXPECT_THAT([] { (void)parse_study("[synapse]\n", "s", {"pulse.current_density=1e11"}); },
              ThrowsMessage<InputError>(testing::HasSubstr("did you mean synapse.pulse.current_density?")));
  EXPECT_THAT([] { (void)parse_study("[neuron]\n", "s", {"cell=4e-9"}); },
              ThrowsMessage<InputError>(testing::HasSubstr("did you mean neuron.cell?")));
}

TEST(SweepFile, AnAxisOnTheCommandLineReplacesThatOfTheFile) {
  const auto cases = [](const std::string& axis, const std::string& override) {
    return parse_study("[synapse]\n[synapse.sweep]\n\"pulse.current_density\" = " + axis + "\n", "s",
                       {"synapse.sweep." + override})
        .weights()
        .cases.size();
  };
  for (const std::string axis : {"[1e11, 2e11]", "1e11", "{ from = 1e11, to = 3e11, step = 1e11 }",
                                 "{ from = 1e11, to = 3e11, count = 7, log = true }",
                                 "{ bisect = \"first_depinning\", from = 1e11, to = 5e11, tolerance = 1e11 }"}) {
    for (const std::string path : {"\"pulse.current_density\"", "pulse.current_density"}) {
      EXPECT_EQ(cases(axis, path + "=[1e11,2e11,3e11,4e11,5e11]"), 5U) << axis;
      EXPECT_EQ(cases(axis, path + "={from=0,to=5e11,count=6}"), 6U) << axis;
      EXPECT_EQ(cases(axis, path + "={from=-1e11,to=1e11,step=2e11}"), 2U) << axis;
      EXPECT_EQ(cases(axis, path + "={reaches_notch=2,from=1e11,to=9e11,tolerance=4e11}"), 3U) << axis;
    }
  }
  EXPECT_EQ(cases("{ from = 1e11, to = 3e11, step = 1e11 }", "\"pulse.current_density\".count=5"), 5U);
  EXPECT_EQ(cases("{ from = 1e11, to = 3e11, count = 9 }", "\"pulse.current_density\".step=1e11"), 3U);
}

}  // namespace
}  // namespace spinsweep::study
