// A click on a placeholder inserts it at the cursor.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert-into] button");
  if (!button) return;
  const field = document.getElementById(button.closest("[data-insert-into]").dataset.insertInto);
  field.setRangeText(button.value, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
