// Where focus goes when a form comes back: to what is wrong, on a whole page and after an htmx swap; else, where the swap
// took the focused element away, to what the answer marks with data-focus. Each mark counts once.
function focus(mark) {
  const found = document.querySelector(`[${mark}]`);
  found?.removeAttribute(mark);
  found?.focus();
  return Boolean(found);
}

focus("data-error-summary");
document.addEventListener("htmx:after:swap", () => {
  if (focus("data-error-summary")) return;
  if (document.activeElement === document.body) focus("data-focus");
});
