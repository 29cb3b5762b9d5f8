"""The player as a test handles it. Its toolbar says in data attributes where it stands."""

from contextlib import contextmanager

TOOLBAR = "document.getElementById('steps-toolbar')"
READY = f"""() => {TOOLBAR}?.dataset.run
  && document.querySelectorAll('canvas.steps-canvas').length === 2"""
PLACE = f"() => Number({TOOLBAR}.dataset.place)"
END = f"() => Number({TOOLBAR}.dataset.end)"
POINTS = f"() => Number({TOOLBAR}.dataset.points)"
# What the server answered: the runs, as Dash keeps them.
TRACE = "() => window.dash_component_api.getLayout('steps-trace').props.data"
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
TURNED = f"() => Number({TOOLBAR}.dataset.turned)"  # 1: all of a half step
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
    before = page.evaluate(f"() => {TOOLBAR}.dataset.run")
    yield
    page.wait_for_function(f"before => {TOOLBAR}.dataset.run !== before", arg=before)
