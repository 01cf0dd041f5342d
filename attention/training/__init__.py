"""Why it learns: real Keras training, of the scene on the table and of whole tasks.

Importing this package imports no Keras. What does stands in `descent*`, `fitting` and in the
`…_models` beside each task, and is imported when first used.
"""
