"""Devices in PyTorch have the numbers of the network stage."""

import importlib.util
import json
import os
import pathlib
import sys
import tempfile
import unittest

import numpy as np

if importlib.util.find_spec("torch") is None:
    print("python3-torch is missing")
    sys.exit(77)
import torch
from torch import nn

sys.path.insert(0, os.environ["SPINSWEEP_PYTHON"])
import spinsweep
import spinsweep.torch as st
from spinsweep import export_networks, import_networks, measured, networks

RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"])
# Made by the C++ test ExchangedNetwork of network_test, which is held to it too.
GOLDEN = json.loads((pathlib.Path(__file__).parents[1] / "data" / "exchange_network.json").read_text())
torch.set_num_threads(1)


def golden_module(parameters=None):
    """The network of the golden file, or with other parameters."""
    values = np.array(GOLDEN["parameters"] if parameters is None else parameters, np.float32)
    network = networks.TrainedNetwork(networks._layers(values, GOLDEN["sizes"]), tuple(GOLDEN["activation"]), 0.0, "golden")
    return st.sequential(network)


def flat(module):
    """Layer after layer the weights [input][output], then the biases."""
    parts = []
    for _, layer in st.device_layers(module):
        parts += [layer.weight.detach().numpy().T.ravel(), layer.bias.detach().numpy()]
    return np.concatenate(parts)


IMAGES = torch.tensor(GOLDEN["images"], dtype=torch.float32).reshape(-1, GOLDEN["sizes"][0])


class Activation(unittest.TestCase):
    COEFFICIENTS = (1.083, 0.014, -0.098)

    def test_is_the_polynomial_between_zero_and_its_tangent(self):
        f = st.Activation(self.COEFFICIENTS)
        x = torch.tensor([-1.0, 0.0, 0.5, 1.0, 3.0], dtype=torch.float64)
        slope = 1.083 + 2 * 0.014 - 3 * 0.098
        wanted = [0, 0, 1.083 * 0.5 + 0.014 * 0.25 - 0.098 * 0.125, 0.999, 0.999 + 2 * slope]
        np.testing.assert_allclose(f(x), wanted, atol=1e-15)

    def test_has_the_gradient_of_its_values(self):
        f = st.Activation(self.COEFFICIENTS)
        x = torch.tensor([-0.7, 0.01, 0.4, 0.99, 1.5, 4.0], dtype=torch.float64, requires_grad=True)
        self.assertTrue(torch.autograd.gradcheck(f, (x,)))
        edges = torch.tensor([0.0, 1.0], dtype=torch.float64, requires_grad=True)
        f(edges).sum().backward()
        np.testing.assert_allclose(edges.grad, [0, 1.083 + 0.028 - 0.294], atol=1e-14)

    def test_is_flat_beyond_one_where_the_polynomial_falls_there(self):
        f = st.Activation((2.0, -1.5))
        np.testing.assert_allclose(f(torch.tensor([1.0, 5.0])), [0.5, 0.5])

    def test_of_a_neuron_without_one_is_refused(self):
        with self.assertRaisesRegex(ValueError, "has no activation"):
            st.Activation([float("nan")])


