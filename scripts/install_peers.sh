#!/bin/sh
# Installs the programs that tests hold this one against: Virtuoso, Chromium, rapper (Raptor), CKAN
# with its DCAT code, and of npm the rules of accessibility and the schema of SARIF. What cannot be installed is named, and its tests are skipped;
# with PEERS=required that is a failure. Programs only, no services.
#
# Usage: scripts/install_peers.sh [virtuoso|chromium|rapper|ckan|npm]…
set -eu
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- virtuoso chromium rapper ckan npm

leave_out() {
    echo "$1 is left out: $2." >&2
    [ "${PEERS:-}" != required ] || exit 1
}

as_root=
updated=
apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=60 -o Dpkg::Use-Pty=0 "$@" >/dev/null
}

# debian NAME PROGRAM PACKAGE…
debian() {
    name=$1 program=$2
    shift 2
    ! command -v "$program" >/dev/null || return 0
    if ! command -v apt-get >/dev/null; then
        leave_out "$name" "it is not installed, and there is no apt-get to do it"
        return 0
    fi
    if [ "$(id -u)" != 0 ]; then
        # Never asks for a password: make check runs this, too.
        if ! sudo -n true 2>/dev/null; then
            leave_out "$name" "it is not installed (apt install $*)"
            return 0
        fi
        as_root="sudo -n"
    fi
    echo "Installing $* …" >&2
    if [ -z "$updated" ]; then
        apt update || { leave_out "$name" "apt-get update failed" && return 0; }
        updated=yes
    fi
    apt install --yes --no-install-recommends "$@" || { leave_out "$name" "$* cannot be installed" && return 0; }
    command -v "$program" >/dev/null || leave_out "$name" "$* brings no $program"
}

npm_packages() {
    if [ -f node_modules/axe-core/axe.min.js ] && [ -d node_modules/@microsoft/jest-sarif ]; then
        return 0
    fi
    if ! command -v npm >/dev/null; then
        leave_out "axe-core" "there is no npm"
        return 0
    fi
    echo "Installing axe-core and @microsoft/jest-sarif …" >&2
    npm install --no-save --no-package-lock --ignore-scripts --silent axe-core @microsoft/jest-sarif ||
        leave_out "axe-core" "npm cannot install it"
}

# CKAN pins the versions of all that it needs, so it gets an environment of its own; no server runs.
ckan() {
    home=.peers/ckan
    if [ -x $home/bin/python ] && $home/bin/python -c "import ckanext.dcat.processors" 2>/dev/null; then
        return 0
    fi
    echo "Installing CKAN and ckanext-dcat …" >&2
    if ! "${PYTHON:-python3}" -m venv $home ||
        ! $home/bin/python -m pip install --quiet --disable-pip-version-check \
            "ckan[requirements]==2.12.0" "ckanext-dcat==2.4.4" 2>/dev/null; then
        leave_out CKAN "pip cannot install it"
    fi
}

for peer in "$@"; do
    case $peer in
        virtuoso) debian Virtuoso virtuoso-t virtuoso-opensource-7-bin ;;
        chromium) debian Chromium chromedriver chromium chromium-driver ;;
        rapper) debian Raptor rapper raptor2-utils ;;
        ckan) ckan ;;
        npm) npm_packages ;;
        *) echo "There is no peer $peer." >&2 && exit 2 ;;
    esac
done
