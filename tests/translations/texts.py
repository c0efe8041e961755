"""Texts: every text that the program shows, found in its sources, by the context it is translated in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from editor import edits
from editor.core.edit import Edit

EDITOR = Path(edits.__file__).parents[1]
WORDS = ("on", "off", "auto", "Packshot's own")  # what values of parameters are called

Text = tuple[str, str]  # context, English


class Dynamic(Exception):
    """A text that is only made up as the program runs: no tool finds it."""


def in_sources() -> set[Text]:
    """The texts of the window. Raises Dynamic for one that is no literal."""
    return {text for path in sorted((EDITOR / "ui").rglob("*.py")) for text in _in_file(path)}


def of_edits() -> set[Text]:
    """The texts that the edits declare, who know nothing of Qt: titles, parameters, choices, units, findings."""
    edits.discover()
    found = set(WORDS)
    for kind in Edit.kinds.values():
        if not kind.__module__.startswith("editor."):
            continue  # of a test
        found.update((kind.title, *kind.readings))
        for param in kind.params().values():
            found.update((param.title, getattr(param, "unit", ""), *getattr(param, "options", ())))
            found.update(getattr(param, "marks", ()))
            found.add(getattr(param, "what", ""))
    for path in (EDITOR / "edits").glob("*.py"):
        found.update(_findings(path))
        found.update(_notes(path))
    return {("Edits", text) for text in found if any(c.isalpha() for c in text)}


def of_core() -> set[str]:
    """The reasons that core and networks give for what they cannot do, and what the readers say of a photo."""
    found = set()
    for path in [*(EDITOR / "core").rglob("*.py"), *(EDITOR / "ml").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in ("PhotoError", "ModelError", "refused", "broken"):
                    found.add(_with_holes(node.args[-1]))
            elif path.parent.name == "read" and isinstance(node, ast.Constant) and _is_sentence(node.value):
                found.add(str(node.value))
    bare = {re.sub(r"^is damaged or cut short \((.*[a-z]{2}.*)\)$", r"\1", reason) for reason in found}
    return {reason.removeprefix("{}: ") for reason in bare if re.search("[a-z]{2}", reason)}


def _is_sentence(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch("Its? .*[.]", value) is not None


def _with_holes(node: ast.expr) -> str:
    """The literal, {} where something is put in; empty where it is no literal."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def _findings(path: Path) -> Iterator[str]:
    """What a Facts says that it found out, as far as it is in words."""
    for each in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(each, ast.ClassDef) and any("Facts" in ast.unparse(base) for base in each.bases):
            for line in ast.walk(each):
                if isinstance(line, ast.Return) and line.value is not None:
                    told = [line.value]
                    while told:
                        value = told.pop()
                        if isinstance(value, ast.IfExp):
                            told += [value.body, value.orelse]
                        elif isinstance(value, ast.Constant) and isinstance(value.value, str):
                            yield value.value


def _notes(path: Path) -> Iterator[str]:
    """What a Facts warns of: the sentences that a module keeps under names in capitals."""
    for each in ast.parse(path.read_text("utf-8")).body:
        if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]).isupper():
            value = each.value.value if isinstance(each.value, ast.Constant) else None
            if isinstance(value, str) and value.endswith("."):
                yield value


def _in_file(path: Path) -> Iterator[Text]:
    def walk(node: ast.AST, inside: str) -> Iterator[Text]:
        if isinstance(node, ast.ClassDef):
            inside = node.name
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == "tr" and node.args:
                yield inside, _literal(path, node.args[0])
            elif name in ("translate", "QT_TRANSLATE_NOOP") and len(node.args) >= 2:
                context, text = node.args[:2]
                literal = isinstance(text, ast.Constant | ast.JoinedStr | ast.BinOp)  # others are marked where they are
                if isinstance(context, ast.Constant) and isinstance(context.value, str) and literal:
                    yield context.value, _literal(path, text)
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inside)

    yield from walk(ast.parse(path.read_text("utf-8")), "")


def _literal(path: Path, node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise Dynamic(f"{path.name}:{node.lineno}: {ast.unparse(node)} is no literal")
