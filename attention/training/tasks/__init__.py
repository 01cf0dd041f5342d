"""The tasks of the tab *Learn*, in the order of the page. The next one is one more line here."""

from attention.training.task import Task

TASKS: dict[str, Task] = {task.name: task for task in ()}
