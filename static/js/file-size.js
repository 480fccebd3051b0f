// A file larger than its field takes (data-largest, in bytes) is put back before it is sent, with the reason beside the
// field (data-too-large). Without a script the server says the same.
document.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.dataset?.largest) return;
  const box = field.closest(".field");
  box.querySelector("[data-size-error]")?.remove();
  if (![...field.files].some((file) => file.size > Number(field.dataset.largest))) return;

  const message = document.createElement("p");
  message.className = "field__error";
  message.dataset.sizeError = "";
  message.setAttribute("role", "alert");
  message.textContent = field.dataset.tooLarge;
  field.before(message);
  field.value = "";
});
