// After a section has been saved, the one that helps most next opens; focus stays where it is.
document.addEventListener("htmx:after:swap", () => {
  const saved = document.querySelector("[data-next]");
  if (!saved) return;
  document.getElementById(saved.dataset.next)?.setAttribute("open", "");
  saved.removeAttribute("data-next");
});
