"""What a drag is compared with: the same scene as an ordinary Gradio app, Python and a figure."""

import gradio as gr
from matplotlib.figure import Figure

from attention import attend
from attention.lessons import load_lessons

SCENE = load_lessons()[0]["fear"].start


def draw(*numbers: float) -> Figure:
    """All slider values, x row by row, then w, then b. -> a bar for each weight"""
    steps, features = len(SCENE.rows), len(SCENE.columns)
    x = [numbers[row * features : (row + 1) * features] for row in range(steps)]
    w, b = numbers[steps * features : -steps], numbers[-steps:]
    trace = attend(x, w, b, activation=SCENE.activation, temperature=SCENE.temperature)
    figure = Figure()
    figure.subplots().barh(SCENE.rows, trace.weights)
    return figure


with gr.Blocks() as demo:
    values = [number for row in SCENE.x for number in row] + SCENE.w + SCENE.b
    sliders = [gr.Slider(-100, 250, value, step=1) for value in values]
    plot = gr.Plot()
    for slider in sliders:
        slider.input(draw, sliders, plot, show_progress="hidden")
    demo.load(draw, sliders, plot)

if __name__ == "__main__":
    demo.launch()
