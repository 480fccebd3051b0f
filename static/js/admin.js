import "./finder.js";
import "./send-once.js";
import "./placeholders.js";
import "./changelist.js";
