"""`python -m attention.layers > attention_layers.py`: all layers as one file."""

from attention.layers_file import layers_file

if __name__ == "__main__":
    print(layers_file(), end="")
