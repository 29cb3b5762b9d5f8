// Written by `make contract` from gmm_dash/contract and gmm_dash/ids: change it there.

interface ExplorerState {
  "data": string;
  "n": number;
  "noise": number;
  "centers": number;
  "dseed": number;
  "orient": string;
  "table": string;
  "cols": (string | number)[];
  "label": string;
  "scale": string;
  "transform": (string | number)[];
  "k": number;
  "cov": string;
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
  "step": string;
  "show": string[];
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
  "kmin": number;
  "kmax": number;
  "types": string[];
  "criterion": string;
  "folds": number;
  "chart": string;
  "together": string[];
  "ctype": string;
  "starts": number;
}
type ExplorerKey = keyof ExplorerState;

interface ExplorerSetting {
  readonly group: string;
  readonly default: unknown;
  readonly options?: readonly string[];
  readonly low?: number;
  readonly high?: number;
  readonly longest?: number;
  readonly most?: number;
  readonly largest?: number;
}

interface Picture {
  name: string;
  figure: Record<string, unknown>;
  frame: string;
  hover?: Record<string, unknown> | null;
}

interface StoredTable {
  key: string;
  columns: Array<string>;
  sentence?: string;
  doubts?: number;
}

interface StoredImage {
  key: string;
  sentence: string;
}

interface Applied {
  applied: string;
}

interface Refused {
  message: string;
  account?: string;
  ways?: Array<Array<string | Record<string, unknown>>>;
}

interface Busy {
  message: string;
  ahead: number | null;
  seconds: number;
}

interface Pieces {
  seconds: Array<number>;
  models: Array<number>;
  unit: string;
}

interface Piece {
  token: string;
  piece: number;
  pieces?: Pieces;
  notes?: Array<string>;
  condensed?: Record<string, Record<string, unknown>>;
  wait?: number | null;
  rows?: Record<string, Array<Record<string, unknown>>>;
  error?: string;
}

interface SweepPlan {
  sizes: Array<number>;
  request: Record<string, unknown>;
  figure: Record<string, unknown>;
  offer: string;
}

interface SweepRow {
  size: number;
  aic: number;
  bic: number;
  degenerate: boolean;
}

interface SweepAnswer {
  asked: Record<string, unknown>;
  row?: SweepRow;
  problem?: string;
}

interface Drawing {
  key: string;
  points: Array<[number, number, string]>;
  problem: string;
}

interface Reading {
  key: string;
  options: Record<string, unknown>;
  names: Array<string>;
  usual: Array<string>;
}

