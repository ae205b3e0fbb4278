#!/bin/sh
# Makes .venv if it is not there, and installs one lock file into it: `scripts/install.sh requirements.lock`.
# It only adds and upgrades, so a smaller lock never takes anything away from a larger one.
set -eu
lock=$1

stop() {
    echo "kompetanse: $1" >&2
    exit 1
}

find_python() {
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$python"
            return
        fi
    done
}

make_environment() {
    python=$(find_python)
    [ -n "$python" ] || stop "Python 3.11 or newer is needed (Debian and Ubuntu: apt-get install python3 python3-venv)."
    echo "Making .venv with $("$python" --version)"
    rm -rf .venv
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        "$python" -m venv .venv
    elif command -v uv >/dev/null; then
        uv venv --quiet --python "$python" .venv
    else
        stop "$python lacks the venv module (Debian and Ubuntu: apt-get install python3-venv)."
    fi
}

install_with_uv() {
    uv=$(command -v uv || echo .venv/bin/uv)
    [ -x "$uv" ] && "$uv" pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
}

install_with_pip() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
}

.venv/bin/python -c '' 2>/dev/null || make_environment
echo "Installing $lock"
# uv is quicker; where it cannot reach the index that pip is set up for, pip does it.
install_with_uv || install_with_pip || stop "$lock could not be installed; the lines above say why."
