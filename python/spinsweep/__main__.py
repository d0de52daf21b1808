"""python3 -m spinsweep export-network RESULTS.h5 --dataset mnist --deployment "qat mse" --format onnx -o NET.onnx"""

import argparse
import sys

import spinsweep
from spinsweep import export_devices, export_mumax, measured, tables
from spinsweep.export_networks import FORMATS as NETWORK_FORMATS


def _parameter(text: str) -> tuple[str, float | str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r}: expected NAME=VALUE")
    try:
        return name, float(value)
    except ValueError:
        return name, value


def _add_variant(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--variant", nargs="*", type=_parameter, default=[], metavar="NAME=VALUE", help="swept parameters: notches_count=5"
    )


def _network(options: argparse.Namespace) -> str:
    study = spinsweep.open(options.results)
    found = study.network(options.dataset, options.deployment, options.seed, **dict(options.variant))
    NETWORK_FORMATS[options.format](found.requantized() if options.requantized else found, options.output)
    return f"{options.output}: {found.name}, {'-'.join(map(str, found.sizes))}, accuracy {100 * found.accuracy:.2f} %"


def _device(options: argparse.Namespace) -> str:
    if options.source.endswith(".csv"):
        device = measured.read_measured(options.source)
    else:
        device = spinsweep.open(options.source).variant(**dict(options.variant))
    export_devices.save(device, options.output, options.format)
    return f"{options.output}: {device.name if options.source.endswith('.csv') else device.label}"


def _table(options: argparse.Namespace) -> str:
    frame = spinsweep.open(options.results).table(options.table)
    tables.save(frame, options.output)
    if options.schema:
        tables.save_schema(frame, options.schema)
    return f"{options.output}: {len(frame)} rows of {len(frame.columns)} columns"


def _case(options: argparse.Namespace) -> str:
    return str(export_mumax.save_mx3(options.results, options.device, options.case, options.output))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m spinsweep", description="Studies of spinsweep for other programs.")
    commands = parser.add_subparsers(dest="command", required=True)

    network = commands.add_parser("export-network", help="a trained network as ONNX, safetensors, npz or PyTorch state dict")
    network.add_argument("results", metavar="RESULTS.h5")
    network.add_argument("--dataset", required=True)
    network.add_argument("--deployment", default="fp32")
    network.add_argument("--seed", type=int, help="default: the first")
    _add_variant(network)
    network.add_argument("--requantized", action="store_true", help="of a fine-tuned network every weight on its level again")
    network.add_argument("--format", choices=sorted(NETWORK_FORMATS), required=True)
    network.set_defaults(run=_network)

    device = commands.add_parser("export-device", help="a synapse as JSON or for CrossSim, aihwkit or NeuroSim")
    device.add_argument("source", metavar="RESULTS.h5|MEASURED.csv")
    _add_variant(device)
    device.add_argument("--format", choices=sorted(export_devices.FORMATS), required=True)
    device.set_defaults(run=_device)

    table = commands.add_parser("export-table", help="cases, variants or accuracies as CSV or Parquet, by the ending of FILE")
    table.add_argument("results", metavar="RESULTS.h5")
    table.add_argument("table", metavar="TABLE", help="variants, accuracies, synapse_cases or neuron_cases")
    table.add_argument("--schema", metavar="FILE.json", help="also write names, types and units of the columns (Table Schema)")
    table.set_defaults(run=_table)

    case = commands.add_parser("export-case", help="a case as a mumax3 script with its mask and initial state")
    case.add_argument("results", metavar="RESULTS.h5")
    case.add_argument("--device", default="synapse")
    case.add_argument("--case", type=int, required=True, help="number in the results file, as spinsweep export counts")
    case.add_argument("--format", choices=["mx3"], required=True)
    case.set_defaults(run=_case)

    for command in (network, device, table):
        command.add_argument("-o", "--output", required=True, metavar="FILE")
    case.add_argument("-o", "--output", required=True, metavar="FOLDER")
    return parser


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        print(options.run(options))
    except (spinsweep.SpinsweepError, ImportError, OSError, ValueError) as error:
        print(f"spinsweep: {error}", file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
