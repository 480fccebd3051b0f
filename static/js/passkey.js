// Passkeys, on the pages that have them: allauth's scripts, which come last, speak with the device; this finds what to
// bind and says what went wrong.
document.addEventListener("DOMContentLoaded", () => {
  const forms = { add: "addForm", login: "loginForm", authenticate: "authenticateForm" };

  document.querySelectorAll("[data-passkey]").forEach((form) => {
    if (!window.PublicKeyCredential) return;
    form.hidden = false;
    const kind = form.dataset.passkey;
    window.allauth.webauthn.forms[forms[kind]]({
      ids: { [kind]: `passkey-${kind}`, credential: `passkey-${kind}-credential`, passwordless: "id_passwordless", data: "js_data" },
    });
  });
});

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const message = document.querySelector("[data-passkey-error]");
  message.hidden = false;
  message.scrollIntoView({ block: "nearest" });
});
