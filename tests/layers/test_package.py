"""What the package shows to the world, and what it says of itself."""

import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import keras
import pytest

import attention.layers

MODULES = [
    importlib.import_module(f"attention.layers.{module.name}")
    for module in pkgutil.iter_modules(attention.layers.__path__)
]


def test_the_public_names_are_the_layers():
    layers = {
        name
        for module in MODULES
        for name, value in vars(module).items()
        if inspect.isclass(value)
        and issubclass(value, keras.layers.Layer)
        and keras.saving.get_registered_name(value) != value.__name__  # a base is not registered
    }
    assert layers == set(attention.layers.__all__)


@pytest.mark.parametrize("name", attention.layers.__all__)
def test_every_layer_is_registered_under_its_own_name(name):
    layer = getattr(attention.layers, name)
    assert keras.saving.get_registered_name(layer) == f"attention_for_dummies>{name}"


def test_the_numpy_functions_do_not_import_keras():
    program = "import sys, attention; assert not {'keras', 'tensorflow'} & set(sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root).returncode == 0


@pytest.mark.parametrize("name", attention.layers.__all__)
def test_a_signature_can_be_read(name):
    layer = getattr(attention.layers, name)
    for function in (layer, layer.call, layer.trace, layer.build):
        for argument in inspect.signature(function).parameters.values():
            assert len(str(argument)) < 60, "an argument says its type in a word or two"
    shown = [str(argument) for argument in inspect.signature(layer).parameters.values()]
    named = {argument.split("_")[-1].split(":")[0] for argument in shown} & {
        "regularizer",
        "constraint",
        "initializer",
    }
    for kind in named:
        mine = [argument for argument in shown if f"_{kind}:" in argument]
        assert all(f": '{kind.capitalize()}' = " in argument for argument in mine)
