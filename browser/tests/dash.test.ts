// What Dash's components hear of its store.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hushNext } from "../src/kernel/dash.ts";

type Listener = () => void;

function aStore() {
  let state: Record<string, unknown> = { layout: 1, callbacks: 1 };
  const listeners: Listener[] = [];
  const store = {
    getState: () => state,
    subscribe: (listener: Listener) => {
      listeners.push(listener);
      return () => void listeners.splice(listeners.indexOf(listener), 1);
    },
  };
  const dispatch = (change: Record<string, unknown>) => {
    state = { ...state, ...change };
    for (const listener of [...listeners]) {
      listener();
    }
  };
  return { store, dispatch };
}

test("who subscribes next hears of what can be seen, and of no entry in Dash's books", () => {
  const { store, dispatch } = aStore();
  const heard: string[] = [];
  hushNext(store);
  const leave = store.subscribe(() => heard.push("drawn"));
  store.subscribe(() => heard.push("other"));
  dispatch({});
  dispatch({ callbacks: 2 });
  assert.deepEqual(heard, ["other", "other"], "others hear all, as ever");
  heard.length = 0;
  dispatch({ layout: 2, callbacks: 3 });
  dispatch({ somethingNew: 1 });
  assert.deepEqual(heard, ["drawn", "other", "drawn", "other"], "what nobody knows is heard, too");
  heard.length = 0;
  leave();
  dispatch({ layout: 3 });
  assert.deepEqual(heard, ["other"]);
});
