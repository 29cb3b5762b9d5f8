// What Dash's scripts need of the polyfills that it sends: generators as they were compiled before
// browsers had them. All else in those 99 kB is older than any browser that can run this page, and
// puts slow copies in place of what browsers have (String.prototype.trim, for one).

import "regenerator-runtime/runtime";
