// Traces that come in files of their own. Whoever draws one has its file fetched first, and drawn
// after it; what is asked of the same plot meanwhile waits its turn.
const TRIES = 3;
const PAUSE = 1000; // milliseconds before the second try; the third waits three times as long

// `files`: trace type -> name of its file, in the folder this script came from.
module.exports = function attach(Plotly, files) {
  const folder = new URL(".", document.currentScript?.src || document.baseURI).href;
  const fetched = {}; // name of a file -> a promise that it has been run
  const there = new Set(); // names of the files that have been run
  const waiting = new WeakMap(); // plot -> a promise of what it waits for

  function run(name, attempt = 1) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = folder + name;
      script.onload = resolve;
      script.onerror = () => {
        script.remove();
        if (attempt === TRIES) {
          reject(new Error(`${name} could not be fetched.`));
        } else {
          window.setTimeout(() => run(name, attempt + 1).then(resolve, reject), PAUSE * (2 * attempt - 1));
        }
      };
      document.head.append(script);
    });
  }

  function fetchFile(name) {
    fetched[name] ??= run(name).then(
      () => there.add(name),
      (failure) => {
        delete fetched[name]; // the next drawing tries again
        throw failure;
      },
    );
    return fetched[name];
  }

  const missing = (data) =>
    [...new Set((data || []).map((trace) => files[trace.type]))].filter((name) => name && !there.has(name));

  // `Plotly.react(plot, data, ...)` and the like also take one object {data, layout, ...}.
  const tracesOf = (figure) => (Array.isArray(figure) ? figure : figure?.data);

  function after(draw) {
    return function (plot, figure, ...rest) {
      const names = missing(tracesOf(figure) || tracesOf(plot));
      const before = waiting.get(plot);
      if (!names.length && !before) {
        return draw(plot, figure, ...rest);
      }
      const ready = Promise.allSettled([before]).then(() => Promise.all(names.map(fetchFile)));
      const drawn = ready.then(() => draw(plot, figure, ...rest));
      if (plot !== null && typeof plot === "object") {
        const done = drawn.catch(() => null).then(() => waiting.get(plot) === done && waiting.delete(plot));
        waiting.set(plot, done);
      }
      return drawn;
    };
  }

  for (const name of ["newPlot", "react", "toImage"]) {
    Plotly[name] = after(Plotly[name]);
  }
};
