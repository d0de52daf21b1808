from spack.package import *


class Spinsweep(CMakePackage):
    """Device sweeps of domain-wall synapses and neurons, and the networks built of them."""

    # Not run yet: no Spack at hand. From an unpacked source archive:
    #   spack repo add packaging/spack
    #   spack dev-build spinsweep@0.2.0
    manual_download = True

    license("GPL-3.0-or-later")

    version("0.2.0")

    variant("tests", default=False, description="Build the tests")
    variant("report", default=True, description="Python packages that spinsweep-report needs")

    depends_on("c", type="build")
    depends_on("cxx", type="build")
    depends_on("cmake@3.25:", type="build")
    depends_on("pkgconfig", type="build")
    depends_on("mpi")
    depends_on("hdf5+mpi")
    depends_on("petsc~complex+double+mpi")
    depends_on("fftw precision=double")
    depends_on("eigen@3.4:")
    depends_on("boost@1.74:+serialization")
    depends_on("tomlplusplus@3:")
    depends_on("cli11@2.3:")
    depends_on("spdlog@1.10:")
    depends_on("fmt@9:")
    depends_on("nlohmann-json@3.11:")
    depends_on("zlib-api")
    depends_on("libpng@1.6:")
    depends_on("googletest@1.12: +gmock", when="+tests")
    with when("+report"):
        depends_on("python@3.9:", type="run")
        depends_on("py-h5py", type="run")
        depends_on("py-matplotlib", type="run")

    # Packs of 8 doubles need GCC 12's vector extensions; earlier compilers lack parts of C++20.
    conflicts("%gcc@:11")

    def cmake_args(self):
        # Spack's compiler wrapper adds the flags of the target processor.
        return [
            self.define("SPINSWEEP_INSTRUCTION_SET", ""),
            self.define("SPINSWEEP_UNITY", True),
            self.define_from_variant("SPINSWEEP_TESTS", "tests"),
        ]

    def test_version(self):
        """the program starts and names its version"""
        program = which(self.prefix.bin.spinsweep)
        assert str(self.spec.version) in program("--version", output=str.split)

    def test_plan(self):
        """the installed demo is planned"""
        program = which(self.prefix.bin.spinsweep)
        output = program("plan", self.prefix.share.spinsweep.sweeps.join("demo.toml"), output=str.split)
        assert "12 cases" in output
