// What is typed in a form with data-keep="name" stays on this device until it has been saved, also when the tab is closed.
// Without room or leave to store anything, the form works as any other.
const key = (form) => `keep:${form.dataset.keep}`;
const forms = () => document.querySelectorAll("form[data-keep]");
const kept = (field) => field.name && (field.name === "seen" || !["hidden", "file", "submit", "button"].includes(field.type));
const chosen = (field) => ["checkbox", "radio"].includes(field.type);

function store(act) {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
}

function read(form) {
  const values = {};
  for (const field of form.elements) {
    if (!kept(field)) continue;
    const said = chosen(field) && !field.checked ? [] : [field.value];
    values[field.name] = (values[field.name] || []).concat(said);
  }
  return values;
}

function write(form, values) {
  for (const field of form.elements) {
    const said = kept(field) ? values[field.name] : null;
    if (!Array.isArray(said)) continue;
    if (chosen(field)) field.checked = said.includes(field.value);
    else field.value = said[0] ?? "";
  }
}

function forget(form) {
  store((storage) => storage.removeItem(key(form)));
  form.removeAttribute("data-kept");
}

function restore(form) {
  if (form.hasAttribute("data-kept")) return forget(form);
  const values = store((storage) => JSON.parse(storage.getItem(key(form))));
  if (!values || form.querySelector("[aria-invalid=true]")) return;
  write(form, values);
  form.closest("details")?.setAttribute("open", "");
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.dataset.keep) store((storage) => storage.setItem(key(form), JSON.stringify(read(form))));
});
document.addEventListener("htmx:after:swap", () => forms().forEach((form) => form.hasAttribute("data-kept") && forget(form)));
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-forget]")) return;
  store((storage) => Object.keys(storage).filter((name) => name.startsWith("keep:")).forEach((name) => storage.removeItem(name)));
});
forms().forEach(restore);
