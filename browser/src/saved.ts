// The entry of a saved animation: what plays in a file of its own, without a network.

import { playSaved } from "./views/steps/saved_page.ts";

playSaved();
