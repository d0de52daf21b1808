#include "store/sample_schema.hpp"

#include <limits>

#include "store/case_status.hpp"

namespace spinsweep::store::samples {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Group synapse() {
  return {.path = "/synapse",
          .dimensions = {{"case", cases}, {"time", times}, {"y", 3}, {"x", 4}, {"message_length", message_length}},
          .variables =
              {{.name = "time",
                .dimensions = {"time"},
                .units = "s",
                .long_name = "time since the pulse began",
                .initial = std::vector<double>{0.0, 1e-9, 2e-9, 3e-9, 4e-9}},
               {.name = "pulse_current_density",
                .dimensions = {"case"},
                .units = "A/m2",
                .long_name = "current density of the pulse",
                .initial = std::vector<double>{1e11, 2e11, 3e11, 4e11, 5e11, 6e11}},
               {.name = "notches_count",
                .type = Type::int64,
                .dimensions = {"case"},
                .units = "1",
                .long_name = "number of notches",
                .initial = std::vector<std::int64_t>{5, 5, 5, 10, 10, 10}},
               {.name = "label",
                .type = Type::text,
                .dimensions = {"case"},
                .long_name = "name of the case",
                .initial = std::vector<std::string>{"a", "b", "J = 3e11 A/m²", "d", "", "f"}},
               {.name = "status",
                .type = Type::int8,
                .dimensions = {"case"},
                .long_name = "how far the case is",
                .flags = status_flags()},
               {.name = "message",
                .type = Type::character,
                .dimensions = {"case", "message_length"},
                .long_name = "why the case failed"},
               {.name = "final_conductance",
                .dimensions = {"case"},
                .units = "S",
                .long_name = "conductance at the end",
                .coordinates = "pulse_current_density notches_count status",
                .fill_value = nan,
                .initial = Everywhere{nan}},
               {.name = "magnetization",
                .dimensions = {"case", "time", "component"},
                .units = "1",
                .long_name = "mean magnetization",
                .coordinates = "pulse_current_density notches_count status"},
               {.name = "snapshot",
                .type = Type::float32,
                .dimensions = {"case", "y", "x", "component"},
                .units = "1",
                .long_name = "magnetization of the cells"},
               {.name = "bytes", .type = Type::uint8, .dimensions = {"case"}, .units = "1", .long_name = "some bytes"},
               {.name = "steps",
                .type = Type::int32,
                .dimensions = {"case"},
                .units = "1",
                .long_name = "time steps taken",
                .initial = Everywhere{-1}},
               {.name = "cell",
                .units = "m",
                .long_name = "edge of a cell",
                .initial = std::vector<double>{1e-9},
                .attributes = {{"valid_range", std::vector<double>{0.0, 1.0}}, {"origin", "the sweep file"}}}},
          .attributes = {{"device", "synapse"}, {"replicas", 3}, {"axes", std::vector<std::string>{"J", "größe"}}}};
}

}  // namespace

std::string long_text() {
  std::string text = "[study]\nname = \"größe\"\n";
  while (text.size() < 200'000) {
    text += "# a comment of the study: µ0 Ms\n";
  }
  return text;
}

Schema sample_schema() {
  return {
      .revision = revision,
      .program_version = "0.1.0",
      .attributes = {{"sweep", long_text()}, {"note", ""}, {"seconds", 1.5}},
      .groups = {
          {.path = "/", .dimensions = {{"component", 3}}},
          synapse(),
          {.path = "/network/curves",
           .dimensions = {{"epoch", 2}},
           .variables = {
               {.name = "loss", .dimensions = {"epoch", "component"}, .units = "1", .long_name = "training loss"}}}}};
}

}  // namespace spinsweep::store::samples
