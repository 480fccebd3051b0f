import "./finder.js";
import "./send-once.js";
