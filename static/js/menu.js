// The menu is a native popover: Escape and a click outside close it without a script.
// This also closes it when the window grows wide enough for the menu in the header.
const panel = document.querySelector("[data-menu]");

matchMedia("(min-width: 64rem)").addEventListener("change", () => {
  if (panel?.matches(":popover-open")) panel.hidePopover();
});
