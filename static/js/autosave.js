// Keeps what is typed in a form with data-keep="name" on this device until it is saved, also when the tab is closed.
// Saving in one tab removes what that tab sent, not what another has typed since. Without storage nothing is kept.
const key = (form) => `keep:${form.dataset.keep}`;
const forms = () => document.querySelectorAll("form[data-keep]");
const written = new Map(), opened = new Set(); // key → what this tab wrote last; keys of sections that are being fetched
const isKept = (field) => field.name && (field.name === "read_digests" || !["hidden", "file", "submit", "button"].includes(field.type));
const isCheckable = (field) => ["checkbox", "radio"].includes(field.type);

function withStorage(action) {
  try {
    return action(localStorage, sessionStorage);
  } catch {
    return null;
  }
}

function read(form) {
  const values = {};
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    const value = isCheckable(field) && !field.checked ? [] : [field.value];
    values[field.name] = (values[field.name] || []).concat(value);
  }
  return JSON.stringify(values);
}

// What the person has typed, without what the form was read at.
const typed = (values) => JSON.stringify(JSON.parse(values), (name, value) => (name === "read_digests" ? undefined : value));

function write(form, values) {
  for (const field of form.elements) {
    const saved = isKept(field) ? values[field.name] : null;
    if (!Array.isArray(saved)) continue;
    if (isCheckable(field)) field.checked = saved.includes(field.value);
    else field.value = saved[0] ?? "";
  }
}

function keep(form) {
  written.set(key(form), read(form));
  withStorage((storage) => storage.setItem(key(form), read(form)));
}

function forget(name) {
  withStorage((storage, tab) => {
    if (storage.getItem(name) === tab.getItem(name)) storage.removeItem(name);
    tab.removeItem(name);
  });
}

function restore(form) {
  const values = withStorage((storage) => JSON.parse(storage.getItem(key(form))));
  if (!values || form.querySelector("[aria-invalid=true]")) return;
  const fromServer = read(form);
  write(form, values);
  if (typed(read(form)) === typed(fromServer)) { // the server has it, in whichever way it came there
    write(form, JSON.parse(fromServer));
    withStorage((storage) => storage.removeItem(key(form)));
    return;
  }
  keep(form);
  form.closest("details")?.setAttribute("open", "");
  form.querySelectorAll("[data-kept-notice]").forEach((notice) => (notice.hidden = false));
}

function forgetSaved() {
  document.querySelectorAll("[data-kept]").forEach((mark) => {
    forget(`keep:${mark.dataset.kept}`);
    mark.removeAttribute("data-kept");
  });
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.dataset.keep) keep(form);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.keep) withStorage((storage, tab) => {
    if ([null, written.get(key(form))].includes(storage.getItem(key(form)))) keep(form); // not what another tab has typed since
    tab.setItem(key(form), read(form));
  });
  if (!form.matches("[data-forget]")) return;
  withStorage((...storages) => storages.forEach((storage) =>
    Object.keys(storage).filter((name) => name.startsWith("keep:")).forEach((name) => storage.removeItem(name))));
});
document.addEventListener("click", (event) => {
  const form = event.target.matches("[data-kept-away]") && event.target.form;
  if (!form) return;
  withStorage((storage) => storage.removeItem(key(form)));
  location.reload();
});
document.addEventListener("htmx:after:swap", forgetSaved);
document.addEventListener("htmx:after:swap", () => forms().forEach((form) => opened.delete(key(form)) && restore(form)));
forgetSaved(), forms().forEach(restore);
// Sections that are not open are not here yet: one in which something is kept opens, once htmx is there to fetch it.
addEventListener("load", () => document.querySelectorAll("details > [data-keep]:not(form)").forEach((part) => {
  part.addEventListener("htmx:before:request", () => opened.add(key(part)));
  if (withStorage((storage) => storage.getItem(key(part)))) part.parentElement.open = true;
}));
