# shellcheck shell=bash disable=SC2016
# Debian roots for the scripts beside this one: a fresh system in a folder, without what is installed on the host.

skip() {
  echo "skipped: $*"
  exit 77
}

require_root() {
  [ "$(id -u)" -eq 0 ] || skip "debootstrap needs root"
  command -v debootstrap >/dev/null || skip "debootstrap is not installed"
}

# make_root SUITE FOLDER: Debian's minimal system, with the host's mirror and proxy.
make_root() {
  local mirror
  mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -m1 '/debian$' || true)
  debootstrap --variant=minbase "$1" "$2" "${mirror:-http://deb.debian.org/debian}" >"$2.log" 2>&1 ||
    skip "debootstrap failed, see $2.log"
  cp -r /etc/apt/apt.conf.d /etc/apt/auth.conf.d "$2/etc/apt/" 2>/dev/null || true
  rm -f "$2"/etc/apt/apt.conf.d/*appstream* "$2"/etc/apt/apt.conf.d/*packagekit*
  cp /etc/resolv.conf "$2/etc/resolv.conf"
  local folder
  for folder in proc sys dev dev/shm dev/pts; do
    mkdir -p "$2/$folder"
    mount --bind "/$folder" "$2/$folder"
  done
}

# drop_root FOLDER
drop_root() {
  local folder
  for folder in dev/pts dev/shm dev sys proc; do
    umount "$1/$folder" 2>/dev/null || true
  done
  rm -rf --one-file-system "$1"
}

# in_root FOLDER COMMAND...
in_root() {
  chroot "$1" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 \
    OMPI_MCA_mpi_yield_when_idle=1 OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_btl_vader_single_copy_mechanism=none \
    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 "${@:2}"
}

# as_user FOLDER COMMAND...: in_root as the user "user", who is not root.
as_user() {
  in_root "$1" runuser -u user -- env HOME=/home/user "${@:2}"
}
