// What is typed in a form with data-keep="name" stays on this device until it has been saved, also when the tab is closed.
// Saving in one tab forgets what that tab sent, never what another has typed since.
// Without room or leave to store anything, the form works as any other.
const key = (form) => `keep:${form.dataset.keep}`;
const forms = () => document.querySelectorAll("form[data-keep]");
const kept = (field) => field.name && (field.name === "read_digests" || !["hidden", "file", "submit", "button"].includes(field.type));
const chosen = (field) => ["checkbox", "radio"].includes(field.type);

function store(act) {
  try {
    return act(localStorage, sessionStorage);
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
  return JSON.stringify(values);
}

function write(form, values) {
  for (const field of form.elements) {
    const said = kept(field) ? values[field.name] : null;
    if (!Array.isArray(said)) continue;
    if (chosen(field)) field.checked = said.includes(field.value);
    else field.value = said[0] ?? "";
  }
}

function forget(name) {
  store((storage, tab) => {
    if (storage.getItem(name) === tab.getItem(name)) storage.removeItem(name);
    tab.removeItem(name);
  });
}

function restore(form) {
  const values = store((storage) => JSON.parse(storage.getItem(key(form))));
  if (!values || form.querySelector("[aria-invalid=true]")) return;
  const asked = read(form);
  write(form, values);
  if (read(form) === asked) return;
  store((storage) => storage.setItem(key(form), read(form)));
  form.closest("details")?.setAttribute("open", "");
  form.querySelectorAll("[data-kept-notice]").forEach((notice) => (notice.hidden = false));
}

function settle() {
  document.querySelectorAll("[data-kept]").forEach((mark) => {
    forget(`keep:${mark.dataset.kept}`);
    mark.removeAttribute("data-kept");
  });
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.dataset.keep) store((storage) => storage.setItem(key(form), read(form)));
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.keep) store((storage, tab) => tab.setItem(key(form), read(form)));
  if (!form.matches("[data-forget]")) return;
  store((...places) => places.forEach((place) =>
    Object.keys(place).filter((name) => name.startsWith("keep:")).forEach((name) => place.removeItem(name))));
});
document.addEventListener("click", (event) => {
  const form = event.target.matches("[data-kept-away]") && event.target.form;
  if (!form) return;
  store((storage) => storage.removeItem(key(form)));
  location.reload();
});
document.addEventListener("htmx:after:swap", settle);
settle();
forms().forEach(restore);
