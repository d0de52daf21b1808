#include "slurm/batch_script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <functional>
#include <memory>
#include <regex>
#include <string>

#include "base/error.hpp"
#include "slurm/submit.hpp"

namespace spinsweep::slurm {
namespace {

using testing::HasSubstr;
using testing::Not;

const Surroundings here = {"/opt/bin/spinsweep", "/home/me/study", "my devices"};

SubmitRequest request() {
  SubmitRequest wanted;
  wanted.sweep_file = "paper.toml";
  wanted.results_file = "results/paper.h5";
  wanted.nodes = 2;
  wanted.ranks = 8;
  wanted.time = "01:00:00";
  return wanted;
}

std::string output_of(const std::string& command) {
  const auto close = [](FILE* pipe) { pclose(pipe); };
  const std::unique_ptr<FILE, decltype(close)> pipe(popen(command.c_str(), "r"), close);
  std::string output;
  std::array<char, 256> block = {};
  for (std::size_t size = 0; (size = std::fread(block.data(), 1, block.size(), pipe.get())) > 0;) {
    output.append(block.data(), size);
  }
  return output;
}

TEST(BatchScript, AsksForWhatTheUserWantsAndStandsNextToTheResults) {
  SubmitRequest wanted = request();
  wanted.partition = "long";
  wanted.account = "physics";
  wanted.overrides = {"study.seed=2"};
  const auto scripts = batch_scripts(wanted, here);
  ASSERT_EQ(scripts.size(), 1U);
  EXPECT_EQ(scripts[0].path, "results/paper.sh");
  for (const std::string line :
       {"#SBATCH --job-name=my-devices\n", "#SBATCH --nodes=2\n", "#SBATCH --ntasks=8\n", "#SBATCH --time=01:00:00\n",
        "#SBATCH --partition=long\n", "#SBATCH --account=physics\n", "#SBATCH --chdir=/home/me/study\n",
        "#SBATCH --output=results/paper.%j.log\n", "spinsweep=/opt/bin/spinsweep\n",
        "program=(\n  mpirun \"$spinsweep\" run paper.toml\n  -o results/paper.h5\n  --set study.seed=2\n)\n"}) {
    EXPECT_THAT(scripts[0].text, HasSubstr(line));
  }
}

TEST(BatchScript, LeavesNoWordOfTheTemplateUnfilled) {
  SubmitRequest wanted = request();
  wanted.array = 3;
  for (const auto& script : batch_scripts(wanted, here)) {
    EXPECT_FALSE(std::regex_search(script.text, std::regex("@[A-Z]+@"))) << script.text;
  }
}

TEST(BatchScript, IsRequeuedWhenInterrupted) {
  SubmitRequest wanted = request();
  wanted.array = 3;
  for (const auto& script : batch_scripts(wanted, here)) {
    for (const std::string line :
         {"#SBATCH --requeue\n", "#SBATCH --signal=B:USR1@120\n", "#SBATCH --open-mode=append\n", "kill -USR1 \"$pid\"",
          "scontrol requeue \"$job\""}) {
      EXPECT_THAT(script.text, HasSubstr(line));
    }
  }
}

TEST(BatchScript, OfAnArrayGivesEachElementItsShareAndMergesThem) {
  SubmitRequest wanted = request();
  wanted.array = 3;
  const auto scripts = batch_scripts(wanted, here);
  ASSERT_EQ(scripts.size(), 2U);
  EXPECT_THAT(scripts[0].text, HasSubstr("#SBATCH --array=0-2\n"));
  EXPECT_THAT(scripts[0].text, HasSubstr("--output=results/paper.%A_%a.log\n"));
  EXPECT_THAT(scripts[0].text, HasSubstr("results=results/paper.$SLURM_ARRAY_TASK_ID.h5\n"));
  EXPECT_THAT(scripts[0].text, HasSubstr("  -o \"$results\"\n  --part \"$SLURM_ARRAY_TASK_ID/3\"\n"));
  EXPECT_EQ(scripts[1].path, "results/paper.merge.sh");
  EXPECT_THAT(scripts[1].text, Not(HasSubstr("--array")));
  EXPECT_THAT(scripts[1].text,
              HasSubstr("    \"$spinsweep\" merge results/paper.{0..2}.h5 -o results/paper.h5 ||\n    return\n"));
}

TEST(BatchScript, RequeuesItsOwnJobThoughItWasSubmittedFromAnElementOfAnArray) {
  SubmitRequest wanted = request();
  EXPECT_THAT(batch_scripts(wanted, here)[0].text, HasSubstr("\njob=$SLURM_JOB_ID\n"));
  EXPECT_THAT(batch_scripts(wanted, here)[0].text, Not(HasSubstr("SLURM_ARRAY")));
  wanted.array = 3;
  const auto scripts = batch_scripts(wanted, here);
  EXPECT_THAT(scripts[0].text, HasSubstr("\njob=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID\n"));
  EXPECT_THAT(scripts[1].text, HasSubstr("\njob=$SLURM_JOB_ID\n"));
}

TEST(BatchScript, QuotesNamesThatAShellWouldTakeApart) {
  SubmitRequest wanted = request();
  wanted.results_file = "my results/100 % \"good\".h5";
  wanted.sweep_file = "it's.toml";
  const auto scripts = batch_scripts(wanted, here);
  EXPECT_THAT(scripts[0].text, HasSubstr(R"(run 'it'\''s.toml'
  -o 'my results/100 % "good".h5')"));
  EXPECT_THAT(scripts[0].text, HasSubstr(R"(#SBATCH --output="my results/100 %% \"good\".%j.log")"));
}

TEST(ShellWord, IsOneWordToAShell) {
  for (const std::string text : {"plain", "", "two words", "it's", "$HOME", "a\"b", "back\\slash", "*", "-n;ls"}) {
    EXPECT_EQ(output_of("printf '%s|' " + shell_word(text)), text + "|");
  }
}

TEST(TimeLimit, IsReadAsSbatchReadsIt) {
  EXPECT_EQ(time_limit_seconds("90"), 5400.0);
  EXPECT_EQ(time_limit_seconds("90:30"), 5430.0);
  EXPECT_EQ(time_limit_seconds("01:30:05"), 5405.0);
  EXPECT_EQ(time_limit_seconds("2-12"), 216'000.0);
  EXPECT_EQ(time_limit_seconds("1-00:30"), 88'200.0);
  EXPECT_EQ(time_limit_seconds("1-00:00:01"), 86'401.0);
}

TEST(TimeLimit, IsRefusedInOtherForms) {
  for (const std::string text : {"", "an hour", "1h", "-5", "1:2:3:4", "1-", "1.5", "01:00:00 "}) {
    EXPECT_THROW(static_cast<void>(time_limit_seconds(text)), InputError) << text;
  }
}

TEST(BatchScript, IsRefusedIfTheRequestMakesNoSense) {
  const std::vector<std::pair<std::string, std::function<void(SubmitRequest&)>>> mistakes = {
      {"--nodes", [](SubmitRequest& r) { r.nodes = 0; }},
      {"--ranks", [](SubmitRequest& r) { r.ranks = 1; }},
      {"--time", [](SubmitRequest& r) { r.time = "soon"; }},
      {"--time", [](SubmitRequest& r) { r.time = "00:04:59"; }},
      {"--array", [](SubmitRequest& r) { r.array = 1; }},
      {"--array", [](SubmitRequest& r) { r.array = -2; }},
      {"--partition", [](SubmitRequest& r) { r.partition = "a\n#SBATCH --nodes=99"; }},
      {"--account", [](SubmitRequest& r) { r.account = "a\tb"; }},
      {"-o", [](SubmitRequest& r) { r.results_file = "a\nb.h5"; }},
  };
  for (const auto& [option, make] : mistakes) {
    SubmitRequest wanted = request();
    make(wanted);
    try {
      static_cast<void>(batch_scripts(wanted, here));
      ADD_FAILURE() << option << " was accepted";
    } catch (const InputError& error) {
      EXPECT_THAT(error.what(), HasSubstr(option));
    }
  }
}

TEST(Submit, RefusesFewerRanksThanShareACase) {
  SubmitRequest request;
  request.sweep_file = std::string(SPINSWEEP_SWEEPS) + "/demo.toml";
  request.results_file = "results.h5";
  request.overrides = {"solver.ranks_per_case=4"};
  request.ranks = 3;
  request.time = "01:00:00";
  request.dry_run = true;
  EXPECT_THROW((void)submit(request), InputError);
  request.ranks = 4;
  EXPECT_NE(submit(request).find("#SBATCH"), std::string::npos);
}

}  // namespace
}  // namespace spinsweep::slurm
