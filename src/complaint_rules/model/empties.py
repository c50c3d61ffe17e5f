"""Keys and items that have no value: a problem each, wherever they stand (semantics 11)."""

from __future__ import annotations

from complaint_rules.document import Entry, Mapping, Node, Scalar, Sequence
from complaint_rules.document.data import plain_value
from complaint_rules.model.hints import Path
from complaint_rules.model.places import quoted, thing
from complaint_rules.problem import Problem


def find_empties(root: Node) -> dict[Path, Problem]:
    """
    Return a problem for each empty value in `root`, by its path.

    The depth of a document is bounded, and with it the stack here.
    """
    if not _has_empty(root):
        return {}
    found: dict[Path, Problem] = {}
    waiting: list[tuple[Path, Node, Entry | None]] = [((), root, None)]
    while waiting:
        path, node, entry = waiting.pop()
        if isinstance(node, Mapping):
            waiting += [((*path, key), e.value, e) for key, e in node.entries.items()]
        elif isinstance(node, Sequence):
            waiting += [((*path, index), item, None) for index, item in enumerate(node.items)]
        elif is_empty(node):
            found[path] = _problem(root, path, node, entry)
    return found


def _has_empty(root: Node) -> bool:
    """Return whether anything in `root` is empty: no path is kept for it, so it takes little."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            waiting += [entry.value for entry in node.entries.values()]
        elif isinstance(node, Sequence):
            waiting += node.items
        elif not node.quoted and is_empty(node):
            return True
    return False


def is_empty(node: Node) -> bool:
    """Return whether `node` is nothing: `null`, `~` or no text at all, without quotes."""
    return isinstance(node, Scalar) and not node.quoted and plain_value(node) is None


def without(node: Node, empties: dict[Path, Problem], path: Path = ()) -> Node:
    """Return `node` without the entries at those paths; items of lists keep their places."""
    if isinstance(node, Mapping):
        kept = {
            key: Entry(entry.key, without(entry.value, empties, (*path, key)))
            for key, entry in node.entries.items()
            if (*path, key) not in empties
        }
        return Mapping(kept, node.span)
    if isinstance(node, Sequence):
        items = (without(item, empties, (*path, i)) for i, item in enumerate(node.items))
        return Sequence(tuple(items), node.span)
    return node


def _problem(root: Node, path: Path, node: Node, entry: Entry | None) -> Problem:
    span = entry.key.span if entry else node.span
    last = path[-1] if path else ""
    if last == "when":
        return Problem(
            "empty-condition",
            f"{thing(root, path)} holds no test",
            span,
            "nothing follows",
            "write a test, or `when: always` where there is nothing to test",
        )
    if "rows" in path[:-1]:
        cure = 'write a value; in a test, `"-"` stands for any'
    elif isinstance(last, int):
        cure = "write the item, or remove its dash"
    else:
        cure = f"write a value after {quoted(last + ':')}, or remove the key"
    message = (
        f"{thing(root, path)} has no value" if entry else f"an empty item in {thing(root, path)}"
    )
    return Problem("empty-value", message, span, "empty", cure)
