// The menu is a native popover: Escape and a click outside close it without a script.
// This also closes it when the window grows wide enough for the menu in the header, and keeps the focus inside it.
const panel = document.querySelector("[data-menu]");
const outside = "main, footer, .skip, .brand, [popovertarget='menu-panel']:not([popovertargetaction])";

panel?.addEventListener("toggle", ({ newState }) => {
  for (const element of document.querySelectorAll(outside)) element.inert = newState === "open";
  // The button could not take the focus back while it was inert.
  if (newState === "closed" && document.activeElement === document.body)
    document.querySelector(".menu__button").focus();
});

matchMedia("(min-width: 75rem)").addEventListener("change", () => {
  if (panel?.matches(":popover-open")) panel.hidePopover();
});
