// Who is signed in here gets a token from this site's own server; it is asked again whenever the last one is too old.
const chat = document.querySelector("deskhand-chat");
const given = new URLSearchParams(location.search);
for (const name of ["site", "locale", "theme", "accent"]) if (given.has(name)) chat.setAttribute(name, given.get(name));
if (!given.has("nobody")) chat.fetchToken = async () => (await (await fetch("token", { method: "POST" })).json()).token;
