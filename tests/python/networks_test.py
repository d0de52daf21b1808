"""Trained networks leave the program: their weights give the accuracies of the file, in every format."""

import contextlib
import importlib.util
import io
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np

RESULTS = pathlib.Path(os.environ["SPINSWEEP_REPORT_RESULTS"])
sys.path.insert(0, os.environ["SPINSWEEP_PYTHON"])
import spinsweep
from spinsweep import __main__ as command_line
from spinsweep import export_networks, import_networks

VARIANT = dict(notches_count=3, material_dmi=1e-3)


def test_set(name):
    """Images (sample, pixel) from 0 to 1 and labels."""
    folder = RESULTS / "data" / name
    images = (folder / "t10k-images-idx3-ubyte").read_bytes()
    _, count, height, width = struct.unpack(">4i", images[:16])
    pixels = np.frombuffer(images, np.uint8, offset=16).reshape(count, height * width)
    return pixels.astype(np.float32) / np.float32(255), np.frombuffer((folder / "t10k-labels-idx1-ubyte").read_bytes(), np.uint8, offset=8)


def run_onnx(model, image):
    """What the operators that are used are defined to do."""
    import onnx

    values = {t.name: onnx.numpy_helper.to_array(t) for t in model.graph.initializer} | {"image": image}
    operators = {
        "Clip": lambda x, low, high: np.clip(x, low, high),
        "Mul": np.multiply,
        "Add": np.add,
        "Sub": np.subtract,
        "Max": np.maximum,
        "Gemm": lambda x, w, b: x @ w.T + b,
    }
    for node in model.graph.node:
        values[node.output[0]] = operators[node.op_type](*(values[name] for name in node.input))
    return values["logits"]


