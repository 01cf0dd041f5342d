// A lesson or the course as a file to hand out.

import { openOneFile } from "./one-file.js";

openOneFile();
