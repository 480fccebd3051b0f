// What every request shows: that it is on its way, how much of a file is sent, and why it failed; what is typed stays.
// A form that is on its way is not sent again. Words and box are those of components/_request_state.html.
const box = document.querySelector("[data-request-state]");
const SHOWN_AFTER = 400,
  LONGEST_UPLOAD = "1800s",
  TIMEOUT = 60000;
const underWay = new Map(); // form or element → its request
let waiting;

const owner = (ctx) => ctx.sourceElement.closest("form") ?? ctx.sourceElement;
const isSent = (ctx) =>
  ["submit", "click"].includes(ctx.sourceEvent?.type) && ctx.request.method.toUpperCase() === "POST";
const hasFiles = (body) =>
  body instanceof FormData && [...body.values()].some((value) => value instanceof File && value.size);
const buttons = (form) => form.querySelectorAll("button:not([type=button])");

function show(word, detail = "") {
  clearTimeout(waiting);
  box.textContent = box.dataset[word] + detail;
  box.classList.toggle("request-state--failed", !["sending", "fetching"].includes(word));
  box.hidden = false;
}

function hide() {
  clearTimeout(waiting);
  if (!underWay.size && !box.matches(".request-state--failed")) box.hidden = true;
}

function sendWithProgress(address, request) {
  return new Promise((resolve, reject) => {
    const line = new XMLHttpRequest();
    line.open(request.method, address);
    Object.entries(request.headers).forEach(([name, value]) => line.setRequestHeader(name, value));
    line.upload.onprogress = (event) =>
      event.lengthComputable && show("sending", ` ${Math.floor((100 * event.loaded) / event.total)} %`);
    line.onload = () => {
      const headers = line
        .getAllResponseHeaders()
        .trim()
        .split(/\r?\n/)
        .map((header) => header.split(/: (.*)/s, 2));
      resolve(new Response(line.status === 204 ? null : line.responseText, { status: line.status, headers }));
    };
    line.onerror = () => reject(new TypeError("network"));
    line.onabort = () => reject(new DOMException("aborted", "AbortError"));
    request.signal.addEventListener("abort", () => line.abort());
    line.send(request.body);
  });
}

function reasonOf({ ctx, error }) {
  if (error.name === "AbortError") return performance.now() - ctx.startedAt < TIMEOUT ? null : "timeout"; // else a newer one took its place
  return navigator.onLine ? "unreachable" : "offline";
}

if (box) {
  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    if (isSent(ctx) && underWay.has(owner(ctx))) return event.preventDefault();
    if (hasFiles(ctx.request.body)) ctx.request.timeout = LONGEST_UPLOAD;
  });
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    const form = owner(ctx);
    ctx.startedAt = performance.now();
    underWay.set(form, ctx);
    form.setAttribute("aria-busy", "true");
    if (isSent(ctx)) buttons(form).forEach((button) => button.setAttribute("aria-disabled", "true"));
    if (hasFiles(ctx.request.body)) ctx.fetch = sendWithProgress;
    box.classList.remove("request-state--failed");
    box.hidden = true;
    clearTimeout(waiting);
    waiting = setTimeout(show, SHOWN_AFTER, isSent(ctx) ? "sending" : "fetching");
  });
  document.addEventListener("submit", (event) => {
    // of a whole page, such as a form with a picture
    if (event.defaultPrevented || event.target.method !== "post" || event.submitter?.formTarget === "_blank") return;
    clearTimeout(waiting);
    waiting = setTimeout(show, SHOWN_AFTER, "sending");
  });
  addEventListener("pageshow", hide);
  document.addEventListener("htmx:before:response", (event) => {
    const { status, headers } = event.detail.ctx.response;
    if (status < 500 || headers.has("HX-Retarget")) return;
    event.preventDefault(); // a proxy's own page
    show("broken");
  });
  document.addEventListener("htmx:error", ({ detail }) => {
    const reason = detail.ctx?.startedAt && detail.error && reasonOf(detail);
    if (reason) show(reason);
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    const form = owner(ctx);
    if (underWay.get(form) !== ctx) return;
    underWay.delete(form);
    form.removeAttribute("aria-busy");
    buttons(form).forEach((button) => button.removeAttribute("aria-disabled"));
    hide();
  });
}
