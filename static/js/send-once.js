// A form is sent once: its buttons rest while it is on the way, and wake when the page is shown again from history.
// A button that opens a tab of its own, as a preview does, leaves the form where it is.
const buttons = (form) => form.querySelectorAll("button:not([type=button]), input[type=submit]");

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post" || event.submitter?.formTarget === "_blank") return;
  // after this turn, so that the pressed button's name and value are still sent
  setTimeout(() => buttons(event.target).forEach((button) => {
    button.disabled = true;
    button.dataset.sending = "";
  }));
});

addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("[data-sending]").forEach((button) => {
    button.disabled = false;
    delete button.dataset.sending;
  });
});
