// Written by `make contract` from gmm_dash/contract and gmm_dash/ids:
// change it there.

function frozen<const T>(value: T): T {
  if (value && typeof value === "object") {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

export interface State {
  "data": string;
  "n": number;
  "noise": number;
  "centers": number;
  "dseed": number;
  "orient": string;
  "stretch": number;
  "table": string;
  "cols": (string | number)[];
  "label": string;
  "weights": string;
  "scale": string;
  "transform": (string | number)[];
  "gaps": string;
  "pcs": number;
  "k": number;
  "cov": string;
  "background": string;
  "init": string;
  "n_init": number;
  "seed": number;
  "tol": number;
  "max_iter": number;
  "reg": number;
  "kinit": string;
  "view": string;
  "x": string;
  "y": string;
  "span": number;
  "hard": number;
  "step": string;
  "show": string[];
  "merge": number;
  "names": (string | number)[];
  "tab": string;
  "pin": (string | number)[];
  "whose": string;
  "hide": (string | number)[];
  "lock": (string | number)[];
  "lesson": string;
  "part": number;
  "dmap": string;
  "dscale": string;
  "draw": number;
  "drawseed": number;
  "dplace": string;
  "outliers": number;
  "slice": number;
  "pca": number;
  "dk": number;
  "digitseed": number;
  "image": string;
  "imagekey": string;
  "colors": number;
  "start": string;
  "centres": (string | number)[];
  "present": number;
  "open": (string | number)[];
  "clean": number;
  "simple": number;
  "kmin": number;
  "kmax": number;
  "types": string[];
  "criterion": string;
  "folds": number;
  "chart": string;
  "together": string[];
  "ctype": string;
  "starts": number;
  "against": string;
  "reps": number;
}
export type Key = keyof State;

export interface Setting {
  readonly group: string;
  readonly default: unknown;
  readonly options?: readonly string[];
  readonly low?: number;
  readonly high?: number;
  readonly letters?: number;
  readonly longest?: number;
  readonly most?: number;
  readonly largest?: number;
}

export interface Picture {
  name: string;
  figure: Record<string, unknown>;
  frame: string;
  of?: Record<string, unknown>;
  hover?: Record<string, unknown> | null;
  words?: string;
}

export interface ColumnTransforms {
  columns: Array<string>;
  kinds: Array<Array<string>>;
  chosen: Record<string, string>;
  locked: boolean;
}

export interface DataPanel {
  parts: Array<[string | Record<string, string>, Record<string, unknown>]>;
  transforms: ColumnTransforms;
  line: boolean;
}

export interface GroupName {
  number: number;
  called: string;
  colour: string;
  name: string;
}

export interface RowRecord {
  row: number;
  of: number;
  at: Array<number>;
  name: string;
  place: string;
  cells: Array<[string, string]>;
  results: Array<[string, string]>;
  shares: Array<[string, number, string]>;
  said: string;
}

export interface StoredTable {
  key: string;
  columns: Array<string>;
  d?: number;
  sentence?: string;
  doubts?: number;
}

export interface StoredImage {
  key: string;
  sentence: string;
}

export interface Applied {
  applied: string;
}

export interface Refused {
  message: string;
  account?: string;
  ways?: Array<Array<string | Record<string, unknown>>>;
}

export interface Busy {
  message: string;
  ahead: number | null;
  seconds: number;
}

export interface ShortLink {
  key?: string;
  rows?: Array<string>;
  days?: number;
  message?: string;
}

export interface KeptNames {
  names?: Array<string>;
  message?: string;
}

export interface Pieces {
  seconds: Array<number>;
  models: Array<number>;
  unit: string;
}

export interface Piece {
  pieces?: Pieces;
  notes?: Array<string>;
  condensed?: Record<string, Record<string, unknown>>;
  wait?: number | null;
  rows?: Record<string, Array<Record<string, unknown>>>;
  name?: string;
  needless?: Array<number>;
  error?: string;
}

export interface SplitRows {
  columns: Array<string>;
  data: Array<Array<unknown>>;
}

export interface Gathered {
  request: Record<string, unknown>;
  reached?: string;
  names: Array<string>;
  rows?: Record<string, Array<SplitRows>>;
  notes: Array<string>;
  finished: boolean;
  waiting: boolean;
}

export interface KeptUnder {
  name: string;
  instead: Array<string>;
}

export interface LiveFrame {
  pictures?: Record<string, unknown>;
  points?: Record<string, unknown>;
  ranges?: Array<Array<number>>;
  notice?: string;
  notes?: Array<string>;
  captions?: Record<string, string>;
  badges?: Record<string, string>;
  numbers?: Record<string, Record<string, string>>;
  error?: string;
}

export interface StepsFrame {
  trace?: Record<string, unknown>;
  notes?: string;
  badges?: Record<string, string>;
  captions?: Record<string, string>;
  error?: string;
}

export interface AllRows {
  says: string;
  work: Record<string, unknown> | null;
  elsewhere: boolean;
}

export interface AllRowsPiece {
  reached?: string;
  finished?: boolean;
  share?: number;
  said?: string;
  error?: string;
}

export interface WrittenPiece {
  written?: string;
  finished?: boolean;
  said?: string;
  error?: string;
}

export interface Shown {
  notice: string;
  notes: Array<unknown>;
  offers?: Array<unknown>;
  all_rows?: AllRows | null;
  pictures: Record<string, Picture>;
  captions: Record<string, string>;
  badges: Record<string, string>;
  numbers: Record<string, Record<string, string>>;
}

export interface SweepPlan {
  sizes: Array<number>;
  request: Record<string, unknown>;
  figure: Record<string, unknown>;
  offer: string;
}

export interface SweepRow {
  size: number;
  aic: number;
  bic: number;
  degenerate: boolean;
}

export interface Drawing {
  key: string;
  points: Array<[number, number, string]>;
  problem: string;
}

export interface Reading {
  key: string;
  options: Record<string, unknown>;
  names: Array<string>;
  usual: Array<string>;
}

export interface ClassQuestion {
  kind: string;
  prompt: string;
  options: Array<string>;
  x: Array<number>;
  y: Array<number>;
  whole: boolean;
  base: string;
}

export interface ClassBest {
  kmeans?: string;
  gmm?: string;
}

export interface ClassTally {
  n: number;
  counts?: Array<number>;
  values?: Array<Array<number>>;
  points?: Array<Array<number>>;
  kmeans?: Array<Array<number>>;
  gmm?: Array<Array<number>>;
  best?: ClassBest;
}

export interface ClassBoard {
  version: string;
  link: string;
  shown: string;
  asked: string;
  question: ClassQuestion | null;
  tally: ClassTally | null;
  why: string;
  closed: boolean;
}

export interface ClassDesk {
  version: string;
  link: string;
  shown: string;
  asked: string;
  question: ClassQuestion | null;
  tally: ClassTally | null;
  why: string;
  closed: boolean;
  revealed: boolean;
  explains: boolean;
  following: number;
  joined: number;
  size: number;
}

export const ids = /* @__PURE__ */ frozen({
  ALL_ROWS: "all-rows",
  ALL_ROWS_SAYS: "all-rows-says",
  ALL_ROWS_START: "all-rows-start",
  ALL_ROWS_STOP: "all-rows-stop",
  ALL_ROWS_BAR: "all-rows-bar",
  ALL_ROWS_TEXT: "all-rows-text",
  ALL_ROWS_REACHED: "all-rows-reached",
  ALL_ROWS_PLACE: "all-rows-place",
  ALL_ROWS_WRITE: "all-rows-write",
  ALL_ROWS_WRITTEN: "all-rows-written",
  ALL_ROWS_FOUND: "all-rows-found",
  COLORS_NOTICE: "colors-notice",
  COLORS_NOTES: "colors-notes",
  COLORS_SPLIT: "colors-split",
  IMAGE_UPLOAD: "image-upload",
  IMAGE_PICKER: "image-picker",
  IMAGE_UPLOADED: "image-uploaded",
  IMAGE_STATUS: "image-status",
  COMPARE_NOTICE: "compare-notice",
  COMPARE_NOTES: "compare-notes",
  COMPARE_DOWNLOAD: "compare-download",
  COMPARE_DOWNLOAD_BUTTON: "compare-download-button",
  COMPARE_TABLE_REQUEST: "compare-table-request",
  COMPARE_TABLE_OPEN: "compare-table-open",
  COMPARE_PAIR: "compare-pair",
  COMPARE_SHAPES: "compare-shapes",
  COMPARE_TABS: "compare-tabs",
  DENSITY_NOTICE: "density-notice",
  DENSITY_NOTES: "density-notes",
  DENSITY_BESIDE: "density-beside",
  HELD_OUT_ASK: "held-out-ask",
  DIGITS_NOTICE: "digits-notice",
  DIGITS_NOTES: "digits-notes",
  DIGITS_AGAIN: "digits-again",
  DIGITS_PICK: "digits-pick",
  DIGITS_PAIRS: "digits-pairs",
  DIGITS_PAIR: "digits-pair",
  DIGITS_SWEEP: "digits-sweep",
  SWEEP_PLAN: "sweep-plan",
  SWEEP_START: "sweep-start",
  SWEEP_STOP: "sweep-stop",
  SWEEP_PROGRESS: "sweep-progress",
  SWEEP_STATUS: "sweep-status",
  DRAW: "draw",
  DRAW_DIALOG: "draw-dialog",
  DRAW_WANTED: "draw-wanted",
  DRAW_LOADED: "draw-loaded",
  DRAW_CANVAS: "draw-canvas",
  DRAW_TOOL: "draw-tool",
  DRAW_GROUP: "draw-group",
  DRAW_RADIUS: "draw-radius",
  DRAW_DENSITY: "draw-density",
  DRAW_BRUSH: "draw-brush",
  DRAW_UNDO: "draw-undo",
  DRAW_REDO: "draw-redo",
  DRAW_CLEAR: "draw-clear",
  DRAW_X: "draw-x",
  DRAW_Y: "draw-y",
  DRAW_ADD: "draw-add",
  DRAW_STATUS: "draw-status",
  DRAW_USE: "draw-use",
  DRAW_CANCEL: "draw-cancel",
  DRAW_LIVE: "draw-live",
  DRAW_SAID: "draw-said",
  EXPORT_DOWNLOAD: "export-download",
  EXPORT_SAID: "export-said",
  EXPORT_SCENE: "export-scene",
  EXPORT_WORDS: "export-words",
  EXPORT_NOTE: "export-note",
  REPORT_TABLES: "report-tables",
  GROUPS: "compare-groups",
  GROUPS_REQUEST: "groups-request",
  GROUPS_NOTICE: "groups-notice",
  GROUPS_NOTES: "groups-notes",
  MERGE: "groups-merge",
  MERGE_SLIDER: "groups-merge-slider",
  MERGE_COUNT: "groups-merge-count",
  MERGE_SAID: "groups-merge-said",
  GROUP_NAMES: "groups-names",
  GROUP_NAMES_BOX: "groups-names-box",
  GROUP_NAMES_SAID: "groups-names-said",
  MERGE_PLOT: "merge-plot",
  MERGE_CURVE: "merge-curve",
  MERGE_TREE: "merge-tree",
  LESSONS_OPEN: "lessons-open",
  LESSONS_CATALOGUE: "lessons-catalogue",
  LESSON: "lesson",
  LESSON_AT: "lesson-at",
  LESSON_ANSWER: "lesson-answer",
  LESSON_CHECK: "lesson-check",
  LESSON_PASS: "lesson-pass",
  LESSON_ANSWERED: "lesson-answered",
  LESSON_ASK: "lesson-ask",
  LESSON_FEEDBACK: "lesson-feedback",
  LESSON_CLOSE: "lesson-close",
  LESSON_FOLD: "lesson-fold",
  LESSON_CURTAIN: "lesson-curtain",
  LESSON_DATA: "lesson-data",
  LESSONS_TOTAL: "lessons-total",
  LESSONS_CONTINUE: "lessons-continue",
  GLOSSARY: "glossary",
  LESSONS_RESET: "lessons-reset",
  PROVIDER: "provider",
  BOOT: "boot",
  NAVIGATION: "navigation",
  PAGE: "page",
  SHELL: "shell",
  BURGER: "burger",
  SHEET_CLOSE: "sheet-close",
  MAIN: "main",
  MOUNT: "mount",
  MOUNTED: "mounted",
  STATE: "state",
  ROUTES: "routes",
  ASIDE: "aside",
  SCHEME: "scheme",
  SCHEME_TOGGLE: "scheme-toggle",
  STATUS: "status",
  TRY_AGAIN: "try-again",
  ERROR: "error",
  UNDO: "undo",
  REDO: "redo",
  SHARE: "share",
  SHARE_SAID: "share-said",
  START_TOOLS: "start-tools",
  DATA_PICK: "data-pick",
  DATA_NOTICE: "data-notice",
  DATA_SOURCE: "data-source",
  DATASETS: "datasets",
  NEW_POINTS: "new-points",
  NEW_START: "new-start",
  SKLEARN_DEFAULTS: "sklearn-defaults",
  DEFAULTS_COMPARE: "defaults-compare",
  DEFAULTS_SAID: "defaults-said",
  DATA_NOTES: "data-notes",
  AXES_OFFERS: "axes-offers",
  COLUMN_DOUBTS: "column-doubts",
  COLUMN_ROWS: "column-rows",
  PIN: "pin",
  PIN_SAID: "pin-said",
  UNPIN: "unpin",
  PINNED: "compare-pinned",
  PINNED_REQUEST: "pinned-request",
  PINNED_SCRIPT: "pinned-script",
  PINNED_SCRIPT_BUTTON: "pinned-script-button",
  PINNED_NOTICE: "pinned-notice",
  PINNED_MOVED: "pinned-moved",
  PINNED_BODY: "pinned-body",
  PINNED_SCORES: "pinned-scores",
  PINNED_SCORES_SAID: "pinned-scores-said",
  PINNED_DOWNLOAD: "pinned-download",
  PINNED_DOWNLOAD_BUTTON: "pinned-download-button",
  PINNED_TABLE: "pinned",
  PINNED_BEFORE: "pinned-before",
  PINNED_NOW: "pinned-now",
  READING_OPEN: "reading-open",
  READING: "reading",
  READING_SHOWN: "reading-shown",
  READING_DIALOG: "reading-dialog",
  READING_STATUS: "reading-status",
  READING_HELD: "reading-held",
  READING_ACCOUNT: "reading-account",
  READING_COLUMNS: "reading-columns",
  READING_LABEL: "reading-label",
  READING_HEAD: "reading-head",
  READING_USE: "reading-use",
  READING_CANCEL: "reading-cancel",
  RESTARTS_NOTICE: "restarts-notice",
  RESTARTS_NOTES: "restarts-notes",
  RESTARTS_PICKED: "restarts-picked-start",
  RESTARTS_LINK: "restarts-link",
  RESTARTS_WHOLE: "restarts-whole",
  RESTARTS_WHOLE_BOX: "restarts-whole-box",
  RESTARTS_WHOLE_OFFER: "restarts-whole-offer",
  RESTARTS_WHOLE_SAYS: "restarts-whole-says",
  RESTARTS_WHOLE_FOUND: "restarts-whole-found",
  RESTARTS_WHOLE_WANTED: "restarts-whole-wanted",
  RESTARTS_WHOLE_DOWNLOAD: "restarts-whole-download",
  RESTARTS_WHOLE_DOWNLOAD_BUTTON: "restarts-whole-download-button",
  ROWS: "compare-rows",
  ROWS_TOOLS: "rows-tools",
  ROWS_TOOL: "rows-tool",
  ROWS_SEARCH: "rows-search",
  ROWS_FIND: "rows-find",
  ROWS_LEAST: "rows-least-likely",
  ROWS_LIST_REQUEST: "rows-list-request",
  ROWS_RECORD_REQUEST: "rows-record-request",
  ROWS_SAID: "rows-said",
  ROWS_RECORD: "rows-record",
  ROWS_RECORD_BOX: "rows-record-box",
  ROWS_DOWNLOAD: "rows-download",
  ROWS_DOWNLOAD_BUTTON: "rows-download-button",
  ROWS_LINK: "#row-",
  ROWS_TABLE: "rows",
  SELECT_NOTICE: "select-notice",
  SELECT_NOTES: "select-notes",
  SELECT_RANGE: "select-range",
  SELECT_TOOLBAR: "select-toolbar",
  SELECT_OPEN: "select-open",
  SELECT_OPEN_KMEANS: "select-open-kmeans",
  SELECT_WANTED: "select-wanted",
  SELECT_DOWNLOAD: "select-download",
  SELECT_DOWNLOAD_BUTTON: "select-download-button",
  SELECT_MIXTURES: "select",
  SELECT_KMEANS: "select-kmeans",
  STEPS_TOOLBAR: "steps-toolbar",
  STEPS_TRACE: "steps-trace",
  STEPS_LOADED: "steps-loaded",
  STEPS_NOTES: "steps-notes",
  STEPS_LIVE: "steps-live",
  STEPS_CENTRES: "steps-centres",
  STEPS_RUN: "steps-run",
  STEPS_NEW_START: "steps-new-start",
  STEPS_HANDS: "steps-hands",
  STEPS_PLACE: "steps-place",
  STEPS_POINTS: "steps-points",
  STEPS_GO_ON: "steps-go-on",
  STEPS_WISH: "steps-wish",
  STEPS_EDIT: "steps-edit",
  STEPS_FORMULAS: "steps-formulas",
  STEPS_SAVE_HTML: "steps-save-html",
  STEPS_SAVE_GIF: "steps-save-gif",
  STEPS_GIF: "steps-gif",
  STEPS_SAVED: "steps-saved",
  SURE: "sure",
  SURE_BOX: "sure-box",
  SURE_OFFER: "sure-offer",
  SURE_SAYS: "sure-says",
  SURE_FOUND: "sure-found",
  SURE_CHOSEN: "sure-chosen",
  SURE_TESTED: "sure-tested",
  SURE_COPY: "sure-copy",
  SURE_COPIED: "sure-copied",
  TEACH_OPEN: "teach-open",
  TEACH_DIALOG: "teach-dialog",
  TEACH_PRESENT: "teach-present",
  TEACH_CLEAN: "teach-clean",
  TEACH_LINK: "teach-link",
  TEACH_COPY: "teach-copy",
  TEACH_TRY: "teach-try",
  TEACH_SHORT: "teach-short",
  TEACH_SHORT_LINK: "teach-short-link",
  TEACH_SAID: "teach-said",
  CLASS_OPEN: "class-open",
  CLASS_BOARD: "class-board",
  PRESENT_MORE: "present-more",
  PRESENT_LEAVE: "present-leave",
  UPLOAD: "upload",
  UPLOAD_SAYS: "upload-says",
  UPLOAD_PICKER: "upload-picker",
  PLACE: "place",
  PLACE_OPEN: "place-open",
  UPLOADED: "uploaded",
  APPLIED_SAVE: "applied-save",
  UPLOAD_STATUS: "upload-status",
  UPLOAD_CANCEL: "upload-cancel",
  UPLOAD_CANCEL_BOX: "upload-cancel-box",
  PASTE: "paste",
  PASTE_DIALOG: "paste-dialog",
  PASTE_SAYS: "paste-says",
  PASTE_TEXT: "paste-text",
  PASTE_READ: "paste-read",
  PASTE_CANCEL: "paste-cancel",
  PASTE_STATUS: "paste-status",
  WHOLE: "whole",
  WHOLE_BOX: "whole-box",
  WHOLE_OFFER: "whole-offer",
  WHOLE_SAYS: "whole-says",
  WHOLE_FOUND: "whole-found",
  WHOLE_OPEN: "whole-open",
  WHOLE_WANTED: "whole-wanted",
  WHOLE_DOWNLOAD: "whole-download",
  WHOLE_DOWNLOAD_BUTTON: "whole-download-button",
  chain: (name: string, part: string) => ({ kind: "chain", name: name, part: part }),
  before: (method: string) => `colors-before-${method}`,
  after: (method: string) => `colors-after-${method}`,
  split: (method: string) => `colors-both-${method}`,
  palette: (method: string) => `colors-palette-${method}`,
  image_download: (method: string) => `colors-download-${method}`,
  drawn_picture: (name: string) => ({ kind: "drawn-picture", name: name }),
  drawn_panel: (name: string) => `drawn-${name}`,
  export_item: (what: string) => ({ kind: "export", what: what }),
  export_hint: (what: string) => ({ kind: "export-hint", what: what }),
  groups_plot: (method: string) => `groups-${method}`,
  groups_box: (method: string) => `groups-box-${method}`,
  groups_table: (method: string) => `groups-${method}`,
  columns_table: (method: string) => `columns-${method}`,
  request: (view: string) => `request-${view}`,
  answer: (view: string) => `answer-${view}`,
  stage: (view: string) => `stage-${view}`,
  control: (key: string) => ({ key: key, kind: "control" }),
  wrapper: (key: string) => ({ key: key, kind: "wrapper" }),
  label: (key: string) => ({ key: key, kind: "label" }),
  section: (name: string) => ({ kind: "section", name: name }),
  shown_value: (key: string) => ({ key: key, kind: "shown-value" }),
  picture: (name: string) => ({ kind: "picture", name: name }),
  graph: (name: string) => ({ kind: "graph", name: name }),
  caption: (name: string) => ({ kind: "caption", name: name }),
  described: (name: string) => ({ kind: "described", name: name }),
  badge: (name: string) => ({ kind: "badge", name: name }),
  number: (panel: string, term: string) => ({ kind: "number", panel: panel, term: term }),
  reading_option: (name: string) => ({ kind: "reading-option", name: name }),
  reading_box: (name: string) => ({ kind: "reading-box", name: name }),
  restarts_optima: (algorithm: string) => `restarts-optima-${algorithm}`,
  restarts_ends: (algorithm: string) => `restarts-ends-${algorithm}`,
  restarts_ways: (algorithm: string) => `restarts-ways-${algorithm}`,
  restarts_plot: (algorithm: string) => `restarts-${algorithm}`,
  step_part: (side: string, part: string) => `steps-${side}-${part}`,
  steps_plot: (side: string) => `steps-${side}`,
  table: (name: string) => ({ kind: "table", name: name }),
  table_rows: (name: string) => ({ kind: "table-rows", name: name }),
  table_order: (name: string) => ({ kind: "table-order", name: name }),
  table_page: (name: string) => ({ kind: "table-page", name: name }),
  teach_preset: (name: string) => ({ kind: "teach-preset", name: name }),
  teach_key: (key: string) => ({ key: key, kind: "teach" }),
});

export const keys = /* @__PURE__ */ frozen({
  "dataRequest": ["data", "n", "noise", "centers", "dseed", "orient", "stretch", "table", "cols", "label", "weights", "scale", "transform", "gaps", "pcs", "x", "y", "reg", "hide", "lock"],
  "compareRequest": ["data", "n", "noise", "centers", "dseed", "orient", "stretch", "table", "cols", "label", "weights", "scale", "transform", "gaps", "pcs", "k", "cov", "background", "init", "n_init", "seed", "tol", "max_iter", "reg", "kinit", "x", "y", "span", "show", "hard", "merge", "names", "simple"],
  "densityRequest": ["data", "n", "noise", "centers", "dseed", "orient", "stretch", "table", "cols", "label", "weights", "scale", "transform", "gaps", "pcs", "k", "cov", "init", "n_init", "seed", "tol", "max_iter", "reg", "kinit", "x", "y", "dmap", "dscale", "draw", "drawseed", "dplace", "outliers", "slice"],
  "stepsRequest": ["data", "n", "noise", "centers", "dseed", "orient", "stretch", "table", "cols", "label", "weights", "scale", "transform", "gaps", "pcs", "k", "kinit", "seed", "cov", "init", "n_init", "tol", "max_iter", "reg", "x", "y", "start", "centres"],
  "placed": ["data", "n", "noise", "centers", "dseed", "orient", "stretch", "table", "cols", "label", "weights", "scale", "transform", "gaps", "pcs", "x", "y"],
  "drawnOnly": ["dmap", "dscale", "draw", "drawseed", "dplace", "outliers", "slice", "x", "y"],
  "sweepIgnores": ["dk", "digitseed", "scheme"],
  "picked": ["data", "table", "n", "dseed", "noise", "centers", "stretch", "scale", "x", "y", "k", "cols", "label", "weights", "transform", "pcs"],
  "opened": ["data", "table", "scale", "cols", "label", "weights", "x", "y", "transform", "pcs"],
  "wished": ["start", "centres", "k", "seed", "step", "data", "table", "cols", "label", "weights", "x", "y", "transform", "pcs"],
  "turned": ["view", "lesson", "part", "k"],
  "restored": ["k", "cov", "background", "init", "n_init", "seed", "tol", "max_iter", "reg", "kinit", "dmap", "dscale", "draw", "drawseed", "dplace", "outliers", "slice", "x", "y", "n", "noise", "centers", "stretch", "dseed", "orient", "scale", "view", "show", "span", "hard", "pca", "dk", "digitseed", "colors", "criterion", "merge", "names", "folds", "chart", "together", "ctype", "types", "against", "reps", "starts", "tab", "start", "centres", "pin", "whose"],
  "ofALesson": ["lesson", "part", "hide", "lock"],
  "pinned": ["cols", "weights", "scale", "transform", "pcs", "k", "cov", "background", "init", "n_init", "seed", "tol", "max_iter", "reg", "kinit", "hard", "merge"],
} satisfies Readonly<Record<string, readonly (Key | 'scheme')[]>>);

export const settings = /* @__PURE__ */ frozen({
  "data": {"group": "data", "default": "stretched", "options": ["aniso", "background", "bars", "blobs", "corners", "crossed", "digits", "duplicates", "faithful", "galaxies", "gallery", "galton", "gaps", "grid", "iris", "manydims", "minority", "moons", "mouse", "outlier", "overfit", "overlap", "penguins", "rings", "stretched", "three", "unequal", "uniform", "units", "waits", "wine", "upload", "drawn"]},
  "n": {"group": "data", "default": 400, "low": 2, "high": 100000},
  "noise": {"group": "data", "default": 0.6, "low": 0.0, "high": 1000.0},
  "centers": {"group": "data", "default": 4, "low": 1, "high": 64},
  "dseed": {"group": "data", "default": 0, "low": 0, "high": 1000000000},
  "orient": {"group": "data", "default": "swapped", "options": ["swapped", "own"]},
  "stretch": {"group": "data", "default": 0.0, "low": -1.0, "high": 1.0},
  "table": {"group": "data", "default": "", "longest": 80},
  "cols": {"group": "data", "default": [], "longest": 800},
  "label": {"group": "data", "default": "", "longest": 80},
  "weights": {"group": "data", "default": "", "longest": 80},
  "scale": {"group": "data", "default": "none", "options": ["none", "standard"]},
  "transform": {"group": "data", "default": [], "options": ["log", "sqrt", "asinh", "robust", "standard", "none"], "longest": 400},
  "gaps": {"group": "data", "default": "drop", "options": ["drop", "use"]},
  "pcs": {"group": "data", "default": 0.0, "low": 0.0, "high": 1000.0},
  "k": {"group": "model", "default": 4, "low": 1, "high": 30},
  "cov": {"group": "model", "default": "full", "options": ["full", "tied", "diag", "spherical", "equal"]},
  "background": {"group": "model", "default": "off", "options": ["off", "on"]},
  "init": {"group": "model", "default": "mixed", "options": ["kmeans", "k-means++", "random_from_data", "random", "mixed", "informed", "whitened", "random_gaussians"]},
  "n_init": {"group": "model", "default": 5, "low": 1, "high": 200},
  "seed": {"group": "model", "default": 0, "low": 0, "high": 1000000000},
  "tol": {"group": "model", "default": 1e-06, "low": 0.0, "high": 1.0},
  "max_iter": {"group": "model", "default": 500, "low": 1, "high": 10000},
  "reg": {"group": "model", "default": 1e-06, "low": 0.0, "high": 1000.0},
  "kinit": {"group": "model", "default": "k-means++", "options": ["k-means++", "random"]},
  "view": {"group": "view", "default": "compare", "options": ["compare", "steps", "select", "restarts", "density", "digits", "colors"]},
  "x": {"group": "view", "default": "", "longest": 80},
  "y": {"group": "view", "default": "", "longest": 80},
  "span": {"group": "view", "default": 0.0, "low": 0.0, "high": 1000000.0},
  "hard": {"group": "view", "default": 0.0, "low": 0.0, "high": 1.0},
  "step": {"group": "view", "default": "last", "low": 0, "high": 100000},
  "show": {"group": "view", "default": ["size", "ellipses", "circles", "centers"], "options": ["size", "ellipses", "circles", "centers", "regions", "density", "truth", "plain", "bootstrap", "shapes", "sources", "borders"]},
  "merge": {"group": "view", "default": 0, "low": 0, "high": 30},
  "names": {"group": "view", "default": [], "letters": 40, "longest": 800},
  "tab": {"group": "view", "default": "plots", "options": ["plots", "groups", "rows", "pinned"]},
  "pin": {"group": "view", "default": [], "longest": 940},
  "whose": {"group": "view", "default": "gmm", "options": ["gmm", "kmeans"]},
  "hide": {"group": "view", "default": []},
  "lock": {"group": "view", "default": []},
  "lesson": {"group": "view", "default": "", "longest": 40},
  "part": {"group": "view", "default": 0, "low": 0, "high": 99},
  "dmap": {"group": "density", "default": "both", "options": ["both", "heat", "contours", "none"]},
  "dscale": {"group": "density", "default": "linear", "options": ["linear", "log"]},
  "draw": {"group": "density", "default": 400, "low": 0, "high": 20000},
  "drawseed": {"group": "density", "default": 42, "low": 0, "high": 1000000000},
  "dplace": {"group": "density", "default": "beside", "options": ["beside", "over"]},
  "outliers": {"group": "density", "default": 0.0, "low": 0.0, "high": 50.0},
  "slice": {"group": "density", "default": 0.0, "low": 0.0, "high": 100.0},
  "pca": {"group": "digits", "default": 99.0, "low": 50.0, "high": 99.9},
  "dk": {"group": "digits", "default": 110, "low": 2, "high": 300},
  "digitseed": {"group": "digits", "default": 0, "low": 0, "high": 1000000000},
  "image": {"group": "colors", "default": "china", "options": ["china", "flower", "upload"]},
  "imagekey": {"group": "colors", "default": "", "longest": 80},
  "colors": {"group": "colors", "default": 16, "low": 2, "high": 64},
  "start": {"group": "steps", "default": "auto", "options": ["auto", "random", "k-means++", "kmeans", "bad", "own", "random_gaussians"]},
  "centres": {"group": "steps", "default": [], "most": 60, "largest": 1000000000000.0},
  "present": {"group": "teach", "default": 0, "low": 0, "high": 1},
  "open": {"group": "teach", "default": [], "options": ["posteriors", "sweep", "sure"]},
  "clean": {"group": "teach", "default": 0, "low": 0, "high": 1},
  "simple": {"group": "teach", "default": 0, "low": 0, "high": 1},
  "kmin": {"group": "select", "default": 1, "low": 1, "high": 30},
  "kmax": {"group": "select", "default": 20, "low": 1, "high": 30},
  "types": {"group": "select", "default": ["full", "tied", "diag", "spherical"], "options": ["full", "tied", "diag", "spherical", "equal"]},
  "criterion": {"group": "select", "default": "bic", "options": ["bic", "aic", "aicc", "icl", "heldout"]},
  "folds": {"group": "select", "default": 5, "low": 2, "high": 10},
  "chart": {"group": "select", "default": "lines", "options": ["lines", "bars", "criteria"]},
  "together": {"group": "select", "default": ["bic", "aic"], "options": ["bic", "aic", "aicc", "icl"]},
  "ctype": {"group": "select", "default": "full", "options": ["full", "tied", "diag", "spherical", "equal"]},
  "starts": {"group": "select", "default": 100, "low": 20, "high": 200},
  "against": {"group": "select", "default": "more", "options": ["more", "fewer"]},
  "reps": {"group": "select", "default": 199, "low": 19, "high": 999},
} satisfies Readonly<Record<Key, Setting>>);

export const tableData = /* @__PURE__ */ frozen({
  "upload": "upload",
  "drawn": "drawn",
});

export const ownDefaults = /* @__PURE__ */ frozen({
  "upload": {"scale": "standard"},
  "drawn": {"scale": "none"},
});

export const opens = /* @__PURE__ */ frozen({
  "posteriors": "posteriors",
  "sweep": "sweep",
  "sure": "sure",
});

export const dataNames = /* @__PURE__ */ frozen({
  "aniso": "Slanted stripes",
  "background": "Groups in a background",
  "bars": "Two bars",
  "blobs": "Round blobs",
  "corners": "Four corners",
  "crossed": "Crossed",
  "digits": "Digits",
  "duplicates": "Copies of a point",
  "faithful": "Old Faithful",
  "galaxies": "Galaxies (one column)",
  "gallery": "Two shapes",
  "galton": "Galton's heights (counts)",
  "gaps": "Rows with gaps",
  "grid": "Grid of blobs",
  "iris": "Iris",
  "manydims": "Many dimensions",
  "minority": "Minority",
  "moons": "Two moons",
  "mouse": "Mouse",
  "outlier": "Outlier",
  "overfit": "Few points",
  "overlap": "Overlap",
  "penguins": "Palmer penguins",
  "rings": "Rings",
  "stretched": "Stretched blobs",
  "three": "Three touching blobs",
  "unequal": "Unequal spread",
  "uniform": "Uniform noise",
  "units": "Units",
  "waits": "Old Faithful's waits (one column)",
  "wine": "Wine",
  "upload": "Your file",
  "drawn": "Your drawing",
});

export const methods = /* @__PURE__ */ frozen({
  "kmeans": "k-means",
  "gmm": "Gaussian mixture",
});

export const covarianceTypes = /* @__PURE__ */ frozen(["full", "tied", "diag", "spherical"]);

export const ownShapes = /* @__PURE__ */ frozen(["equal"]);

export const criteria = /* @__PURE__ */ frozen({
  "bic": "BIC",
  "aic": "AIC",
  "aicc": "AICc",
  "icl": "ICL",
  "heldout": "held-out",
});

export const informed = /* @__PURE__ */ frozen("informed");

export const sklearnDefaults = /* @__PURE__ */ frozen({
  "init": "kmeans",
  "n_init": 1,
  "tol": "0.001",
  "max_iter": 100,
  "reg": "1e-06",
  "kinit": "k-means++",
});

export const shownAt = /* @__PURE__ */ frozen({
  "folds": ["criterion", "heldout"],
  "together": ["chart", "criteria"],
});

export const fourShapes = /* @__PURE__ */ frozen({
  "view": "compare",
  "overlay": "shapes",
  "scene": "shapes",
});

export const sheet = /* @__PURE__ */ frozen({
  "columns": 10,
  "images": 100,
});

export const drawing = /* @__PURE__ */ frozen({
  "side": 10,
  "mostPoints": 2000,
  "groups": ["A", "B", "C", "D", "E", "F"],
  "noGroup": "none",
  "columns": ["x", "y"],
  "groupColumn": "group",
  "written": {"separator": ",", "decimal": ".", "encoding": "utf-8", "header": "yes", "skip_rows": 0, "units_row": "no"},
});

export const addresses = /* @__PURE__ */ frozen({
  "tables": "tables",
  "images": "images",
  "place": "place",
  "pieces": "pieces",
  "allRows": "rows",
  "allModels": "models",
  "allLabels": "labels",
  "live": "live",
  "drawn": "drawn",
  "edited": "edited",
  "class": "class",
  "room": "room",
  "after": "after",
  "short": "s",
  "names": "names",
  "options": "options",
  "kind": "as",
  "fileName": "X-File-Name",
  "beside": "X-Beside",
});

export const live = /* @__PURE__ */ frozen({
  "steps": {"k": 1, "noise": 0.05, "centers": 1, "stretch": 0.01, "hard": 0.01, "outliers": 0.5, "slice": 1},
  "choices": ["cov", "kinit"],
  "numbers": ["n", "dseed", "seed", "n_init"],
  "overlays": ["size", "plain", "ellipses", "circles", "centers", "borders"],
  "mostPoints": 2000,
  "mostDrawn": 500,
  "mostEdited": 500,
});

export const teaching = /* @__PURE__ */ frozen({
  "presets": {"free": {"free": ["data", "n", "dseed", "noise", "centers", "stretch", "cols", "label", "weights", "scale", "transform", "pcs", "k", "cov", "background", "n_init", "seed", "init", "kinit", "tol", "max_iter", "reg", "show", "x", "y", "hard"], "hide": []}, "k": {"free": ["k"], "hide": []}, "shape": {"free": ["k", "cov"], "hide": []}, "locked": {"free": [], "hide": []}, "quiz": {"free": ["k", "cov"], "hide": ["notice", "scores", "captions"]}},
  "parts": ["notice", "scores", "captions", "kmeans", "gmm"],
});

export const classes = /* @__PURE__ */ frozen({
  "choice": "choice",
  "number": "number",
  "point": "point",
  "start": "start",
  "mostOptions": 6,
  "letters": 6,
});

export const directions = /* @__PURE__ */ frozen({
  "name": "DR{number} ({cov}, K = {k})",
  "fewestColumns": 3,
  "fewestComponents": 2,
});

export const statuses = /* @__PURE__ */ frozen({
  "sentences": {"400": "The server does not understand this page any more; it may have been updated. Reload the page: your settings are in its address.", "403": "The server takes this request for one of another site. Open the page at its own address.", "404": "The dashboard is no longer at this address. Reload the page, or ask whoever runs it.", "413": "This is more than the server takes in one request. Use fewer points, or a smaller file.", "500": "Something went wrong on the server; it has been noted in the log. Change a setting to go on, or reload the page."},
  "other": "The server could not answer ({status}). Try again in a moment, or reload the page.",
  "mayPass": [429, 502, 503, 504],
});

// What Dash calls, by namespace: each is there, and nothing else.

export interface BrowserFunctions {
  address: Record<"boot", (...args: never[]) => unknown>;
  chain: Record<"begin" | "start" | "stop" | "gone" | "kept" | "whole" | "both", (...args: never[]) => unknown>;
  colors: Record<"open", (...args: never[]) => unknown>;
  digits: Record<"pair" | "point" | "useSize" | "settings" | "plan" | "start" | "stop", (...args: never[]) => unknown>;
  draw: Record<"open" | "loaded" | "choose" | "undo" | "redo" | "clear" | "add" | "use" | "cancel", (...args: never[]) => unknown>;
  export: Record<"take" | "report", (...args: never[]) => unknown>;
  groups: Record<"merge" | "count" | "name", (...args: never[]) => unknown>;
  lessons: Record<"catalogue" | "arrive" | "ready" | "answer" | "leave" | "fold", (...args: never[]) => unknown>;
  plots: Record<"draw", (...args: never[]) => unknown>;
  reading: Record<"open" | "correct" | "enough" | "use" | "leave" | "closed", (...args: never[]) => unknown>;
  restarts: Record<"listen", (...args: never[]) => unknown>;
  rows: Record<"tool" | "show", (...args: never[]) => unknown>;
  select: Record<"ends" | "listen", (...args: never[]) => unknown>;
  settings: Record<"collect" | "pick" | "next" | "sklearnDefaults", (...args: never[]) => unknown>;
  shell: Record<"toggleScheme" | "painted" | "burger" | "share", (...args: never[]) => unknown>;
  sure: Record<"follow" | "offer" | "copy", (...args: never[]) => unknown>;
  steps: Record<"load" | "formulas" | "wish", (...args: never[]) => unknown>;
  tables: Record<"fill" | "remember", (...args: never[]) => unknown>;
  teach: Record<"open" | "preset" | "link" | "copy" | "leave", (...args: never[]) => unknown>;
  whole: Record<"follow", (...args: never[]) => unknown>;
  upload: Record<"open" | "cancel" | "openPaste" | "closePaste" | "readPaste", (...args: never[]) => unknown>;
}
