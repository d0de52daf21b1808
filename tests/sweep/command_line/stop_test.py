"""SIGTERM at random instants of all stages, with extreme parameters: the program ends within 5 s of an idle machine, says
by its exit code that it was stopped, and leaves a file that `status` reads."""

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

from program import (LIVELY, TIMEOUT, command, network_text, rank_processes, read_status, run, slowdown, start, sweep_text,
                     temporary_folder, wait_for)

LIMIT = 5.0  # s
STOPPED, FINISHED, SOME_FAILED, REFUSED = 75, 0, 1, 2
BEFORE_THE_HANDLER = (-signal.SIGTERM, 128 + signal.SIGTERM)

TRACK = """
[study]
name = "stop"
[material]
damping = 0.6
temperature = {temperature}
[synapse]
length = 160e-9
width = 40e-9
cell = {cell}
notches = {{ count = 2, diameter = 20e-9, first = 50e-9, pitch = 60e-9 }}
initial_wall = {{ position = 50e-9 }}
pulse = {{ duration = {pulse}, relaxation = 0.1e-9 }}
output = {{ interval = 0.1e-9, snapshots = 2 }}
[synapse.sweep]
"material.dmi" = [0.5e-3, 1.0e-3, 1.5e-3, 2.0e-3]
"""

# Legal values far outside any film, and meshes that take seconds to set up.
EXTREMES = [
    "material.damping=1e-4", "material.damping=50", "material.temperature=1e-3", "material.temperature=1e4",
    "material.dmi=-1e-3", "material.dmi=0.3", "material.exchange_stiffness=1e-8",
    "material.exchange_stiffness=1e-14",
    "material.anisotropy=1e9", "material.anisotropy=0", "material.saturation_magnetization=1e8",
    "material.saturation_magnetization=10", "solver.tolerance=1e-12", "synapse.length=4e-6",
    "synapse.width=1.2e-6", "synapse.thickness=1e-6", "synapse.cell=0.8e-9", "synapse.pulse.current_density=1e17",
    "synapse.pulse.current_density=0", "synapse.pulse.rise=1e-6", "synapse.pulse.count=2000", "synapse.pulse.duration=1",
    "synapse.output.interval=1e-15", "synapse.disorder.roughness.deviation=3e-9", "synapse.notches.count=0",
]


def unknown_extremes(sweep):
    return [extreme for extreme in EXTREMES if "unknown" in run("plan", sweep, "--set", extreme).stderr]


class Scenario:
    """A study that is busy for longer than any stop waits, mostly in one stage, whose group of the results file says when
    that stage has begun."""

    def __init__(self, name, text, group="synapse", extremes=True):
        self.name, self.text, self.group, self.extremes = name, text, group, extremes


def scenarios(folder):
    one_case = '"pulse.current_density" = [0.5e12, 1e12]'
    short = sweep_text(one_case, pulse="0.1e-9", rest="0.1e-9")
    networks = network_text(folder, epochs=4000)
    samples = networks.replace("epochs = 4000", "epochs = 2").replace(
        "hidden", "device_samples = 1_000_000\nread_noise = 0.1\nhidden")
    return [
        Scenario("devices at 0 K", sweep_text(pulse="1e-6", output="1e-9", damping=LIVELY)),
        Scenario("devices at 300 K", TRACK.format(temperature=300, cell="2e-9", pulse="1e-6")),
        Scenario("relaxation of initial walls", TRACK.format(temperature=0, cell="1e-9", pulse="1e-9")),
        Scenario("programming", TRACK.format(temperature=300, cell="5e-9", pulse="0.4e-9")
                 + "[programming]\namplitudes = 9\nrealizations = 2000\n", "programming", extremes=False),
        Scenario("retention", TRACK.format(temperature=0, cell="1.25e-9", pulse="1e-12").replace(
            "position = 50e-9", "position = 50e-9, relax = false") + "[retention]\n", "retention", extremes=False),
        Scenario("training", short + networks, "network", extremes=False),
        Scenario("evaluation of device samples", short + samples, "network", extremes=False),
    ]


