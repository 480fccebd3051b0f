// Passkeys: binds allauth's scripts, which are loaded last and talk to the device, to our forms, and shows their errors.
document.addEventListener("DOMContentLoaded", () => {
  const forms = { add: "addForm", login: "loginForm", authenticate: "authenticateForm" };

  document.querySelectorAll("[data-passkey]").forEach((form) => {
    if (!window.PublicKeyCredential) return;
    form.hidden = false;
    const kind = form.dataset.passkey;
    window.allauth.webauthn.forms[forms[kind]]({
      ids: {
        [kind]: `passkey-${kind}`,
        credential: `passkey-${kind}-credential`,
        passwordless: "id_passwordless",
        data: "js_data",
      },
    });
  });
});

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const message = document.querySelector("[data-passkey-error]");
  message.hidden = false;
  message.scrollIntoView({ block: "nearest" });
});
