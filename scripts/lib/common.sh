#!/bin/bash
# Shared by the scripts of this folder: where things are, and how missing packages are installed.
# shellcheck disable=SC2034
# Sourced, never run. Debian's package names; other systems are told what to install.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
readonly ROOT
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
readonly TARGET

# What building the Tauri shell and the vendored OpenSSL needs.
BUILD_PACKAGES=(gcc g++ make perl pkg-config libwebkit2gtk-4.1-dev libayatana-appindicator3-dev librsvg2-dev)
# What the window needs to draw: a software renderer does.
WINDOW_PACKAGES=(mesa-vulkan-drivers libgl1-mesa-dri libegl1 libxkbcommon-x11-0 libxcursor1 libxi6 libxrandr2)
# What the programs of a package open by name while they run, so that no tool sees it in them: tray, Vulkan and GL with
# a software renderer for both, keyboard and pointer under X11 and Wayland.
OPENED_PACKAGES=(libayatana-appindicator3-1 libvulkan1 mesa-vulkan-drivers libgl1-mesa-dri libegl1 libxkbcommon0
    libxkbcommon-x11-0 libx11-xcb1 libxcursor1 libxi6 libxrandr2 libwayland-client0 libwayland-cursor0 libwayland-egl1)
# What driving the window without a display needs, as a screen reader would.
HEADLESS_PACKAGES=(xvfb xauth dbus dbus-x11 at-spi2-core gnome-keyring openbox x11-utils xdotool imagemagick)
# Other programs that read the papers and calendars in the tests.
READER_PACKAGES=(python3 python3-html5lib python3-icalendar python3-vobject python3-openpyxl libxml2-utils)
# The database server that the central's tests start for themselves, and what lets it run as a user of its own.
STORE_PACKAGES=(postgresql util-linux)

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$*"
    exit 1
}

require_rust() {
    command -v cargo >/dev/null 2>&1 || die \
        "Rust is missing. Install it with: curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh"
    local have want=1.95
    have=$(rustc --version | cut -d' ' -f2)
    [ "$(printf '%s\n%s\n' "$want" "$have" | sort -V | head -n1)" = "$want" ] || die \
        "Rust $have is too old; $want or newer is needed: rustup update stable"
}

# require_packages NAME...: installs the Debian packages that are missing, or says the one command that does.
require_packages() {
    if ! command -v dpkg-query >/dev/null 2>&1; then
        say "This is no Debian system; these packages' counterparts are needed: $*"
        return
    fi
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    local command="apt-get install -y --no-install-recommends ${missing[*]}"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
            as_root=(sudo)
        else
            die "Some packages are missing. Install them with: sudo $command"
        fi
    fi
    say "Installing: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq >&2 || die "The package lists could not be read. Try: sudo apt-get update"
    # shellcheck disable=SC2086 # the command is a list of words
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" $command >&2 || die "Could not install. Try: sudo $command"
}
