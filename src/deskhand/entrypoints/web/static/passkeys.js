// A form with `data-passkey` asks that address what to sign, has the person's device sign it, and sends it along.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const letters = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function signed(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    publicKey[list] = (options[list] ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  }
  if (options.user) publicKey.user = { ...options.user, id: bytes(options.user.id) };
  const made = options.user ? await navigator.credentials.create({ publicKey }) : await navigator.credentials.get({ publicKey });
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) response[name] = letters(made.response[name]);
  }
  return JSON.stringify({ id: made.id, rawId: letters(made.rawId), type: made.type, response, clientExtensionResults: {} });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = form.querySelector("[role=alert]");
    problem.textContent = "";
    const answer = await fetch(form.dataset.passkey, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const told = await answer.json();
    if (!answer.ok) { problem.textContent = typeof told.detail === "string" ? told.detail : form.dataset.failed; return; }
    try { form.elements.credential.value = await signed(told); } catch { problem.textContent = form.dataset.failed; return; }
    form.submit();
  });
}
