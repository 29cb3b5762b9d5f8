// What is made for the page, and from where. Of these Dash loads the first by itself; `head-` stands
// in the page's head, and `saved-` is written into saved pages.
export const SCRIPTS = {
  "page.js": "src/page.ts",
  "head-first.js": "src/first.ts",
  "head-runtime.js": "src/runtime.ts",
  "head-scheme.js": "src/scheme.ts",
  "saved-player.js": "src/saved.ts",
};
