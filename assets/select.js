// "How many?" and "Restarts": the range of K, and clicks on points.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.select = (function () {
  const { ids, informed: INFORMED, shownAt, methods } = window.explorerContract;
  const none = () => window.dash_clientside.no_update;
  const setControl = (key, value) =>
    window.dash_clientside.set_props(ids.control(key), { value: value });

  // One slider with two thumbs sets two controls. Effect: not by outputs, for which the rest of
  // the page would wait when the view is built.
  function ends(range) {
    if (Array.isArray(range) && range.length === 2) {
      setControl("kmin", range[0]);
      setControl("kmax", range[1]);
    }
    return none();
  }

  // Only settings that have an effect show: folds for the criterion that uses them, the choice of
  // curves for the chart that draws several. Effect: clicks are heard.
  function listen(state) {
    hear(ids.SELECT_MIXTURES, useModel);
    hear(ids.SELECT_KMEANS, useModel);
    const gone = Object.entries(shownAt).filter(([, [key, value]]) => state?.[key] !== value);
    return ["toolbar", ...gone.map(([part]) => `without-${part}`)].join(" ");
  }

  const plotOf = (name) =>
    document.getElementById(JSON.stringify(ids.graph(name)))?.querySelector(".js-plotly-plot");

  // Plotly drops its listeners when it draws from scratch, so they are attached until they stick.
  const handlers = {};
  function hear(name, handler) {
    handlers[name] = handler;
  }
  window.setInterval(() => {
    for (const [name, handler] of Object.entries(handlers)) {
      const plot = plotOf(name);
      if (plot && plot.on && plot.selectEvents !== plot._ev) {
        plot.selectEvents = plot._ev;
        plot.on("plotly_click", (event) => handler(event.points && event.points[0]));
      }
    }
  }, 300);

  // A click on a model: Compare shows it.
  function useModel(point) {
    if (!point || !Array.isArray(point.customdata)) {
      return;
    }
    const [shape, k, informed] = point.customdata;
    if (shape !== "kmeans") {
      setControl("cov", shape);
    }
    if (informed) {
      setControl("init", INFORMED);
    }
    setControl("k", k);
    setControl("view", "compare");
  }

  // Restarts: a click on a start shows that fit. Another study has other starts.
  let study = null;
  function listenForStarts(result, picked) {
    Object.keys(methods).forEach((side) => hear(ids.restarts_plot(side), pickStart));
    const { scheme, x, y, ...work } = (result && result.request) || {};
    const now = JSON.stringify(work);
    const other = study !== null && study !== now;
    study = now;
    return other && picked ? null : none();
  }

  function pickStart(point) {
    if (point && Array.isArray(point.customdata)) {
      window.dash_clientside.set_props(ids.RESTARTS_PICKED, { data: point.customdata });
    }
  }

  return { ends, listen, listenForStarts };
})();
