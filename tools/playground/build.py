#!/usr/bin/python3
"""Makes the page of its parts: build.py PROGRAM.js PROGRAM.wasm OUT.html, called by CMake.

The program stands in the page packed; a content policy names the style and the script by their SHA-256, lets WebAssembly run
and allows nothing else.
"""

import base64
import gzip
import hashlib
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
RENDER = HERE.parent / "dsplan/render"
STYLES = [RENDER / "html_page.css", RENDER / "explanation_page.css", RENDER / "access_trace.css", RENDER / "diff.css",
          RENDER / "review.css", HERE / "page.css"]
SCRIPTS = [HERE / "engine.js", HERE / "views.js", HERE / "exercises.js", HERE / "exercise_view.js", HERE / "start.js",
           RENDER / "html_page.js", RENDER / "explanation_page.js"]
LIMIT = 2 << 20


def source(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def main() -> int:
    glue, program, target = map(pathlib.Path, sys.argv[1:])
    style = "".join(path.read_text() for path in STYLES)
    script = "\n".join([glue.read_text(), *(path.read_text() for path in SCRIPTS)])
    if "</script" in script or "<!--" in script:
        raise SystemExit("the script would end early")
    policy = (f"default-src 'none'; style-src {source(style)}; script-src {source(script)} 'wasm-unsafe-eval'; "
              "connect-src 'none'; base-uri 'none'; form-action 'none'")
    packed = base64.b64encode(gzip.compress(program.read_bytes(), 9, mtime=0)).decode()
    page = (HERE / "page.html").read_text()
    for name, text in (("policy", policy), ("style", style), ("program", packed), ("script", script)):
        page = page.replace("{{" + name + "}}", text, 1)
    octets = page.encode()
    if len(octets) > LIMIT:
        raise SystemExit(f"{target.name} has {len(octets)} octets, {LIMIT} at most")
    target.write_bytes(octets)
    print(f"{target.name}: {len(octets)} octets")
    return 0


sys.exit(main())
