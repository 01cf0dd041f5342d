"""Every picture that leaves the page, drawn by Matplotlib. Any thread may draw.

Names from outside are shown as they are: nothing in them is a formula or moves the others.
"""

from attention.figures.animation import Animation
from attention.figures.heat_map import difference_map, heat_map
from attention.figures.saving import save
from attention.figures.stage import stage_figure, stage_figures
from attention.figures.strip import Curve, Slider

__all__ = [
    "Animation",
    "Curve",
    "Slider",
    "difference_map",
    "heat_map",
    "save",
    "stage_figure",
    "stage_figures",
]
