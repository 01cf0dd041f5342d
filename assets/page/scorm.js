// The same file inside a learning system, which keeps the progress; without one it is a handout.

import { openOneFile } from "./one-file.js";
import { findApi } from "./scorm/find-api.js";
import { openSession } from "./scorm/session.js";
import "./scorm/scorm.css";

const found = findApi(window);
document.documentElement.classList.toggle("in-lms", found !== null);
openOneFile(found ? { note: "lms_note", ...openSession(found) } : undefined);
