// Where focus goes when a form comes back: to what is wrong, on a whole page and after an htmx swap; else, where the swap
// took the focused element away, to what the answer marks with data-focus. Each is focused once.
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