class Quantize(unittest.TestCase):
    def test_gives_the_weights_of_the_network_stage_to_the_bit_with_every_mapping(self):
        for mapping, wanted in GOLDEN["mappings"].items():
            module = st.quantize(
                golden_module(), GOLDEN["conductances"], mapping, percentile=GOLDEN["percentile"], biases="own_range"
            )
            np.testing.assert_array_equal(flat(module), np.array(wanted["parameters"], np.float32), mapping)

    def test_gives_the_scores_of_the_network_stage(self):
        with torch.no_grad():
            np.testing.assert_allclose(golden_module()(IMAGES).ravel(), GOLDEN["scores"], atol=1e-6)
            for mapping, wanted in GOLDEN["mappings"].items():
                module = golden_module(wanted["parameters"])
                np.testing.assert_allclose(module(IMAGES).ravel(), wanted["scores"], atol=1e-6, err_msg=mapping)

    def test_leaves_the_module_as_it_was(self):
        module = golden_module()
        st.quantize(module, GOLDEN["conductances"], "max_abs")
        np.testing.assert_array_equal(flat(module), np.array(GOLDEN["parameters"], np.float32))

    def test_of_a_stored_network_gives_the_network_that_the_study_has(self):
        study = spinsweep.open(RESULTS / "full.h5")
        for dataset in ("bands", "mnist"):
            for variant in study.each_variant():
                free = st.sequential(study.network(dataset, "fp32"))
                stored = st.sequential(study.network(dataset, "ptq max_abs", **variant.parameters))
                np.testing.assert_array_equal(flat(st.quantize(free, variant, "max_abs")), flat(stored))

    def test_of_a_convolution_takes_each_output_channel_for_a_channel(self):
        torch.manual_seed(1)
        module = nn.Sequential(nn.Conv2d(2, 3, 3), nn.Flatten(), nn.Linear(12, 2))
        moved = st.quantize(module, GOLDEN["conductances"], "max_abs+per_channel")
        for channel in range(3):
            bound = module[0].weight[channel].abs().max()
            self.assertEqual(moved[0].weight[channel].max() <= bound, True)
            self.assertLessEqual(len(moved[0].weight[channel].unique()), 6)
            self.assertTrue(bound in moved[0].weight[channel].abs())

    def test_refuses_what_is_no_mapping_and_no_device(self):
        for mapping, message in (("mean", "not a rule"), ("mse+pairs", "not an option")):
            with self.assertRaisesRegex(ValueError, message):
                st.quantize(golden_module(), GOLDEN["conductances"], mapping)
        with self.assertRaisesRegex(ValueError, "at least two different conductance levels"):
            st.quantize(golden_module(), [1e-4, 1e-4])
        with self.assertRaisesRegex(ValueError, "biases are"):
            st.quantize(golden_module(), GOLDEN["conductances"], biases="none")


class OnLevels(unittest.TestCase):
    def test_compute_with_the_projected_weights_of_the_network_stage_to_the_bit(self):
        for mapping, wanted in GOLDEN["projected"].items():
            module = st.train_on_levels(golden_module(), GOLDEN["conductances"], mapping)
            np.testing.assert_array_equal(flat(module), np.array(wanted, np.float32), mapping)

    def test_let_the_gradient_through(self):
        layer = st.OnLevelLinear(4, 2, GOLDEN["conductances"])
        inputs = torch.randn(3, 4)
        layer(inputs).sum().backward()
        gradient = layer.parametrizations.weight.original.grad
        np.testing.assert_allclose(gradient, inputs.sum(dim=0).expand(2, 4), rtol=1e-6)

    def test_train_to_a_network_that_lies_on_its_codebooks_exactly(self):
        torch.manual_seed(3)
        inputs = torch.rand(256, 8)
        labels = (inputs[:, :4].sum(dim=1) > inputs[:, 4:].sum(dim=1)).long()
        module = nn.Sequential(nn.Linear(8, 16), st.Activation([1.0]), nn.Linear(16, 2))
        st.train_on_levels(module, GOLDEN["conductances"])
        books = [module[k].parametrizations.weight[0].codebooks[0] for k in (0, 2)]
        optimizer = torch.optim.Adam(module.parameters(), 0.01)
        for _ in range(150):
            optimizer.zero_grad()
            nn.functional.cross_entropy(module(inputs), labels).backward()
            optimizer.step()
            st.clip_latent(module)
        st.finish(module)
        self.assertGreater(st.accuracy(module, [(inputs, labels)]), 0.9)
        for k, book in zip((0, 2), books):
            self.assertTrue(set(module[k].weight.detach().numpy().ravel()) <= set(book))


