"""Writes the faces in assets/fonts and icons/, and ui/src/design/icons.rs, from their unpacked packages.

usage: build.py PACKAGES

PACKAGES holds the unpacked packages named in assets/README.md, one folder each: inter-ui, jetbrains-mono
(@fontsource/jetbrains-mono), phosphor (@phosphor-icons/web) and noto (NotoSansArabic-Regular.ttf).
Needs fonttools and brotli.
"""
import re
import sys
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "assets" / "fonts"
TEXT = [
    (0x20, 0x7F), (0xA0, 0x250), (0x2B0, 0x530), (0x1E00, 0x1F00), (0x2000, 0x20D0), (0x2100, 0x2150),
    (0x2190, 0x2300), (0x2318, 0x2330), (0x23CE, 0x23CF), (0x25A0, 0x2607), (0x2713, 0x2719),
]
TABULAR = "0123456789.,:+-\u2212\u2013\u2014/%\u00a0\u2009\u202f \u00d7"
ICONS = """
list-checks list-dashes calendar-dots package magnifying-glass gear gear-six arrows-down-up arrows-clockwise
arrow-left arrow-right arrow-up arrow-down arrow-bend-down-left caret-left caret-right caret-up caret-down caret-up-down x check check-circle x-circle warning
warning-circle warning-diamond info question lock lock-open lock-key key key-return keyboard command user user-circle users sign-in sign-out
identification-badge shield-check shield-warning seal seal-check seal-warning clock clock-countdown clock-counter-clockwise
calendar hourglass timer truck truck-trailer train shipping-container anchor boat barricade warehouse map-pin scan barcode
image image-broken camera paperclip file file-text files plus minus plus-circle minus-circle trash pencil-simple note-pencil
eye eye-slash funnel sort-ascending sort-descending dots-three dots-three-vertical sidebar-simple
cloud cloud-check cloud-slash cloud-arrow-up cloud-arrow-down cloud-warning wifi-high wifi-slash plugs plugs-connected database hard-drives desktop laptop
thermometer snowflake radioactive biohazard flame skull scales ruler magnifying-glass-plus magnifying-glass-minus
arrows-out arrows-in corners-out frame-corners hand hand-palm hand-grabbing selection selection-plus rectangle rectangle-dashed polygon cursor circle-half sun moon sliders-horizontal
gavel handshake prohibit octagon stop-circle play pause flag flag-pennant tag stack stack-simple tree-structure
chat-text chat-circle bell bell-ringing star lightning link link-break copy printer export download-simple upload-simple
house squares-four table rows columns chart-bar chart-line-up circle circle-dashed dot-outline square translate text-aa palette
hash fingerprint signature pen-nib paw-print plant leaf flask test-tube syringe virus first-aid police-car airplane suitcase money coins
push-pin arrow-square-out arrow-counter-clockwise arrow-clockwise spinner circle-notch check-square list binoculars path globe device-mobile books notebook clipboard clipboard-text dog cube cube-focus wave-sine gauge drop wind
"""


def cut(font, points, features):
    """Keeps only these code points and layout features."""
    options = subset.Options()
    options.layout_features = features
    options.glyph_names = False
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)
    return font


def ranges(pairs):
    return [point for first, end in pairs for point in range(first, end)]


def tabular_glyphs(font):
    """What the feature `tnum` would put in place of each glyph."""
    table, found = font["GSUB"].table, {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[index].SubTable:
                    found.update(getattr(getattr(part, "ExtSubTable", part), "mapping", {}))
    return found


def inter(package, weight, name):
    """A static instance for text, and a small one whose figures all have one width."""
    def instance():
        font = TTFont(package / "variable" / "InterVariable.woff2")
        font.flavor = None
        return instancer.instantiateVariableFont(font, {"wght": weight, "opsz": 14})

    cut(instance(), ranges(TEXT), ["kern", "mark", "mkmk", "ccmp", "calt", "locl"]).save(FONTS / f"Inter-{name}.ttf")
    figures = instance()
    instead = tabular_glyphs(figures)
    for table in figures["cmap"].tables:
        table.cmap = {point: instead.get(glyph, glyph) for point, glyph in table.cmap.items()}
    cut(figures, [ord(c) for c in TABULAR], []).save(FONTS / f"InterTabular-{name}.ttf")


def mono(package, weight, name):
    """The package's parts by script as one face, without ligatures: a hash must read as it is."""
    parts = []
    for script in ("latin", "latin-ext", "cyrillic", "greek"):
        font = TTFont(package / "files" / f"jetbrains-mono-{script}-{weight}-normal.woff2")
        font.flavor = None
        for table in ("GSUB", "GPOS", "GDEF"):
            if table in font:
                del font[table]
        part = FONTS / f".{script}.ttf"
        font.save(part)
        parts.append(part)
    merged = Merger().merge([str(part) for part in parts])
    cut(merged, list(merged.getBestCmap()), []).save(FONTS / f"JetBrainsMono-{name}.ttf")
    for part in parts:
        part.unlink()


def icons(package):
    """The icon face cut to the list, and its constants."""
    style = (package / "src" / "regular" / "style.css").read_text()
    code = {n: int(c, 16) for n, c in re.findall(r'\.ph\.ph-([a-z0-9-]+):before \{\s*content: "\\([0-9a-f]+)"', style)}
    names = sorted(set(ICONS.split()))
    face = TTFont(package / "src" / "regular" / "Phosphor.ttf")
    cut(face, [code[name] for name in names], []).save(ROOT / "icons" / "Phosphor-subset.ttf")
    lines = [
        "//! Icons: code points of the Phosphor regular face in `icons/`, by their Phosphor names.",
        "//!",
        "//! Written by `assets/build.py`, which holds the list and cuts the face to it; not edited by hand.",
    ]
    for name in names:
        lines += ["", f"/// `{name}`", f'pub const {name.upper().replace("-", "_")}: &str = "\\u{{{code[name]:x}}}";']
    (ROOT / "ui" / "src" / "design" / "icons.rs").write_text("\n".join(lines) + "\n")


def main():
    packages = Path(sys.argv[1])
    FONTS.mkdir(parents=True, exist_ok=True)
    for weight, name in ((400, "Regular"), (550, "Medium"), (650, "SemiBold")):
        inter(packages / "inter-ui", weight, name)
    for weight, name in ((400, "Regular"), (700, "Bold")):
        mono(packages / "jetbrains-mono", weight, name)
    arabic = TTFont(packages / "noto" / "NotoSansArabic-Regular.ttf")
    shaping = ["ccmp", "isol", "init", "medi", "fina", "rlig", "liga", "calt", "mark", "mkmk", "kern", "locl"]
    cut(arabic, ranges([(0x600, 0x700), (0x200C, 0x2010)]), shaping).save(FONTS / "NotoSansArabic-Regular.ttf")
    icons(packages / "phosphor")


if __name__ == "__main__":
    main()
