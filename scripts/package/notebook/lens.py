"""The cells of lens.ipynb as a marimo notebook."""

import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    import numpy as np
    import gpt2_lens as lens

    pattern = np.tril(np.ones((1, 4, 3, 3))) / np.arange(1, 4)[:, None]
    cache = {f"blocks.{layer}.attn.hook_pattern": pattern for layer in range(3)}
    picture = mo.ui.anywidget(lens.attention(cache, ["Once", " upon", " a"], layer=0, head=0))
    picture
    return lens, mo, picture


@app.cell
def _(mo, picture):
    picture.value  # this cell runs again when the selection changes
    mo.md(f"selected: {picture.selection['layer']}.{picture.selection['head']} {picture.error!r}")
    return


@app.cell
def _(lens):
    lens.show("once.lens", view="logit-lens", theme="light")
    return


if __name__ == "__main__":
    app.run()
