#!/usr/bin/env bash
# The Debian package installs in a fresh Debian 12 with what it depends on, and runs the demo there.
#   debian_package.sh PACKAGE.deb [FOLDER FOR THE ROOT]
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
. "$here/roots.sh"
package=$1
root=${2:-$(mktemp -d)/bookworm}
require_root
trap 'drop_root "$root"' EXIT

make_root bookworm "$root"
cp "$package" "$root/root/spinsweep.deb"
in_root "$root" apt-get update -qq
in_root "$root" apt-get install -y -qq --no-install-recommends /root/spinsweep.deb dataset-fashion-mnist >"$root.install.log" 2>&1 ||
  { tail "$root.install.log"; exit 1; }
in_root "$root" spinsweep --version
in_root "$root" mpirun -n 2 spinsweep run /usr/share/spinsweep/sweeps/demo.toml -o /root/demo.h5 \
  --set 'network.datasets=["fashion-mnist"]' --set 'network.data_folder="/usr/share/datasets"'
in_root "$root" spinsweep status /root/demo.h5
echo ok
