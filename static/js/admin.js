import "./finder.js";
import "./send-once.js";
import "./request-state.js";
import "./file-size.js";
import "./picture-preview.js";
import "./placeholders.js";
import "./changelist.js";
