"""The figures' style, whatever the user's matplotlibrc and environment hold."""

import logging
import os

os.environ["MATPLOTLIBRC"] = os.devnull
os.environ["MPLBACKEND"] = "Agg"
logging.getLogger("matplotlib").setLevel(logging.ERROR)
import matplotlib

matplotlib.use("Agg")
matplotlib.rcdefaults()  # undoes a matplotlibrc in the current folder
import matplotlib.pyplot as plt

from spinsweep.plot.style import STYLE

matplotlib.rcParams.update(STYLE)
matplotlib.rcParams.update(
    {
        "figure.max_open_warning": 0,  # every figure stays open until all are written
        "savefig.dpi": 300,
        "svg.fonttype": "path",
        "svg.hashsalt": "spinsweep",
        "pdf.fonttype": 42,
    }
)