class Chips(unittest.TestCase):
    def test_without_errors_are_the_quantised_network(self):
        for mapping in ("mse", "mse+differential_pair", "mse+per_channel"):
            chip = st.sample_devices(golden_module(), GOLDEN["conductances"], mapping)
            np.testing.assert_allclose(flat(chip), flat(st.quantize(golden_module(), GOLDEN["conductances"], mapping)), atol=1e-7)

    def test_have_errors_of_the_size_that_is_asked_for(self):
        torch.manual_seed(2)
        layer = nn.Linear(200, 100)
        exact = st.quantize(layer, GOLDEN["conductances"], "max_abs").weight
        width = 2 * layer.weight.abs().max()
        draw = torch.Generator().manual_seed(5)
        for mapping, devices in (("max_abs", 1), ("max_abs+differential_pair", 2)):
            exact = st.quantize(layer, GOLDEN["conductances"], mapping).weight
            chip = st.sample_devices(layer, GOLDEN["conductances"], mapping, error=0.05, generator=draw)
            wanted = 0.05 * width if devices == 1 else 0.05 * width / np.sqrt(2)
            self.assertAlmostEqual(float((chip.weight - exact).std() / wanted), 1.0, delta=0.03)

    def test_may_have_stuck_devices_and_errors_of_any_form(self):
        layer = nn.Linear(200, 100)
        stuck = st.sample_devices(layer, GOLDEN["conductances"], "max_abs", stuck_at_fraction=1.0)
        self.assertEqual(len(stuck.weight.unique()), 2)
        same = st.sample_devices(layer, GOLDEN["conductances"], "max_abs", error=lambda g: 0 * g)
        self.assertEqual(len(same.weight.unique()), 1)

    def test_of_pairs_have_both_devices_on_a_level(self):
        seen = []

        def note(g):
            seen.append(set(g.numpy().round(9).ravel()))
            return g

        # The difference 3/4 is that of the levels 1 and 1/4.
        st.sample_devices(nn.Linear(200, 100), (1.0, 1.25, 2.0), "max_abs+differential_pair", error=note)
        self.assertEqual(seen, [{0.0, 0.25, 1.0}] * 2)

    def test_of_devices_as_written_have_their_conductances(self):
        device = measured.read_measured(pathlib.Path(__file__).parent / "golden" / "measured.csv")
        layer = nn.Linear(200, 100)
        chip = st.sample_devices(layer, device, "max_abs", generator=torch.Generator().manual_seed(1))
        low = -layer.weight.abs().max().double()
        conductance = device.conductances[0] + (chip.weight.double() - low) / (-2 * low) * np.ptp(device.conductances)
        found = np.unique(np.round(conductance.detach().numpy() * 1e6, 2))
        # Every measured conductance, the mean of its level instead of one that was not measured.
        np.testing.assert_allclose(found, sorted(device.values[np.isfinite(device.values)] * 1e6), atol=0.02)
        exact = st.quantize(layer, device, "max_abs")
        same = st.sample_devices(layer, device, "max_abs", error=0.0)
        np.testing.assert_allclose(same.weight.detach(), exact.weight.detach(), atol=1e-7)


class StateDict(unittest.TestCase):
    def test_of_dense_layers_becomes_a_model_file(self):
        module = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2, bias=False))
        found = import_networks.from_torch(module)
        self.assertEqual(list(found), ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"])
        np.testing.assert_array_equal(found["layers.1.weight"], module[2].weight.detach())
        np.testing.assert_array_equal(found["layers.1.bias"], np.zeros(2))
        with self.assertRaisesRegex(spinsweep.SpinsweepError, "expected a dense layer"):
            import_networks.from_torch(nn.Sequential(nn.Conv2d(1, 1, 3)))
        with self.assertRaisesRegex(spinsweep.SpinsweepError, "1.weight has 1 dimensions"):
            import_networks.from_torch(nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2)))

    def test_of_a_stored_network_is_loaded_by_torch(self):
        study = spinsweep.open(RESULTS / "full.h5")
        network = study.network("mnist", "qat max_abs", notches_count=3, material_dmi=1e-3)
        with tempfile.TemporaryDirectory() as folder:
            export_networks.save_torch(network, pathlib.Path(folder) / "net.pt")
            module = nn.Sequential(nn.Linear(64, 8), st.Activation(study.neuron()), nn.Linear(8, 4))
            module.load_state_dict(torch.load(pathlib.Path(folder) / "net.pt"))
        images = np.random.default_rng(1).random((20, 64), np.float32)
        with torch.no_grad():
            np.testing.assert_allclose(module(torch.from_numpy(images)), network.logits(images, np.float64), rtol=1e-5, atol=1e-5)


if __name__ == "__main__":
    unittest.main(verbosity=2)
