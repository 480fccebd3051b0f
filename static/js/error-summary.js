// A form that comes back with errors: the summary gets focus, on a whole page and after an htmx swap.
const focus = (root) => root.querySelector("[data-error-summary]")?.focus();

focus(document);
document.addEventListener("htmx:after:swap", () => focus(document));
