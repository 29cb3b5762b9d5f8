// The Density view: how well K predicts does not depend on how the density is drawn, so that
// curve is asked for only when the data or the model change.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.density = (function () {
  const { drawnOnly } = window.explorerContract.keys;

  function heldOut(request, asked) {
    if (!request) {
      return window.dash_clientside.no_update;
    }
    const wanted = Object.fromEntries(
      Object.entries(request).filter(([key]) => !drawnOnly.includes(key)),
    );
    return JSON.stringify(wanted) === JSON.stringify(asked)
      ? window.dash_clientside.no_update
      : wanted;
  }

  return { heldOut };
})();
