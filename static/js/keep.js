// What is typed in a form with data-keep="name" stays on this device until it has been saved, also when the tab is closed.
const key = (form) => `keep:${form.dataset.keep}`;
const kept = (field) => field.name === "seen" || (field.name && !["hidden", "file", "submit"].includes(field.type));

function read(form) {
  const values = {};
  for (const field of form.elements) {
    if (!kept(field)) continue;
    const said = field.type === "checkbox" ? (field.checked ? [field.value] : []) : [field.value];
    values[field.name] = (values[field.name] || []).concat(said);
  }
  return values;
}

function write(form, values) {
  for (const field of form.elements) {
    if (!kept(field) || !(field.name in values)) continue;
    if (field.type === "checkbox") field.checked = values[field.name].includes(field.value);
    else field.value = values[field.name][0] ?? "";
  }
}

function restore(form) {
  const stored = localStorage.getItem(key(form));
  if (form.hasAttribute("data-kept")) localStorage.removeItem(key(form));
  if (!stored || form.hasAttribute("data-kept") || form.querySelector("[aria-invalid=true]")) return;
  write(form, JSON.parse(stored));
  form.closest("details")?.setAttribute("open", "");
}

const forms = (root) => root.querySelectorAll("form[data-keep]");

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.dataset.keep) localStorage.setItem(key(form), JSON.stringify(read(form)));
});
document.addEventListener("htmx:after:swap", () => {
  forms(document).forEach((form) => form.hasAttribute("data-kept") && localStorage.removeItem(key(form)));
  document.querySelector("iframe[data-preview]")?.contentWindow.location.reload();
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-forget]")) return;
  Object.keys(localStorage).filter((name) => name.startsWith("keep:")).forEach((name) => localStorage.removeItem(name));
});
forms(document).forEach(restore);
