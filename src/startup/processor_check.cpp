#include "startup/processor_check.hpp"

#include <unistd.h>

#include <cstdio>

#include "startup/exit_code.hpp"
#include "startup/instruction_set.hpp"

namespace spinsweep::startup {

namespace {

/// Ends the program if the processor lacks instructions that it consists of. Runs before the constructors of static
/// objects, which may already use such an instruction.
[[gnu::constructor(101)]] void require_instruction_set() {
  const auto processor = processor_instruction_set();
  if (instruction_set_of_program && processor && *instruction_set_of_program > *processor) {
    const auto* const available = instruction_sets[*processor].data();
    std::fprintf(stderr,
                 "spinsweep: this program is compiled for %s, but the processor has only %s; build it with "
                 "-DSPINSWEEP_INSTRUCTION_SET=%s\n",
                 instruction_sets[*instruction_set_of_program].data(), available, available);
    _exit(broken_environment);
  }
}

}  // namespace

}  // namespace spinsweep::startup
