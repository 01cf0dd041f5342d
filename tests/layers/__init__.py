"""Tests of the Keras layers."""
