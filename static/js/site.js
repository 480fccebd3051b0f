import "./menu.js";
import "./error-summary.js";
import "./confirm.js";
import "./send-once.js";
import "./keep.js";
import "./file-size.js";
import "./live.js";
import "./passkey.js";
