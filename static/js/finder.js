// Ctrl-K (or Cmd-K) focuses the search field; arrow keys move through the hits, Escape closes them.
const field = document.querySelector("[data-finder]");
const hits = () => document.getElementById("finder-hits");
const links = () => [...hits().querySelectorAll("a")];

function close() {
  if (hits()) hits().hidden = true;
}

function step(by) {
  const all = links();
  const to = all.indexOf(document.activeElement) + by;
  if (to < 0) field.focus();
  else all[Math.min(to, all.length - 1)]?.focus();
}

if (field) {
  const box = field.closest("form");
  const isFloating = box.contains(hits());
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      field.focus();
      field.select();
      return;
    }
    if (!isFloating || !box.contains(event.target)) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      close();
      field.focus();
    }
  });
  if (isFloating) {
    document.addEventListener("pointerdown", (event) => !box.contains(event.target) && close());
    box.addEventListener("focusout", (event) => event.relatedTarget && !box.contains(event.relatedTarget) && close());
    field.addEventListener("focus", () => field.value && links().length && (hits().hidden = false));
  }
}
