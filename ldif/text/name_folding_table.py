#!/usr/bin/env python3
"""Writes name_folding_table.hpp: for every code point beyond ASCII that folds to one other code point, that one.

    python3 ldif/text/name_folding_table.py > ldif/text/name_folding_table.hpp

Folded away are case (simple lower case), width (full-width and half-width forms), the kind of kana (katakana
becomes hiragana) and the combining marks U+0300 to U+036F, U+3099 and U+309A of a canonical decomposition.
"""
import sys
import unicodedata

MARKS = set(range(0x300, 0x370)) | {0x3099, 0x309A}


def fold(code_point):
    text = chr(code_point)
    if unicodedata.decomposition(text).startswith(("<wide>", "<narrow>")):
        text = unicodedata.normalize("NFKC", text)
    if len(text) == 1 and 0x30A1 <= ord(text) <= 0x30F6:
        text = chr(ord(text) - 0x60)
    text = "".join(c for c in unicodedata.normalize("NFD", text) if ord(c) not in MARKS)
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


print(f"""#pragma once
// Made by name_folding_table.py beside this file, from the Unicode Character Database {unicodedata.unidata_version}
// that Python {sys.version_info.major}.{sys.version_info.minor} carries. Change the program, not this file.
#include <array>
#include <cstdint>

namespace dsplan::ldif {{

struct folded_code_point {{
    std::uint32_t from;
    std::uint32_t to;
}};
""")
rows = []
for code_point in range(0x80, 0x1F000):
    if code_point in MARKS or 0xD800 <= code_point <= 0xDFFF or 0xAC00 <= code_point <= 0xD7A3:
        continue
    if unicodedata.category(chr(code_point)) == "Cn":
        continue
    to = fold(code_point)
    if len(to) == 1 and to != chr(code_point):
        rows.append((code_point, ord(to)))
print("// clang-format off")
print(f"inline constexpr std::array<folded_code_point, {len(rows)}> folded_code_points{{{{")
for source, target in rows:
    print(f"    {{0x{source:04X}, 0x{target:04X}}},")
print("}};\n// clang-format on\n\n} // namespace dsplan::ldif")
