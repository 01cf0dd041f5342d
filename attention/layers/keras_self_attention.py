"""What the layers of the package keras-self-attention have in common here: their public habits."""

from __future__ import annotations

from typing import Any

from attention.layers.base import TracedLayer
from attention.layers.checks import boolean


class SelfAttentionLayer(TracedLayer):
    """A layer that old code may call as it called the package.

    Args:
        return_attention: the package's word for `return_attention_scores`; either asks for both.
        return_attention_scores: return `(output, weights)` instead of the output alone.
        **kwargs: those of `TracedLayer`.
    """

    def __init__(
        self, return_attention: bool = False, return_attention_scores: bool = False, **kwargs: Any
    ) -> None:
        asked = boolean("return_attention", return_attention)
        super().__init__(asked or return_attention_scores, **kwargs)

    @property
    def return_attention(self) -> bool:
        """The same as `return_attention_scores`."""
        return self.return_attention_scores

    @classmethod
    def get_custom_objects(cls) -> dict[str, type]:
        """What `load_model` had to be given; a registered layer is found without it."""
        return {cls.__name__: cls}
