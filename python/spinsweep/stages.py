"""Stages of a study that a whole study and each of its variants have."""

import xarray


class Stages:
    def stage(self, group: str) -> xarray.Dataset:
        """A group of the results file. Errors: NotInStudy if the file has no such group."""
        raise NotImplementedError

    @property
    def retention(self) -> xarray.Dataset:
        """Barriers (J), rates and retention, docs/retention.md. Errors: NotInStudy without a section [retention]."""
        return self.stage("retention")

    @property
    def programming(self) -> xarray.Dataset:
        """How well levels can be written, docs/programming.md. Errors: NotInStudy without a section [programming]."""
        return self.stage("programming")
