"""`python -m attention.variations`: all variations as a table in Markdown."""

from attention.variations import VARIATIONS
from attention.variations.registry import Variation

HEAD = ("variation", "score", "learned", "multiplications", "source")


def table() -> str:
    """The table, a row a variation; n steps, d features, h heads of k = ⌈d/h⌉ features."""
    rows = [HEAD, ["---"] * len(HEAD), *map(_row, VARIATIONS.values())]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(one: Variation) -> list[str]:
    learned = ", ".join(
        f"{name} ({', '.join(map(str, shape))})" for name, shape in one.parameters.items()
    )
    cells = [one.title["en"], f"`{one.formula}`", learned or "nothing", one.cost, one.source["en"]]
    return [cell.replace("|", r"\|") for cell in cells]


if __name__ == "__main__":
    print(table())