class Networks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.study = spinsweep.open(RESULTS / "full.h5")

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_of_every_deployment_have_the_confusion_matrix_of_the_file(self):
        confusion = self.study.stage("network").confusion
        for dataset in ("bands", "mnist"):
            images, labels = test_set(dataset)
            for deployment in confusion.deployment.values:
                for seed in confusion.seed.values:
                    network = self.study.network(dataset, deployment, seed, **VARIANT)
                    found = np.zeros((4, 4), int)
                    np.add.at(found, (labels, network.logits(images).argmax(axis=1)), 1)
                    wanted = confusion.sel(dataset=dataset, deployment=deployment, seed=seed, **VARIANT).squeeze("neuron")
                    np.testing.assert_array_equal(found, wanted, f"{dataset} {deployment} {seed}")

    def test_on_the_device_are_their_codebooks_to_the_bit(self):
        for deployment in ("ptq max_abs", "qat max_abs"):
            network = self.study.network("mnist", deployment, **VARIANT)
            again = network.requantized()
            for layer, decoded in zip(network.layers, again.layers):
                self.assertEqual(layer.codebooks.shape, (1, 5))
                np.testing.assert_array_equal(layer.weight, decoded.weight)
                np.testing.assert_array_equal(layer.bias, decoded.bias)
        self.assertIsNone(self.study.network("mnist", "ptq max_abs", **VARIANT).layers[0].bias_codes, "biases are digital")
        self.assertIsNotNone(self.study.network("mnist", "qat max_abs", **VARIANT).layers[0].bias_codes)

    def test_that_are_fine_tuned_and_requantised_have_the_requantised_accuracy(self):
        images, labels = test_set("mnist")
        wanted = self.study.stage("network").requantized_accuracy
        for seed in wanted.seed.values:
            network = self.study.network("mnist", "fine_tuned max_abs", seed, **VARIANT).requantized()
            accuracy = np.mean(network.logits(images).argmax(axis=1) == labels)
            self.assertEqual(accuracy, float(wanted.sel(dataset="mnist", deployment="fine_tuned max_abs", seed=seed, **VARIANT)))

    def test_survive_a_merge_of_results_files(self):
        merged = self.folder / "merged.h5"
        files = [RESULTS / "full.h5", RESULTS / "full.h5"]
        subprocess.run([os.environ["SPINSWEEP"], "merge", *files, "-o", merged], check=True, capture_output=True)
        ours = self.study.network("mnist", "qat max_abs", **VARIANT)
        theirs = spinsweep.open(merged).network("mnist", "qat max_abs", **VARIANT)
        for a, b in zip(ours.layers, theirs.layers):
            np.testing.assert_array_equal(a.weight, b.weight)
            np.testing.assert_array_equal(a.codes, b.codes)
            np.testing.assert_array_equal(a.bias_codebooks, b.bias_codebooks)

    def test_that_are_not_stored_are_named_with_what_to_do(self):
        with self.assertRaisesRegex(spinsweep.NotInStudy, r"the study has no deployment 'qat mse'; it has 'fp32', "):
            self.study.network("mnist", "qat mse", **VARIANT)
        with self.assertRaisesRegex(spinsweep.NoSuchVariant, "differ in"):
            self.study.network("mnist", "qat max_abs")
        with self.assertRaisesRegex(spinsweep.SpinsweepError, "has not been trained yet"):
            spinsweep.open(RESULTS / "partial.h5").network("mnist", "fp32")
        sampled = spinsweep.open(RESULTS / "sampled.h5")
        self.assertEqual(sampled.network("mnist", "fp32").sizes, [64, 8, 4])
        with self.assertRaisesRegex(spinsweep.NotInStudy, r'are not stored; run it with \[network\] store_weights = \["qat"\]'):
            sampled.network("mnist", "qat mse", **sampled.each_variant()[0].parameters)

    def test_read_the_same_from_npz_and_safetensors(self):
        network = self.study.network("mnist", "qat max_abs", **VARIANT)
        export_networks.save_npz(network, self.folder / "net.npz")
        with np.load(self.folder / "net.npz") as stored:
            for name, values in export_networks.arrays(network).items():
                np.testing.assert_array_equal(stored[name], values)
            codes, books = stored["layers.0.weight_codes"], stored["layers.0.weight_codebooks"]
            np.testing.assert_array_equal(books[0][codes], stored["layers.0.weight"])
        export_networks.save_safetensors(network, self.folder / "net.safetensors")
        bytes_ = (self.folder / "net.safetensors").read_bytes()
        (size,) = struct.unpack("<Q", bytes_[:8])
        header = json.loads(bytes_[8 : 8 + size])
        self.assertEqual(json.loads(header["__metadata__"]["activation"]), list(network.activation))
        for name, values in export_networks.parameters(network).items():
            begin, end = header[name]["data_offsets"]
            stored = np.frombuffer(bytes_[8 + size :][begin:end], "<f4").reshape(header[name]["shape"])
            np.testing.assert_array_equal(stored, values)

    @unittest.skipUnless(importlib.util.find_spec("onnx"), "python3-onnx is missing")
    def test_have_the_same_scores_as_onnx(self):
        images, _ = test_set("bands")
        images = images * 3  # beyond the end of the polynomial
        for deployment in ("fp32", "qat max_abs"):
            network = self.study.network("bands", deployment, **VARIANT)
            export_networks.save_onnx(network, self.folder / "net.onnx")
            import onnx

            model = onnx.load(str(self.folder / "net.onnx"))
            onnx.checker.check_model(model, full_check=True)
            np.testing.assert_allclose(run_onnx(model, images), network.logits(images), rtol=1e-5, atol=1e-5)

    @unittest.skipUnless(importlib.util.find_spec("onnx"), "python3-onnx is missing")
    def test_are_read_back_from_onnx_whatever_makes_a_dense_layer(self):
        import onnx
        from onnx import TensorProto, helper, numpy_helper

        network = self.study.network("bands", "fp32")
        export_networks.save_onnx(network, self.folder / "net.onnx")
        found = import_networks.from_onnx(self.folder / "net.onnx")
        for name, values in export_networks.parameters(network).items():
            np.testing.assert_array_equal(found[name], values)

        def save(nodes, arrays):
            ends = [helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in ("x", "y")]
            graph = helper.make_graph(nodes, "g", ends[:1], ends[1:], [numpy_helper.from_array(a, n) for n, a in arrays.items()])
            onnx.save(helper.make_model(graph), str(self.folder / "other.onnx"))

        weight, bias = np.arange(6, dtype=np.float32).reshape(2, 3), np.ones(3, np.float32)
        save([helper.make_node("MatMul", ["x", "w"], ["p"]), helper.make_node("Add", ["b", "p"], ["y"])], {"w": weight, "b": bias})
        found = import_networks.from_onnx(self.folder / "other.onnx")
        np.testing.assert_array_equal(found["layers.0.weight"], weight.T)
        np.testing.assert_array_equal(found["layers.0.bias"], bias)
        save([helper.make_node("Conv", ["x", "w"], ["y"])], {"w": np.zeros((1, 1, 2, 2), np.float32)})
        with self.assertRaisesRegex(spinsweep.SpinsweepError, "has a layer Conv; expected dense layers only"):
            import_networks.from_onnx(self.folder / "other.onnx")

    def test_are_exported_from_the_command_line(self):
        arguments = ["export-network", str(RESULTS / "full.h5"), "--dataset", "mnist", "--deployment", "qat max_abs"]
        with contextlib.redirect_stdout(io.StringIO()) as out:
            code = command_line.main([*arguments, "--variant", "notches_count=3", "material_dmi=1e-3", "--format", "npz", "-o", str(self.folder / "net.npz")])
        self.assertEqual(code, 0)
        self.assertRegex(out.getvalue(), r"net.npz: full: mnist, qat max_abs, seed 1, notches 3, DMI 1 mJ m⁻², 64-8-4, accuracy \d+\.\d\d %")
        with contextlib.redirect_stderr(io.StringIO()) as errors:
            code = command_line.main([*arguments, "--format", "npz", "-o", str(self.folder / "net.npz")])
        self.assertEqual((code, errors.getvalue().count("\n")), (3, 1))

    def test_trained_elsewhere_are_evaluated_and_put_on_devices(self):
        network = self.study.network("mnist", "fp32")
        export_networks.save_safetensors(network, self.folder / "net.safetensors")
        again = spinsweep.run(
            RESULTS / "full.toml",
            ranks=1,
            output=self.folder / "again.h5",
            progress=False,
            reuse=RESULTS / "full.h5",
            network__model_file=str(self.folder / "net.safetensors"),
            network__datasets=["mnist"],
            network__seeds=1,
        )
        wanted = self.study.accuracy.sel(dataset="mnist", seed=1)
        for deployment in ("fp32", "ptq max_abs"):
            np.testing.assert_array_equal(
                again.accuracy.sel(dataset="mnist", seed=1, deployment=deployment), wanted.sel(deployment=deployment)
            )
        with self.assertRaisesRegex(spinsweep.RunError, "") as caught:
            spinsweep.run(
                RESULTS / "full.toml",
                ranks=1,
                output=self.folder / "wrong.h5",
                progress=False,
                reuse=RESULTS / "full.h5",
                network__model_file=str(self.folder / "net.safetensors"),
                network__datasets=["bands"],
                network__seeds=1,
            )
        self.assertEqual(caught.exception.code, 1)
        self.assertIn("its layers have 64-8-4 neurons, those of the study 30-8-4", caught.exception.output)


if __name__ == "__main__":
    unittest.main(verbosity=2)
