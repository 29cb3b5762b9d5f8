// Chooses light or dark before anything is painted: the visitor's last choice, else the system's.

import { opening, paint } from "./kernel/scheme.ts";

paint(opening());
