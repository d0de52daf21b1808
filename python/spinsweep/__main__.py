"""python3 -m spinsweep export-network RESULTS.h5 --dataset mnist --deployment "qat mse" --format onnx -o NET.onnx"""

import argparse
import sys

import spinsweep
from spinsweep.export_networks import FORMATS


def _parameter(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    return name, float(value)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python3 -m spinsweep", description="Studies of spinsweep for other programs.")
    commands = parser.add_subparsers(dest="command", required=True)
    network = commands.add_parser("export-network", help="a trained network as ONNX, safetensors, npz or PyTorch state dict")
    network.add_argument("results", metavar="RESULTS.h5")
    network.add_argument("--dataset", required=True)
    network.add_argument("--deployment", default="fp32")
    network.add_argument("--seed", type=int, help="default: the first")
    network.add_argument(
        "--variant", nargs="*", type=_parameter, default=[], metavar="NAME=VALUE", help="swept parameters: notches_count=5"
    )
    network.add_argument("--requantized", action="store_true", help="of a fine-tuned network every weight on its level again")
    network.add_argument("--format", choices=sorted(FORMATS), required=True)
    network.add_argument("-o", "--output", required=True, metavar="FILE")
    options = parser.parse_args(arguments)
    try:
        study = spinsweep.open(options.results)
        found = study.network(options.dataset, options.deployment, options.seed, **dict(options.variant))
        FORMATS[options.format](found.requantized() if options.requantized else found, options.output)
    except (spinsweep.SpinsweepError, ImportError, OSError) as error:
        print(f"spinsweep: {error}", file=sys.stderr)
        return 3
    print(f"{options.output}: {found.name}, {'-'.join(map(str, found.sizes))}, accuracy {100 * found.accuracy:.2f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
