"""Writes what the programs are made of: every crate that is linked, with its licence and the text of it.

Usage: third_party.py PACKAGE... (names of the workspace's packages), in the workspace's folder. Reads `cargo metadata`
and the sources that Cargo has already; asks no registry.
"""

import json
import pathlib
import subprocess
import sys

TEXTS = ("licen", "copying", "notice", "copyright")


def linked(metadata, roots):
    """Ids of all packages that the roots link, by normal dependencies; the workspace's own are left out."""
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    own = set(metadata["workspace_members"])
    names = {package["id"]: package["name"] for package in metadata["packages"]}
    todo = [id for id in own if names[id] in roots]
    if len(todo) != len(roots):
        sys.exit(f"not all of {', '.join(roots)} are packages of this workspace")
    seen = set(todo)
    while todo:
        for dependency in nodes[todo.pop()]["deps"]:
            normal = any(kind["kind"] is None for kind in dependency["dep_kinds"])
            if normal and dependency["pkg"] not in seen:
                seen.add(dependency["pkg"])
                todo.append(dependency["pkg"])
    return seen - own


def texts_of(folder, stated):
    """The licence files of a crate, by name."""
    files = {path for path in folder.iterdir() if path.name.lower().startswith(TEXTS)}
    if stated and (folder / stated).is_file():
        files.add(folder / stated)
    for path in sorted(path for path in files if path.is_file()):
        yield path.name, path.read_text(encoding="utf-8", errors="replace").strip()


def main(roots):
    command = ["cargo", "metadata", "--format-version=1", "--locked"]
    host = subprocess.run(["rustc", "-vV"], check=True, capture_output=True, text=True).stdout
    triple = next(line.split()[1] for line in host.splitlines() if line.startswith("host:"))
    command += ["--filter-platform", triple]
    metadata = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    wanted = linked(metadata, roots)
    crates = sorted(
        (package for package in metadata["packages"] if package["id"] in wanted),
        key=lambda package: (package["name"], package["version"]),
    )
    numbers, unnamed = {}, []
    print("Outpost contains these libraries. Each line names the crate, its version, its licence, and below which")
    print("numbers its licence's text stands at the end.\n")
    for crate in crates:
        folder = pathlib.Path(crate["manifest_path"]).parent
        own = [numbers.setdefault(text, len(numbers) + 1) for _, text in texts_of(folder, crate["license_file"])]
        if not crate["license"] and not own:
            unnamed.append(f"{crate['name']} {crate['version']}")
        marks = " ".join(f"[{number}]" for number in sorted(set(own))) or "(its package has no text)"
        print(f"{crate['name']} {crate['version']}: {crate['license'] or 'its own licence'} {marks}")
    if unnamed:
        sys.exit(f"no licence is known for {', '.join(unnamed)}")
    root = pathlib.Path(metadata["workspace_root"])
    print("\nFonts and icons:\n")
    assets = sorted([*root.glob("assets/**/*"), *root.glob("icons/*")])
    for path in assets:
        if path.is_file() and path.name.lower().startswith(("licen", "ofl")):
            text = path.read_text(encoding="utf-8", errors="replace").strip()
            number = numbers.setdefault(text, len(numbers) + 1)
            print(f"{path.relative_to(root)} [{number}]")
    for text, number in numbers.items():
        print(f"\n[{number}] {'-' * 100}\n\n{text}")


main(sys.argv[1:])
