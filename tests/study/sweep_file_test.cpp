#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
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
        Mistake{"[synapse.sweep]\n\"initial_wall.relax\" = [1]\n", "2:24", "cannot be swept, only numbers can"},
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
        Mistake{"[synapse]\n[network]\n", "2:1", "needs both devices"},
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
        Mistake{"[synapse]\n[neuron]\n[network]\n", "3:1", "cannot be fitted"}));

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
  EXPECT_THAT(message("device_errors = \"invented\"\n"), testing::IsEmpty());
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

TEST(SweepFile, EveryNumberThatADeviceHasCanBeSwept) {
  for (const device::Kind* kind : device::kinds()) {
    for (const auto& key : device_keys()) {
      const auto base = kind->defaults();
      if (!key.is_numeric() || !kind->has_keys_for(key.only_for) || !key.is_given(base)) {
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
