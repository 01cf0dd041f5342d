"""The tasks of the tab *Learn*: each class whose models stand in a `…_models.py` beside it."""

from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path

from attention.training.task import Task


def _found() -> list[Task]:
    """One of each class. Their models, which import Keras, are left alone."""
    files = Path(__file__).parent.glob("*_models.py")
    modules = [import_module(f"{__name__}.{file.stem.removesuffix('_models')}") for file in files]
    return [
        one()
        for module in modules
        for _, one in getmembers(module, isclass)
        if issubclass(one, Task) and one.__module__ == module.__name__
    ]


TASKS: dict[str, Task] = {
    task.name: task for task in sorted(_found(), key=lambda task: (task.place, task.name))
}
