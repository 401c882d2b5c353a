// Everything the pages need: swap parts by id, keyboard, panes on narrow screens, and the live feed.
const policy = window.trustedTypes?.createPolicy("fragments", { createHTML: (html) => html }) ?? { createHTML: (html) => html };
const $ = (selector, root = document) => root.querySelector(selector);
const typing = (element = document.activeElement) => element?.closest("textarea, select, input:not([type=radio])");
const say = (text) => { $("#live").textContent = text; }, complain = (text) => { $("#problem").textContent = text; };
const fragment = { headers: { "X-Fragment": "1" } };
document.cookie = `zone=${Intl.DateTimeFormat().resolvedOptions().timeZone}; path=/; max-age=31536000; samesite=lax`;
const typed = (part) => [...part.querySelectorAll("textarea")].some((one) => one.checkVisibility() && (one.value !== one.defaultValue || "kept" in one.dataset));

// `mine`: the form that this is the answer to. No other part loses what somebody is typing, or has typed, in it.
function swap(html, mine) {
  const fresh = document.createElement("template");
  fresh.innerHTML = policy.createHTML(html);
  for (const node of [...fresh.content.children]) {
    const old = document.getElementById(node.id);
    if (!old) { document.getElementById(node.dataset.list)?.prepend(node); continue; }
    const writing = (!mine && old.contains(typing() ?? null)) || typed(old);
    if (writing && !(mine && old.contains(mine))) { if (mine && $("[data-focus]", node)) say($("[data-focus]", node).textContent); continue; }
    for (const open of old.querySelectorAll("details[id][open]")) $(`#${CSS.escape(open.id)}`, node)?.setAttribute("open", "");
    const told = mine ? null : $("[data-stays]", old);                          // what was refused is read before it goes
    const reading = told?.contains(document.activeElement);
    if (told) { delete told.dataset.announce; node.prepend(told.cloneNode(true)); }
    if (old.isEqualNode(node)) { if (mine) $("[data-focus]", old)?.focus(); continue; }   // the live feed was faster than our own answer
    const key = old.contains(document.activeElement) && document.activeElement.dataset.key;
    const top = old.scrollHeight - old.scrollTop - old.clientHeight < 40 ? 1e9 : old.scrollTop;
    old.replaceWith(node);
    node.scrollTop = top;
    (mine && $("[data-focus]", node) || key && $(`[data-key="${CSS.escape(key)}"]`, node) || reading && $("[data-stays]", node) || null)?.focus();
    if ($("[data-announce]", node)) say($("[data-announce]", node).dataset.announce);
  }
}

async function load(part) {
  const reply = await fetch(part.dataset.load, fragment).catch(() => null);
  if (reply?.ok) return swap(await reply.text());
  if (reply?.status === 401) return signIn();
  part.ariaBusy = null; complain(document.body.dataset.refused);
}
const signIn = () => location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);

// 1. Forms: post, then put the parts of the answer in their places. 409 carries parts too: what the agent saw was stale.
document.addEventListener("submit", async (event) => {
  const form = event.target, button = event.submitter;
  if (!form.matches("[data-swap]")) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  try {
    const reply = await fetch(button?.getAttribute("formaction") ?? form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form, button)), ...fragment });
    complain("");
    if (reply.status === 401) return signIn();
    if (reply.ok && form.elements.language && form.elements.language.value !== document.documentElement.lang) { channel.postMessage({ reset: true }); anew(); }
    else if (reply.ok || reply.status === 409) swap(await reply.text(), form);
    else { const { detail } = await reply.json().catch(() => ({})); complain(typeof detail === "string" ? detail : document.body.dataset.refused); }
  } catch { complain(document.body.dataset.broken); } finally { form.ariaBusy = null; }
});

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-submit]")) return target.form.requestSubmit();
  if (!target.form?.matches("[data-now]")) return;
  if (target.name === "theme") document.documentElement.dataset.theme = target.value;
  if (target.name === "keys") document.body.dataset.keys = target.value;
  target.form.requestSubmit();
});