def stop(process, victims):
    """Sends SIGTERM to these processes; the exit code and the seconds until the end, as on an idle machine."""
    slower = slowdown()
    for pid in victims:
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:
            pass  # it had ended already
    began = time.monotonic()
    try:
        process.communicate(timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return None, TIMEOUT
    return process.returncode, (time.monotonic() - began) / slower


class Stops:
    def __init__(self, folder, seed):
        self.folder, self.generator = folder, random.Random(seed)
        self.scenarios = scenarios(folder)
        self.codes, self.seconds, self.stages, self.wrong = Counter(), [], Counter(), []

    def once(self):
        generator = self.generator
        scenario = generator.choice(self.scenarios)
        extremes = generator.sample(EXTREMES, generator.choice([0, 1, 2])) if scenario.extremes else []
        sweep, results = (os.path.join(self.folder, name) for name in ("stop.toml", "stop.h5"))
        with open(sweep, "w", encoding="utf-8") as file:
            file.write(scenario.text)
        options = [option for extreme in extremes for option in ("--set", extreme)]
        count = generator.choice([1, 1, 2])
        process = start("run", sweep, "-o", results, *options, ranks=count)
        if generator.random() < 0.8:
            wait_for(lambda: process.poll() is not None or "running" in read_status(results, scenario.group), 20)
        time.sleep(generator.uniform(0.0, 1.5))
        ranks = rank_processes(process.pid) if process.poll() is None else []
        victims = generator.choice([ranks, ranks[:1], [process.pid]])
        code, seconds = stop(process, victims)
        if count > 1 and victims == [process.pid] and code == -signal.SIGSEGV:
            # mpirun of Open MPI 4.1 crashes if the signal comes while its job ends by itself.
            code = BEFORE_THE_HANDLER[0]
        self.note(f"{scenario.name} {' '.join(extremes)}", scenario.name, code, seconds)
        self.check_file(results)

    def command_once(self, name, *arguments):
        """A command that only reads or writes files ends by the signal itself."""
        process = subprocess.Popen(command(*arguments), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(self.generator.uniform(0.0, 1.0))
        code, seconds = stop(process, [process.pid])
        self.note(name, name, code, seconds)

    def note(self, what, stage, code, seconds):
        allowed = (STOPPED, FINISHED, SOME_FAILED, REFUSED, *BEFORE_THE_HANDLER)
        if code not in allowed or seconds > LIMIT:
            self.wrong.append(f"{what}: exit code {code} after {seconds:.1f} s")
            print(self.wrong[-1], flush=True)
        self.codes[code] += 1
        self.stages[stage] += code == STOPPED
        if code == STOPPED:
            self.seconds.append(seconds)

    def check_file(self, results):
        if not os.path.exists(results):
            return
        looked = run("status", results)
        if looked.returncode != 0:
            self.wrong.append(f"spinsweep status refuses the file: {looked.stderr}")
        os.remove(results)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stops", type=int, default=14)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with temporary_folder() as folder:
        stops = Stops(folder, options.seed)
        large = os.path.join(folder, "large.toml")
        with open(large, "w", encoding="utf-8") as file:
            file.write(sweep_text('"material.dmi" = { from = 0, to = 1e-3, count = 50000 }'))
        track = os.path.join(folder, "track.toml")
        with open(track, "w", encoding="utf-8") as file:
            file.write(TRACK.format(temperature=300, cell="5e-9", pulse="1e-9"))
        if unknown_extremes(track):
            sys.exit(f"no keys of a sweep file: {unknown_extremes(track)}")
        for number in range(options.stops):
            stops.once()
            if number % 10 == 0:
                stops.command_once("plan", "plan", large, "--all")
                stops.command_once("bench", "bench", "synapse")
        print(f"exit codes {dict(stops.codes)}; stopped in {dict(stops.stages)}")
        if stops.seconds:
            print(f"seconds until the end: median {sorted(stops.seconds)[len(stops.seconds) // 2]:.2f}, "
                  f"largest {max(stops.seconds):.2f}")
        if stops.wrong:
            sys.exit("\n".join(stops.wrong))
        if 2 * stops.codes[STOPPED] < options.stops:
            sys.exit("fewer than half of the signals met a running study: the test is worth little")
        if stops.codes[REFUSED] > options.stops // 5:
            sys.exit("too many studies were refused: the list of extreme values is out of date")


if __name__ == "__main__":
    main()
