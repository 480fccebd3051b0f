// A form with data-confirm-title, -text, -yes and -no asks in the page's own dialog before it is sent, then with `confirmed`.
document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    const dialog = document.querySelector("[data-confirm-dialog]");
    if (!dialog || !form.dataset.confirmTitle || form.elements.confirmed) return;

    event.preventDefault();
    event.stopImmediatePropagation();
    for (const element of dialog.querySelectorAll("[data-confirm-part]")) {
      element.textContent = form.getAttribute(`data-confirm-${element.dataset.confirmPart}`);
    }
    dialog.returnValue = "no";
    dialog.showModal();
    await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
    if (dialog.returnValue !== "yes") return;

    const confirmed = Object.assign(document.createElement("input"), {
      type: "hidden",
      name: "confirmed",
      value: "yes",
    });
    form.append(confirmed);
    form.requestSubmit(event.submitter);
    confirmed.remove();
  },
  { capture: true },
);