// 2. Keys: off while typing, with a modifier, on key repeat, for hidden buttons; a key that moves something is pressed twice.
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.matches("textarea, input")) return [...event.target.form.querySelectorAll("[data-send]")].find((one) => one.checkVisibility())?.click();
  if (document.body.dataset.keys === "off" || event.repeat || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const step = { j: 1, k: -1 }[event.key.toLowerCase()], rows = [...document.querySelectorAll(".row")];
  const target = step ? rows[rows.findIndex((row) => row.ariaCurrent) + step] : $(`[data-key="${CSS.escape(event.key.toLowerCase())}"]:enabled, summary[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target?.checkVisibility() || ($(":popover-open") && event.key !== "?")) return;
  event.preventDefault();
  if (target.dataset.arm && !target.dataset.armed) return arm(target);
  target.matches("input, textarea") ? target.focus() : target.click();
});

function arm(button) {
  button.dataset.armed = "1";
  say(button.dataset.arm);
  setTimeout(() => delete button.dataset.armed, 4000);
}

// 3. Panes: on a narrow screen one column at a time. The links work without this too.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-pane-link]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const pane = $("#main").dataset.pane = link.dataset.paneLink;
  for (const tab of document.querySelectorAll(".tabs a")) tab.ariaCurrent = tab.dataset.paneLink === pane ? "true" : null;
  history.replaceState(null, "", link.href);
});

// 4. Live feed. A browser allows six connections to one HTTP/1.1 origin: one tab listens for all tabs.
const channel = new BroadcastChannel("events"), late = new Map(), shown = new Map(), due = new Map();
let last = +document.body.dataset.event, feed;
async function refresh(ticket) {
  const reply = await fetch(`/inbox/${encodeURIComponent(ticket)}/parts?view=${$("#main").dataset.view}`, fragment).catch(() => null);
  const at = +(reply?.headers.get("X-Event") ?? 0);
  if (!reply?.ok || at < (shown.get(ticket) ?? 0)) return;                  // an older answer that came late
  shown.set(ticket, at);
  swap(await reply.text());
  document.querySelectorAll("#messages[data-load]").forEach(load);
}
const soon = (ticket) => { clearTimeout(due.get(ticket)); due.set(ticket, setTimeout(refresh, 120, ticket)); };  // a run writes several lines at once
function heard(news) {
  const { id = 0, ticket, views, people, row, reset, counts = {}, offers } = news, { view, ticket: opened, person } = $("#main").dataset;
  last = Math.max(last, id);
  if (reset) return anew();
  for (const one of document.querySelectorAll("[data-count]")) one.textContent = counts[one.dataset.count] ?? one.textContent;
  if (offers && $("#offers")) swap(offers);
  if (!ticket || !$("#rows") || id < (shown.get(ticket) ?? 0)) return;
  const listed = document.getElementById(`row-${ticket}`) || (views.includes(view) && (view !== "mine" || people.includes(person)));
  if (ticket !== opened && !listed) return;                                // it is in no queue that this tab shows
  if (document.hidden) return late.set(ticket, news);
  shown.set(ticket, id);
  ticket === opened ? soon(ticket) : swap(row.replace('?view="', `?view=${view}"`));
}
// Pages and the feed's lines are in one language. What somebody types is spared: there only the feed begins again.
function anew() {
  if (!typing() && !typed(document)) return location.reload();
  if (feed) { feed.close(); open(); }
}
function open() {
  feed = new EventSource(`/events?after=${last}`);
  feed.onmessage = (event) => { const news = JSON.parse(event.data); channel.postMessage(news); heard(news); };
  feed.onerror = () => feed?.readyState === EventSource.CLOSED && setTimeout(open, 5000); // an error page ends it for good; the browser retries only lost connections
  return feed;
}
channel.onmessage = (event) => heard(event.data);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) { late.forEach(heard); late.clear(); here(); }
  if (!navigator.locks) { feed?.close(); feed = document.hidden ? null : open(); }
});
if (navigator.locks) navigator.locks.request("events", () => new Promise(open)); // held until this tab goes away
else if (!document.hidden) open();

// 5. What is read from other systems comes after the page; and colleagues hear who looks at the same ticket.
document.querySelectorAll("[data-load]").forEach(load);
async function here() {
  const part = $("[data-here]");
  if (!part || document.hidden) return;
  const reply = await fetch(part.dataset.here, { method: "POST", body: new URLSearchParams({ form: part.dataset.form }), ...fragment }).catch(() => null);
  if (reply?.ok) swap(await reply.text());
}
here();
setInterval(here, 15000);
