#!/bin/sh
# Installs Debian's Virtuoso, the program alone and no service, where that may be done. Elsewhere it
# says that Virtuoso is left out; with VIRTUOSO=required it fails then.
set -eu
program=virtuoso-t
package=virtuoso-opensource-7-bin

leave_out() {
    echo "Virtuoso is left out: $1." >&2
    [ "${VIRTUOSO:-}" != required ] || exit 1
    exit 0
}

command -v "$program" >/dev/null && exit 0
command -v apt-get >/dev/null || leave_out "it is not installed, and there is no apt-get to do it"
as_root=
if [ "$(id -u)" != 0 ]; then
    # Never asks for a password: make check runs this, too.
    sudo -n true 2>/dev/null || leave_out "it is not installed (apt install $package)"
    as_root="sudo -n"
fi
echo "Installing $package …" >&2
apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=60 -o Dpkg::Use-Pty=0 "$@" >/dev/null
}
apt update || leave_out "apt-get update failed"
apt install --yes --no-install-recommends "$package" || leave_out "$package cannot be installed"
command -v "$program" >/dev/null || leave_out "$package brings no $program"
