"""Names for what goes into a layer and comes out of it, to be read in signatures."""

from collections.abc import Callable, Sequence
from typing import Any

import keras

Tensor = Any  # the backend's, Keras' symbolic one or an array: whatever `keras.ops` takes
Mask = Tensor | None  # None shows everything
Shape = Sequence[int | None]  # None: not known in advance
Weight = keras.Variable | None  # None: not built yet, or the layer does without
# What `keras.initializers.get` and its like take: a name, a configuration, a function, an object.
Initializer = str | dict[str, Any] | Callable[..., Any] | None
Regularizer = Initializer
Constraint = Initializer
Activation = Initializer
