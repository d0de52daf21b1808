#include "device/conduction.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "parallel/petsc.hpp"

namespace spinsweep::device {

namespace {

using parallel::check_petsc;

/// The faces of the cells and which cells conduct.
class Sheet {
 public:
  Sheet(const micromagnetics::Mesh& mesh, const std::vector<double>& conductance)
      : nx_(mesh.nx), ny_(mesh.ny), conductance_(conductance), number_(conductance.size(), -1) {
    number_cells();
  }

  [[nodiscard]] int nx() const { return nx_; }
  [[nodiscard]] int ny() const { return ny_; }
  [[nodiscard]] PetscInt unknowns() const { return unknowns_; }
  /// Of the unknown of a cell; negative where there is none.
  [[nodiscard]] PetscInt number(int i, int j) const {
    return i >= 0 && i < nx_ && j >= 0 && j < ny_ ? number_[index(i, j)] : -1;
  }
  /// Of the face between neighbours, 0 if one does not conduct.
  [[nodiscard]] double face(int i, int j, int other_i, int other_j) const {
    if (number(i, j) < 0 || number(other_i, other_j) < 0) {
      return 0.0;
    }
    const double a = conductance_[index(i, j)];
    const double b = conductance_[index(other_i, other_j)];
    return 2.0 * a * b / (a + b);
  }
  /// Of a contact with a cell of the first or the last column.
  [[nodiscard]] double contact(int i, int j) const { return number(i, j) < 0 ? 0.0 : 2.0 * conductance_[index(i, j)]; }

 private:
  [[nodiscard]] std::size_t index(int i, int j) const {
    return static_cast<std::size_t>(j) * static_cast<std::size_t>(nx_) + static_cast<std::size_t>(i);
  }

  /// Numbers the cells that can be reached from both contacts or from either.
  void number_cells() {
    constexpr PetscInt reached = 0;
    std::vector<std::pair<int, int>> front;
    const auto reach = [&](int i, int j) {
      if (i >= 0 && i < nx_ && j >= 0 && j < ny_ && conductance_[index(i, j)] > 0.0 && number_[index(i, j)] < 0) {
        number_[index(i, j)] = reached;
        front.emplace_back(i, j);
      }
    };
    for (int j = 0; j < ny_; ++j) {
      reach(0, j);
    }
    bool has_a_way = false;
    const auto spread = [&] {
      while (!front.empty()) {
        const auto [i, j] = front.back();
        front.pop_back();
        has_a_way = has_a_way || i == nx_ - 1;
        reach(i + 1, j);
        reach(i - 1, j);
        reach(i, j + 1);
        reach(i, j - 1);
      }
    };
    spread();
    if (!has_a_way) {
      throw InputError("no current can flow from the left end of the track to the right one");
    }
    for (int j = 0; j < ny_; ++j) {
      reach(nx_ - 1, j);
    }
    spread();
    for (PetscInt& number : number_) {
      number = number < 0 ? number : unknowns_++;
    }
  }

