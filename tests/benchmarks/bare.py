"""What the page is compared with: the smallest Gradio app there is."""

import gradio as gr

with gr.Blocks() as demo:
    gr.Slider(label="one slider")

if __name__ == "__main__":
    demo.launch()
