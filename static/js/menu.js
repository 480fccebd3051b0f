// The menu is a native popover: Escape and a click outside close it without a script.
// Here: it also closes when the window grows wide enough to show the menu in the header.
const panel = document.querySelector("[data-menu]");

matchMedia("(min-width: 64rem)").addEventListener("change", () => {
  if (panel?.matches(":popover-open")) panel.hidePopover();
});
