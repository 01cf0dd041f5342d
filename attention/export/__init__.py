"""The scene on the table to take away: code that runs, numbers, a notebook, figures.

`FORMATS` lists what there is; the next format is one entry in `formats.py`. For a class there is a
lesson as one file (`handout`), for a learning system (`scorm_package`) and on paper (`worksheet`).
"""

from attention.export.animations import Step, Sweep, Training, animate
from attention.export.for_jupyter import notebook
from attention.export.for_keras import keras_code
from attention.export.for_numpy import numpy_code
from attention.export.formats import FORMATS, Format, export
from attention.export.one_file import course, handout
from attention.export.scorm import scorm_package
from attention.export.tables import csv_table, json_scene
from attention.export.worksheets import worksheet

__all__ = [
    "FORMATS",
    "Format",
    "Step",
    "Sweep",
    "Training",
    "animate",
    "course",
    "csv_table",
    "export",
    "handout",
    "json_scene",
    "keras_code",
    "notebook",
    "numpy_code",
    "scorm_package",
    "worksheet",
]