interface ExplorerContract {
  readonly ids: {
    readonly PROVIDER: "provider";
    readonly BOOT: "boot";
    readonly NAVIGATION: "navigation";
    readonly PAGE: "page";
    readonly SHELL: "shell";
    readonly BURGER: "burger";
    readonly MAIN: "main";
    readonly MOUNT: "mount";
    readonly MOUNTED: "mounted";
    readonly STATE: "state";
    readonly ROUTES: "routes";
    readonly ASIDE: "aside";
    readonly SCHEME: "scheme";
    readonly SCHEME_TOGGLE: "scheme-toggle";
    readonly STATUS: "status";
    readonly TRY_AGAIN: "try-again";
    readonly ERROR: "error";
    readonly SHARE: "share";
    readonly SHARE_SAID: "share-said";
    readonly DATA_PICK: "data-pick";
    readonly DATA_NOTICE: "data-notice";
    readonly DATA_SOURCE: "data-source";
    readonly DATASETS: "datasets";
    readonly NEW_POINTS: "new-points";
    readonly NEW_START: "new-start";
    readonly SKLEARN_DEFAULTS: "sklearn-defaults";
    readonly DEFAULTS_COMPARE: "defaults-compare";
    readonly DEFAULTS_SAID: "defaults-said";
    readonly UPLOAD: "upload";
    readonly UPLOAD_SAYS: "upload-says";
    readonly UPLOAD_PICKER: "upload-picker";
    readonly UPLOADED: "uploaded";
    readonly APPLIED_SAVE: "applied-save";
    readonly UPLOAD_STATUS: "upload-status";
    readonly UPLOAD_CANCEL: "upload-cancel";
    readonly UPLOAD_CANCEL_BOX: "upload-cancel-box";
    readonly DATA_NOTES: "data-notes";
    readonly COLUMN_DOUBTS: "column-doubts";
    readonly COLUMN_ROWS: "column-rows";
    readonly COLUMN_TRANSFORMS: "column-transforms";
    readonly PASTE: "paste";
    readonly PASTE_DIALOG: "paste-dialog";
    readonly PASTE_SAYS: "paste-says";
    readonly PASTE_TEXT: "paste-text";
    readonly PASTE_READ: "paste-read";
    readonly PASTE_CANCEL: "paste-cancel";
    readonly PASTE_STATUS: "paste-status";
    readonly READING_OPEN: "reading-open";
    readonly READING: "reading";
    readonly READING_SHOWN: "reading-shown";
    readonly READING_DIALOG: "reading-dialog";
    readonly READING_STATUS: "reading-status";
    readonly READING_HELD: "reading-held";
    readonly READING_ACCOUNT: "reading-account";
    readonly READING_COLUMNS: "reading-columns";
    readonly READING_LABEL: "reading-label";
    readonly READING_HEAD: "reading-head";
    readonly READING_USE: "reading-use";
    readonly READING_CANCEL: "reading-cancel";
    readonly DRAW: "draw";
    readonly DRAW_DIALOG: "draw-dialog";
    readonly DRAW_WANTED: "draw-wanted";
    readonly DRAW_LOADED: "draw-loaded";
    readonly DRAW_CANVAS: "draw-canvas";
    readonly DRAW_TOOL: "draw-tool";
    readonly DRAW_GROUP: "draw-group";
    readonly DRAW_RADIUS: "draw-radius";
    readonly DRAW_DENSITY: "draw-density";
    readonly DRAW_BRUSH: "draw-brush";
    readonly DRAW_UNDO: "draw-undo";
    readonly DRAW_REDO: "draw-redo";
    readonly DRAW_CLEAR: "draw-clear";
    readonly DRAW_X: "draw-x";
    readonly DRAW_Y: "draw-y";
    readonly DRAW_ADD: "draw-add";
    readonly DRAW_STATUS: "draw-status";
    readonly DRAW_USE: "draw-use";
    readonly DRAW_CANCEL: "draw-cancel";
    readonly COMPARE_NOTICE: "compare-notice";
    readonly COMPARE_NOTES: "compare-notes";
    readonly COMPARE_DOWNLOAD: "compare-download";
    readonly COMPARE_DOWNLOAD_BUTTON: "compare-download-button";
    readonly COMPARE_TABLE_REQUEST: "compare-table-request";
    readonly COMPARE_TABLE_OPEN: "compare-table-open";
    readonly COMPARE_PAIR: "compare-pair";
    readonly COMPARE_SHAPES: "compare-shapes";
    readonly DENSITY_NOTICE: "density-notice";
    readonly DENSITY_NOTES: "density-notes";
    readonly DENSITY_BESIDE: "density-beside";
    readonly HELD_OUT_ASK: "held-out-ask";
    readonly DIGITS_NOTICE: "digits-notice";
    readonly DIGITS_NOTES: "digits-notes";
    readonly DIGITS_AGAIN: "digits-again";
    readonly DIGITS_PICK: "digits-pick";
    readonly DIGITS_PAIRS: "digits-pairs";
    readonly DIGITS_PAIR: "digits-pair";
    readonly DIGITS_SWEEP: "digits-sweep";
    readonly SWEEP_PLAN: "sweep-plan";
    readonly SWEEP_ASK: "sweep-ask";
    readonly SWEEP_ANSWER: "sweep-answer";
    readonly SWEEP_START: "sweep-start";
    readonly SWEEP_STOP: "sweep-stop";
    readonly SWEEP_PROGRESS: "sweep-progress";
    readonly SWEEP_STATUS: "sweep-status";
    readonly COLORS_NOTICE: "colors-notice";
    readonly COLORS_NOTES: "colors-notes";
    readonly COLORS_SPLIT: "colors-split";
    readonly IMAGE_UPLOAD: "image-upload";
    readonly IMAGE_PICKER: "image-picker";
    readonly IMAGE_UPLOADED: "image-uploaded";
    readonly IMAGE_STATUS: "image-status";
    readonly STEPS_TOOLBAR: "steps-toolbar";
    readonly STEPS_TRACE: "steps-trace";
    readonly STEPS_NOTES: "steps-notes";
    readonly STEPS_LIVE: "steps-live";
    readonly STEPS_LOADED: "steps-loaded";
    readonly STEPS_CENTRES: "steps-centres";
    readonly STEPS_RUN: "steps-run";
    readonly STEPS_NEW_START: "steps-new-start";
    readonly STEPS_PLACE: "steps-place";
    readonly STEPS_POINTS: "steps-points";
    readonly STEPS_GO_ON: "steps-go-on";
    readonly STEPS_WISH: "steps-wish";
    readonly STEPS_EDIT: "steps-edit";
    readonly STEPS_FORMULAS: "steps-formulas";
    readonly STEPS_SAVE_HTML: "steps-save-html";
    readonly STEPS_SAVE_GIF: "steps-save-gif";
    readonly STEPS_GIF: "steps-gif";
    readonly STEPS_SAVED: "steps-saved";
    readonly EXPORT_DOWNLOAD: "export-download";
    readonly EXPORT_SAID: "export-said";
    readonly EXPORT_SCENE: "export-scene";
    readonly EXPORT_WORDS: "export-words";
    readonly EXPORT_NOTE: "export-note";
    readonly REPORT_TABLES: "report-tables";
    readonly LESSONS_OPEN: "lessons-open";
    readonly LESSONS_CATALOGUE: "lessons-catalogue";
    readonly LESSON: "lesson";
    readonly LESSON_AT: "lesson-at";
    readonly LESSON_ANSWER: "lesson-answer";
    readonly LESSON_CHECK: "lesson-check";
    readonly LESSON_PASS: "lesson-pass";
    readonly LESSON_ANSWERED: "lesson-answered";
    readonly LESSON_ASK: "lesson-ask";
    readonly LESSON_FEEDBACK: "lesson-feedback";
    readonly LESSON_CLOSE: "lesson-close";
    readonly LESSON_FOLD: "lesson-fold";
    readonly LESSON_CURTAIN: "lesson-curtain";
    readonly LESSON_DATA: "lesson-data";
    readonly TEACH_OPEN: "teach-open";
    readonly TEACH_DIALOG: "teach-dialog";
    readonly TEACH_PRESENT: "teach-present";
    readonly TEACH_LINK: "teach-link";
    readonly TEACH_COPY: "teach-copy";
    readonly TEACH_SAID: "teach-said";
    readonly PRESENT_LEAVE: "present-leave";
    readonly SELECT_NOTICE: "select-notice";
    readonly SELECT_NOTES: "select-notes";
    readonly SELECT_RANGE: "select-range";
    readonly SELECT_TOOLBAR: "select-toolbar";
    readonly SELECT_DOWNLOAD: "select-download";
    readonly SELECT_DOWNLOAD_BUTTON: "select-download-button";
    readonly SELECT_MIXTURES: "select";
    readonly SELECT_KMEANS: "select-kmeans";
    readonly RESTARTS_NOTICE: "restarts-notice";
    readonly RESTARTS_PICKED: "restarts-picked-start";
    readonly RESTARTS_LINK: "restarts-link";
    teach_key(key: string): { key: string; kind: string; };
    export_item(what: string): { kind: string; what: string; };
    export_hint(what: string): { kind: string; what: string; };
    control(key: string): { key: string; kind: string; };
    wrapper(key: string): { key: string; kind: string; };
    label(key: string): { key: string; kind: string; };
    section(name: string): { kind: string; name: string; };
    shown_value(key: string): { key: string; kind: string; };
    reading_option(name: string): { kind: string; name: string; };
    reading_box(name: string): { kind: string; name: string; };
    request(view: string): string;
    stage(view: string): string;
    picture(name: string): { kind: string; name: string; };
    graph(name: string): { kind: string; name: string; };
    caption(name: string): { kind: string; name: string; };
    badge(name: string): { kind: string; name: string; };
    table(name: string): { kind: string; name: string; };
    table_rows(name: string): { kind: string; name: string; };
    table_order(name: string): { kind: string; name: string; };
    table_page(name: string): { kind: string; name: string; };
    number(panel: string, term: string): { kind: string; panel: string; term: string; };
    before(method: string): string;
    after(method: string): string;
    split(method: string): string;
    palette(method: string): string;
    image_download(method: string): string;
    step_part(side: string, part: string): string;
    steps_plot(side: string): string;
    chain(name: string, part: string): { kind: string; name: string; part: string; };
    restarts_optima(algorithm: string): string;
    restarts_plot(algorithm: string): string;
  };
  readonly keys: { readonly dataRequest: readonly (ExplorerKey | 'scheme')[]; readonly drawnOnly: readonly (ExplorerKey | 'scheme')[]; readonly sweepIgnores: readonly (ExplorerKey | 'scheme')[]; readonly picked: readonly (ExplorerKey | 'scheme')[]; readonly opened: readonly (ExplorerKey | 'scheme')[]; readonly wished: readonly (ExplorerKey | 'scheme')[]; readonly turned: readonly (ExplorerKey | 'scheme')[]; readonly ofALesson: readonly (ExplorerKey | 'scheme')[]; };
  readonly settings: Readonly<Record<ExplorerKey, ExplorerSetting>>;
  readonly tableData: { readonly "upload": string; readonly "drawn": string; };
  readonly ownDefaults: { readonly "upload": { readonly "scale": string; }; readonly "drawn": { readonly "scale": string; }; };
  readonly opens: { readonly "posteriors": string; readonly "sweep": string; };
  readonly methods: { readonly "kmeans": string; readonly "gmm": string; };
  readonly covarianceTypes: readonly string[];
  readonly criteria: { readonly "bic": string; readonly "aic": string; readonly "aicc": string; readonly "icl": string; readonly "heldout": string; };
  readonly informed: string;
  readonly sklearnDefaults: { readonly "init": string; readonly "n_init": number; readonly "tol": string; readonly "max_iter": number; readonly "reg": string; readonly "kinit": string; };
  readonly shownAt: { readonly "folds": readonly string[]; readonly "together": readonly string[]; };
  readonly fourShapes: { readonly "view": string; readonly "overlay": string; readonly "scene": string; };
  readonly sheet: { readonly "columns": number; readonly "images": number; };
  readonly drawing: { readonly "side": number; readonly "mostPoints": number; readonly "groups": readonly string[]; readonly "noGroup": string; readonly "columns": readonly string[]; readonly "groupColumn": string; readonly "written": { readonly "separator": string; readonly "decimal": string; readonly "encoding": string; readonly "header": string; readonly "skip_rows": number; readonly "units_row": string; }; };
  readonly addresses: { readonly "tables": string; readonly "images": string; readonly "options": string; readonly "kind": string; readonly "fileName": string; readonly "beside": string; };
  readonly statuses: { readonly "sentences": { readonly "400": string; readonly "403": string; readonly "404": string; readonly "413": string; readonly "500": string; }; readonly "other": string; readonly "mayPass": readonly number[]; };
}
interface Window {
  explorerContract: ExplorerContract;
}
