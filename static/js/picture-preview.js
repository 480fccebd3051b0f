// A picture that is chosen in a field with data-preview-picture (its description) is shown under the field before it is sent,
// where the browser can: HEIC it mostly cannot.
document.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.dataset?.previewPicture) return;
  field.parentElement.querySelector("[data-chosen-picture]")?.remove();
  const [file] = field.files;
  if (!file) return;

  const picture = document.createElement("img");
  picture.className = "chosen-picture";
  picture.dataset.chosenPicture = "";
  picture.alt = field.dataset.previewPicture;
  picture.onload = () => URL.revokeObjectURL(picture.src);
  picture.onerror = () => picture.remove();
  picture.src = URL.createObjectURL(file);
  field.after(picture);
});
