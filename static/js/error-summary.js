// Focuses the error summary of a form that comes back, on a whole page and after an htmx swap. Without errors, and where
// the swap removed the focused element, it focuses the element marked with data-focus. Each element is focused once.
const focused = new WeakSet();

function focus(mark) {
  const found = [...document.querySelectorAll(`[${mark}]`)].find((element) => !focused.has(element));
  if (!found) return false;
  focused.add(found);
  found.focus();
  return true;
}

focus("data-error-summary");
document.addEventListener("htmx:after:swap", () => {
  if (focus("data-error-summary")) return;
  if (document.activeElement === document.body) focus("data-focus");
});
