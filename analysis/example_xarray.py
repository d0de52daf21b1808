#!/usr/bin/python3
"""From a results file to a plot: analysis/example_xarray.py RESULTS.h5 PLOT.png"""

import sys

import matplotlib.pyplot as plt
import xarray

# A group of the file is a data set: cases along "case", traces along "time",
# sampled at "sample_time".
synapse = xarray.open_dataset(sys.argv[1], group="synapse")
# Only rows of cases that are done are worth reading; flag_meanings says which number that is.
done = synapse.status.flag_meanings.split().index("done")
synapse = synapse.isel(case=synapse.status == done)
# The swept current density becomes the coordinate of the cases.
walls = synapse.wall_position.assign_coords(case=synapse.pulse_current_density)
# Names and units of the axes come from the file.
walls.plot.line(x="sample_time", hue="case")
plt.savefig(sys.argv[2], dpi=150, bbox_inches="tight")
