"""The catalogue's messages as the source has them, and the compiled form: `python tests/tui/catalogue.py` writes it."""

from __future__ import annotations

import ast
import json
import struct
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "studycards"
FOLDER = PACKAGE / "locale" / "zh_CN" / "LC_MESSAGES"
HEADER = "Content-Type: text/plain; charset=UTF-8\nLanguage: zh_CN\nPlural-Forms: nplurals=1; plural=0;\n"


@cache
def wanted() -> dict[str, str]:
    """Every message of the source, with its plural (empty for one that has none), in the order of the files."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "studycards.language import" not in text and "import language" not in text and path.name != "language.py":
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call):
                _collect(node, found)
    return found


def _collect(node: ast.Call, found: dict[str, str]) -> None:
    function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if function in ("say", "later") and len(texts) == 1:
        found.setdefault(texts[0], "")
    elif function == "count" and len(texts) == 2:
        found[texts[0]] = texts[1]


def read(path: Path = FOLDER / "studycards.po") -> dict[str, str]:
    """The translations of a .po file by message."""
    found: dict[str, str] = {}
    parts: dict[str, str] = {}
    field = ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if not line.strip():
            if "msgid" in parts:
                found[parts["msgid"]] = parts.get("msgstr", parts.get("msgstr[0]", ""))
            parts, field = {}, ""
        elif not line.startswith("#"):
            if not line.startswith('"'):
                field, _, line = line.partition(" ")
            parts[field] = parts.get(field, "") + json.loads(line)
    found.pop("", None)
    return found


def source(translations: dict[str, str]) -> str:
    """The .po file: what the source wants, with the translations that are there."""
    lines = ['msgid ""', 'msgstr ""', *(_quoted(line + "\n") for line in HEADER.splitlines()), ""]
    for message, plural in wanted().items():
        lines.append(f"msgid {_quoted(message)}")
        if plural:
            lines += [f"msgid_plural {_quoted(plural)}", f"msgstr[0] {_quoted(translations.get(message, ''))}"]
        else:
            lines.append(f"msgstr {_quoted(translations.get(message, ''))}")
        lines.append("")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def compiled(translations: dict[str, str]) -> bytes:
    """The .mo file."""
    plurals = wanted()
    pairs = {"": HEADER} | {f"{m}\0{plurals[m]}" if plurals.get(m) else m: t for m, t in translations.items() if t}
    keys = sorted(key.encode() for key in pairs)
    values = [pairs[key.decode()].encode() for key in keys]
    start = 28 + 16 * len(keys)
    blob, tables = b"", []
    for texts in (keys, values):
        table = b""
        for text in texts:
            table += struct.pack("<II", len(text), start + len(blob))
            blob += text + b"\0"
        tables.append(table)
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, 0)
    return head + b"".join(tables) + blob


def main() -> None:
    """Bring the .po up to date and compile it."""
    path = FOLDER / "studycards.po"
    translations = read(path) if path.exists() else {}
    path.write_text(source(translations), encoding="utf-8")
    (FOLDER / "studycards.mo").write_bytes(compiled({m: t for m, t in translations.items() if m in wanted()}))
    missing = [message for message in wanted() if not translations.get(message)]
    print(f"{len(wanted())} messages, {len(missing)} without translation")
    print(json.dumps(missing, ensure_ascii=False, indent=0))


if __name__ == "__main__":
    main()
