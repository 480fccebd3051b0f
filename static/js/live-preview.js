// The preview beside a profile: loaded again after each save, and rendered while somebody types in a form with data-live.
const frame = document.querySelector("iframe[data-preview]");
let waiting,
  latest = 0;

function show(html) {
  const before = frame.contentWindow.scrollY;
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, before), { once: true });
  frame.srcdoc = html;
}

async function preview(form) {
  const address = new URL(frame.getAttribute("src"), location);
  address.searchParams.set("del", form.dataset.live);
  const fields = new FormData(form),
    turn = ++latest;
  [...fields].forEach(([name, value]) => value instanceof File && fields.delete(name));
  const answer = await fetch(address, { method: "POST", body: fields }).catch(() => null);
  if (answer?.ok && turn === latest) show(await answer.text());
}

if (frame) {
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.dataset.live || !frame.checkVisibility()) return;
    clearTimeout(waiting);
    waiting = setTimeout(preview, 600, form);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const { response, request } = event.detail.ctx ?? {};
    if (response?.status !== 200 || request.method === "GET") return;
    clearTimeout(waiting);
    latest++;
    if (frame.hasAttribute("srcdoc")) frame.removeAttribute("srcdoc");
    else frame.contentWindow.location.reload();
  });
}
