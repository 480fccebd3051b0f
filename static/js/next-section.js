// After a section has been saved, the one that data-next names opens; focus does not move.
document.addEventListener("htmx:after:swap", () => {
  const saved = document.querySelector("[data-next]");
  if (!saved) return;
  document.getElementById(saved.dataset.next)?.setAttribute("open", "");
  saved.removeAttribute("data-next");
});
