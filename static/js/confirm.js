// A form with data-confirm="question" asks in the page's own dialog before it is sent.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const dialog = document.querySelector("[data-confirm-dialog]");
  if (!dialog || !form.dataset.confirm || form.dataset.confirmed) return;

  event.preventDefault();
  event.stopImmediatePropagation();
  dialog.querySelector("[data-confirm-text]").textContent = form.dataset.confirm;
  dialog.returnValue = "no";
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  if (dialog.returnValue !== "yes") return;

  form.dataset.confirmed = "yes";
  form.requestSubmit(event.submitter);
  delete form.dataset.confirmed;
}, { capture: true });