  int nx_;
  int ny_;
  const std::vector<double>& conductance_;
  std::vector<PetscInt> number_;
  PetscInt unknowns_ = 0;
};

/// The potential of each unknown, 1 at the left contact and 0 at the right one.
std::vector<double> potential_of(const Sheet& sheet) {
  constexpr PetscInt most_in_a_row = 5;
  parallel::UniqueMat matrix;
  parallel::UniqueVec source;
  parallel::UniqueVec potential;
  parallel::UniqueKSP solver;
  check_petsc(
      MatCreateSeqAIJ(PETSC_COMM_SELF, sheet.unknowns(), sheet.unknowns(), most_in_a_row, nullptr, matrix.out()));
  check_petsc(MatCreateVecs(matrix.get(), potential.out(), source.out()));
  for (int j = 0; j < sheet.ny(); ++j) {
    for (int i = 0; i < sheet.nx(); ++i) {
      const PetscInt row = sheet.number(i, j);
      if (row < 0) {
        continue;
      }
      double sum = 0.0;
      for (const auto& [other_i, other_j] :
           std::array<std::pair<int, int>, 4>{{{i + 1, j}, {i - 1, j}, {i, j + 1}, {i, j - 1}}}) {
        const double face = sheet.face(i, j, other_i, other_j);
        if (face > 0.0) {
          check_petsc(MatSetValue(matrix.get(), row, sheet.number(other_i, other_j), -face, INSERT_VALUES));
          sum += face;
        }
      }
      if (i == 0) {
        check_petsc(VecSetValue(source.get(), row, sheet.contact(i, j), INSERT_VALUES));
      }
      sum += (i == 0 ? sheet.contact(i, j) : 0.0) + (i == sheet.nx() - 1 ? sheet.contact(i, j) : 0.0);
      check_petsc(MatSetValue(matrix.get(), row, row, sum, INSERT_VALUES));
      // That of a straight strip.
      check_petsc(VecSetValue(potential.get(), row, 1.0 - (i + 0.5) / sheet.nx(), INSERT_VALUES));
    }
  }
  check_petsc(MatAssemblyBegin(matrix.get(), MAT_FINAL_ASSEMBLY));
  check_petsc(MatAssemblyEnd(matrix.get(), MAT_FINAL_ASSEMBLY));
  check_petsc(MatSetOption(matrix.get(), MAT_SPD, PETSC_TRUE));
  for (Vec vector : {source.get(), potential.get()}) {
    check_petsc(VecAssemblyBegin(vector));
    check_petsc(VecAssemblyEnd(vector));
  }
  constexpr double tolerance = 1e-13;
  constexpr PetscInt most_iterations = 1000;
  PC preconditioner = nullptr;
  check_petsc(KSPCreate(PETSC_COMM_SELF, solver.out()));
  check_petsc(KSPSetOptionsPrefix(solver.get(), "current_"));
  check_petsc(KSPSetOperators(solver.get(), matrix.get(), matrix.get()));
  check_petsc(KSPSetType(solver.get(), KSPCG));
  check_petsc(KSPGetPC(solver.get(), &preconditioner));
  check_petsc(PCSetType(preconditioner, PCGAMG));
  check_petsc(KSPSetInitialGuessNonzero(solver.get(), PETSC_TRUE));
  check_petsc(KSPSetTolerances(solver.get(), tolerance, PETSC_DEFAULT, PETSC_DEFAULT, most_iterations));
  check_petsc(KSPSetFromOptions(solver.get()));
  check_petsc(KSPSolve(solver.get(), source.get(), potential.get()));
  KSPConvergedReason reason = KSP_CONVERGED_ITERATING;
  check_petsc(KSPGetConvergedReason(solver.get(), &reason));
  if (reason < 0) {
    throw EnvironmentError(std::string("PETSc does not find the current in the heavy metal: ") +
                           KSPConvergedReasons[reason]);
  }
  const PetscScalar* values = nullptr;
  check_petsc(VecGetArrayRead(potential.get(), &values));
  std::vector<double> found(values, values + sheet.unknowns());
  check_petsc(VecRestoreArrayRead(potential.get(), &values));
  return found;
}

}  // namespace

SheetCurrent conduct(const micromagnetics::Mesh& mesh, const std::vector<double>& conductance) {
  const Sheet sheet(mesh, conductance);
  const std::vector<double> potential = potential_of(sheet);
  // No current flows at a cell without a number, whose potential has no effect.
  const auto at = [&](int i, int j) {
    const PetscInt number = sheet.number(i, j);
    return number < 0 ? 0.0 : potential[static_cast<std::size_t>(number)];
  };
  SheetCurrent current;
  for (int j = 0; j < sheet.ny(); ++j) {
    const bool has_left = sheet.number(0, j) >= 0;
    current.to_east.push_back(has_left ? sheet.contact(0, j) * (1.0 - at(0, j)) : 0.0);
    for (int i = 0; i < sheet.nx(); ++i) {
      const double east = sheet.face(i, j, i + 1, j);
      const double north = sheet.face(i, j, i, j + 1);
      const double contact = i == sheet.nx() - 1 ? sheet.contact(i, j) : 0.0;
      current.to_east.push_back(east > 0.0      ? east * (at(i, j) - at(i + 1, j))
                                : contact > 0.0 ? contact * at(i, j)
                                                : 0.0);
      current.to_north.push_back(north > 0.0 ? north * (at(i, j) - at(i, j + 1)) : 0.0);
    }
  }
  double total = 0.0;
  const auto columns = static_cast<std::size_t>(sheet.nx()) + 1;
  for (std::size_t k = 0; k < current.to_east.size(); k += columns) {
    total += current.to_east[k];
  }
  for (auto* currents : {&current.to_east, &current.to_north}) {
    for (double& through_face : *currents) {
      through_face /= total;
    }
  }
  current.squares = 1.0 / total;
  return current;
}

}  // namespace spinsweep::device
