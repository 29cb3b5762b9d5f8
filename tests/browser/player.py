"""The player as a test handles it."""

from contextlib import contextmanager

READY = """() => window.dash_clientside.steps?.page.run
  && document.querySelectorAll('canvas.steps-canvas').length === 2"""
PLACE = "() => window.dash_clientside.steps.page.player.place()"
END = "() => window.dash_clientside.steps.page.player.end()"
COLOURED = """side => {
  const box = document.getElementById(JSON.stringify({kind: "graph", name: "steps-" + side}));
  const canvas = box.closest(".plot-box").querySelector("canvas.steps-canvas");
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  const pen = copy.getContext("2d", {willReadFrequently: true});
  pen.drawImage(canvas, 0, 0);
  const data = pen.getImageData(0, 0, canvas.width, canvas.height).data;
  let found = 0;
  for (let i = 0; i < data.length; i += 4) {
    const [low, high] = [Math.min(...data.slice(i, i + 3)), Math.max(...data.slice(i, i + 3))];
    if (data[i + 3] > 120 && high - low > 60) found++;
  }
  return found;
}"""
TURNED = "() => window.dash_clientside.steps.page.player.state.t"  # 1: all of a half step
CORNERS = "?view=steps&data=corners&n=200&noise=0.3&k=2"


def said(page, side="kmeans"):
    return page.locator(f"#steps-{side}-said")


def wait_coloured(page, side, holds):
    """Wait until so many pixels of one side, ``found``, have a colour."""
    page.wait_for_function(
        f"side => {{ const found = ({COLOURED})(side); return {holds}; }}", arg=side, polling=200
    )


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


@contextmanager
def run_of(page):
    """Wait until the run that an action asks for is on the page."""
    page.evaluate("() => { window.runBefore = window.dash_clientside.steps.page.run; }")
    yield
    page.wait_for_function("() => window.dash_clientside.steps.page.run !== window.runBefore")
