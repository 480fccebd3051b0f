// A form is sent once: its buttons are disabled while it is sent, and enabled when the browser shows the page again from
// its history. A button that opens a new tab, as a preview does, disables nothing.
const buttons = (form) => form.querySelectorAll("button:not([type=button]), input[type=submit]");

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post" || event.submitter?.formTarget === "_blank") return;
  // after this turn, so that the pressed button's name and value are still sent
  setTimeout(() =>
    buttons(event.target).forEach((button) => {
      button.disabled = true;
      button.dataset.sending = "";
    }),
  );
});

addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("[data-sending]").forEach((button) => {
    button.disabled = false;
    delete button.dataset.sending;
  });
});
