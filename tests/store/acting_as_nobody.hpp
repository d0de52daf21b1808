#pragma once

#include <unistd.h>

namespace spinsweep::store::samples {

/// Gives up root's rights while it lives, so that permissions are tested in a container too. False for other users,
/// who have none to give up.
class ActingAsNobody {
 public:
  ActingAsNobody() : was_root_(::geteuid() == 0 && ::seteuid(65534) == 0) {}
  ActingAsNobody(const ActingAsNobody&) = delete;
  ActingAsNobody& operator=(const ActingAsNobody&) = delete;
  ActingAsNobody(ActingAsNobody&&) = delete;
  ActingAsNobody& operator=(ActingAsNobody&&) = delete;
  ~ActingAsNobody() {
    if (was_root_ && ::seteuid(0) != 0) {
      ::_exit(3);
    }
  }
  [[nodiscard]] explicit operator bool() const noexcept { return was_root_; }

 private:
  bool was_root_;
};

}  // namespace spinsweep::store::samples
