import "./menu.js";
import "./error-summary.js";
import "./confirm.js";
import "./send-once.js";
import "./autosave.js";
import "./file-size.js";
import "./live-preview.js";
import "./passkey.js";
