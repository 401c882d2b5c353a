// The chat of a desk on the company's own site: <deskhand-chat site="KEY"></deskhand-chat>. See docs/widget.md.
// Every text is set as text, nothing is parsed as HTML, and no inline style or script is needed.

const HOME = new URL(import.meta.url).origin;
const PHONE = "(max-width: 480px)";
const SILENT = 40_000; // ms without a byte: the server says something every 15 s

const css = new CSSStyleSheet();
css.replaceSync(`
:host { all: initial }
* { box-sizing: border-box; margin: 0 }
[hidden] { display: none !important }
.w { color-scheme: light dark; --accent: light-dark(#3b4fd8, #8d9bff); --on: light-dark(#fff, #10143a); --ink: light-dark(#3b4fd8, #8d9bff); --soft: light-dark(#eceffd, #232a4d); --surface: light-dark(#fff, #161a21); --raised: light-dark(#f6f7f9, #1c212a); --text: light-dark(#171b22, #e8eaee); --muted: light-dark(#5c6573, #9aa4b2); --line: light-dark(#e3e6eb, #2a303b); --edge: light-dark(#858d9a, #6a7483); --good: light-dark(#11703f, #5fd394); --warn: light-dark(#8a5300, #f2b85c); --warn-soft: light-dark(#fdf1dc, #37290f);
  position: fixed; inset-block-end: 20px; inset-inline-end: 20px; z-index: 2147483000; font: 400 14px/1.5 Inter, system-ui, sans-serif; color: var(--text) }
.w[data-theme=light] { color-scheme: light } .w[data-theme=dark] { color-scheme: dark }
button, summary, .pick { font: inherit; color: inherit; background: none; border: 1px solid var(--line); border-radius: 8px; padding: 6px 12px; min-height: 36px; cursor: pointer; transition: background-color .12s }
button:hover, summary:hover, .pick:hover { background: var(--raised) }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px }
svg { width: 20px; height: 20px; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; display: block }
.main { background: var(--accent); color: var(--on); border-color: transparent; font-weight: 550 } .main:hover { background: color-mix(in srgb, var(--accent) 88%, var(--text)) }
.icon { border: 0; padding: 0; width: 36px; flex: none; display: grid; place-items: center; border-radius: 8px; list-style: none } 
.open { display: flex; align-items: center; gap: 8px; height: 52px; padding: 0 20px; border-radius: 26px; font-size: 15px; font-weight: 650; box-shadow: 0 6px 24px #0003 }
.open b { font-weight: 650; font-size: 12px; background: var(--on); color: var(--accent); border-radius: 10px; padding: 0 8px }
dialog { position: absolute; inset: auto; inset-block-end: 64px; inset-inline-end: 0; width: min(392px, calc(100vw - 40px)); height: min(640px, calc(100dvh - 104px)); padding: 0; border: 1px solid var(--line); border-radius: 14px; background: var(--surface); color: inherit; box-shadow: 0 12px 48px #0004; overflow: hidden; overflow-wrap: anywhere }
dialog[open] { display: flex; flex-direction: column }
header { display: flex; align-items: center; gap: 8px; min-height: 56px; padding: 8px 8px 8px 16px; border-block-end: 1px solid var(--line) } [dir=rtl] header { padding: 8px 16px 8px 8px }
h2 { flex: 1; overflow-wrap: break-word; font-size: 16px; font-weight: 650; line-height: 1.25 }
.person { font-weight: 550; border-color: var(--edge); padding: 6px 10px; text-align: start }
.menu { position: relative } .menu svg { stroke-width: 3 } .menu div { position: absolute; inset-inline-end: 0; inset-block-start: 40px; z-index: 1; width: max-content; max-width: 280px; display: grid; padding: 4px; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; box-shadow: 0 6px 24px #0003 } .menu button { border: 0; text-align: start }
.log { flex: 1; overflow-y: auto; padding: 16px; display: flex; flex-direction: column; gap: 12px; overscroll-behavior: contain }
ol, .stack { list-style: none; padding: 0; display: flex; flex-direction: column; gap: 12px } .card .stack { gap: 8px }
li.m { max-width: 88%; align-self: start; display: grid; gap: 4px } li.me { align-self: end; justify-items: end }
.by, small { font-size: 12px; color: var(--muted) }
.say { padding: 8px 12px; border-radius: 14px; border: 1px solid var(--line); white-space: pre-wrap } .me .say { background: var(--raised); border-color: transparent } .ai .say { background: var(--soft); border-color: transparent } .wait .say { border: 1px dashed var(--edge) }
.note, .step { font-size: 13px; color: var(--muted) } .note { padding: 8px 12px; border-radius: 10px; background: var(--raised) }
.step { display: flex; gap: 8px; align-items: center } .step::before { content: ""; width: 8px; height: 8px; border-radius: 50%; background: var(--ink); animation: pulse 1.2s ease-in-out infinite; flex: none } @keyframes pulse { 50% { opacity: .25 } }
a { color: var(--ink) }
.m details { font-size: 13px } .m summary, .card summary { border: 0; padding: 2px 0; min-height: 28px; color: var(--muted); width: fit-content } .m summary:hover { background: none; text-decoration: underline }
blockquote { border-inline-start: 2px solid var(--ink); padding-inline-start: 8px; margin-block: 4px 8px; color: var(--muted) }
.done { font-size: 13px; border: 1px solid var(--line); border-radius: 10px; padding: 8px 12px } .done::before { content: "✓ " / ""; color: var(--good); font-weight: 650 }
.file { display: inline-flex; gap: 6px; align-items: center; font-size: 13px; border: 1px solid var(--line); border-radius: 8px; padding: 4px 8px } .file svg { width: 16px; height: 16px; flex: none } .file button { border: 0; min-height: 28px; padding: 0 6px }
.card { border: 1px solid var(--line); border-radius: 10px; padding: 12px; display: grid; gap: 8px } .card strong { font-weight: 650 } .card ul { padding-inline-start: 20px }
.row { display: flex; gap: 8px; flex-wrap: wrap; align-items: center } .ends { display: flex; justify-content: space-between }
fieldset { border: 0; padding: 0; display: grid; gap: 8px } legend { padding: 0 0 8px; font-weight: 650 }
.pick { position: relative; flex: 1; display: grid; place-items: center; border-color: var(--edge); padding: 0 } .pick input { position: absolute; inset: 0; opacity: 0; cursor: pointer; min-height: 0 } .pick:has(:checked) { background: var(--accent); color: var(--on) } .pick:has(:focus-visible) { outline: 2px solid var(--ink); outline-offset: 2px }
input, textarea { font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--edge); border-radius: 8px; padding: 7px 12px; width: 100%; min-height: 36px; resize: none } ::placeholder { color: var(--muted); opacity: 1 }
.alert { display: flex; gap: 8px; align-items: center; justify-content: space-between; padding: 8px 16px; background: var(--warn-soft); color: var(--warn); font-size: 13px; border-block-start: 1px solid var(--line) } .alert button { border-color: currentColor; flex: none; max-width: 45% }
form.write { display: flex; gap: 4px; align-items: end; padding: 8px; border-block-start: 1px solid var(--line) } .write textarea { field-sizing: content; max-height: 132px; line-height: 20px } .write .main { width: 36px }
.chips { padding: 8px 16px 0; display: flex; gap: 8px; flex-wrap: wrap }
[dir=rtl] .send svg { transform: scaleX(-1) }
@media ${PHONE}, (pointer: coarse) { button, summary, .pick, input, textarea { min-height: 44px } .icon, .write .main { width: 44px } .write textarea { line-height: 28px } input, textarea { font-size: 16px } }
@media ${PHONE} { dialog { position: fixed; inset: 0; width: 100%; height: 100dvh; max-width: none; max-height: none; border: 0; border-radius: 0 } }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important } }`);

const ICONS = {
  chat: "M4 5h16v11H9l-5 4z", close: "M6 6l12 12M18 6L6 18", send: "M5 12h13M12 5l7 7-7 7", more: "M6 12h.01M12 12h.01M18 12h.01",
  clip: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.3 8.3a1.6 1.6 0 0 1-2.3-2.3l7.6-7.6",
};

/** An element; what is no element among its children becomes text. */
function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((one) => one != null && one !== ""));
  return element;
}

function icon(name) {
  const make = (tag) => document.createElementNS("http://www.w3.org/2000/svg", tag);
  const svg = make("svg"), path = make("path");
  svg.setAttribute("viewBox", "0 0 24 24"); svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]); svg.append(path);
  return svg;
}

const button = (props, ...inside) => h("button", { type: "button", ...props }, ...inside);
const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

/** Whose a token is, as a number that tells nothing: another person at this browser must not find the former's words. */
function whose(token) {
  try {
    const { sub } = JSON.parse(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
    return [...sub].reduce((sum, char) => (sum * 31 + char.codePointAt(0)) | 0, 7);
  } catch {
    return 0; // one of the desk's own, for somebody who is not signed in
  }
}

/** Text with its web addresses as links. */
function* linked(text) {
  let at = 0;
  for (const { 0: url, index } of text.matchAll(/https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)]/g)) {
    yield text.slice(at, index);
    yield link(url, url.length < 48 ? url : `${url.slice(0, 40)}…`);
    at = index + url.length;
  }
  yield text.slice(at);
}

const link = (url, ...words) => h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...words);

class Chat extends HTMLElement {
  static observedAttributes = ["token", "locale", "theme", "accent", "heading"];

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [css];
    this.said = new Map(); // id -> [message, element]
    this.stands = { confirm: [], step: "" };
    this.last = 0;
    this.files = [];
    const early = this.fetchToken; // set by the page before this script was there
    if (delete this.fetchToken && early) this.fetchToken = early;
  }

  get fetchToken() { return this.fetcher; }
  set fetchToken(ask) { this.fetcher = ask; this.given = null; this.go(); }

  connectedCallback() {
    this.start();
    addEventListener("online", (this.wake = () => document.hidden ? this.hush() : this.go()));
    addEventListener("storage", (this.other = (event) => event.key === this.key && this.go()));
    document.addEventListener("visibilitychange", this.wake);
  }

  /** In the words of the page's language, or of the nearest that there is. */
  async start() {
    const locale = this.getAttribute("locale") || document.documentElement.lang || "en";
    const mine = (this.starting = fetch(`${HOME}/widget.json?locale=${encodeURIComponent(locale)}`));
    const words = await mine.then((reply) => reply.json()).catch(() => null);
    if (mine !== this.starting) return; // another language was asked for meanwhile
    if (!words) { setTimeout(() => this.start(), 5000); return; }
    this.words = words;
    this.box ??= this.shadowRoot.appendChild(h("div", { className: "w" }));
    this.dress();
    this.go();
  }

  disconnectedCallback() {
    removeEventListener("online", this.wake);
    removeEventListener("storage", this.other);
    document.removeEventListener("visibilitychange", this.wake);
    this.hush();
  }

  attributeChangedCallback(name) {
    if (name === "token") { this.given = null; this.go(); }
    else if (name === "locale") this.isConnected && this.start();
    else if (this.box) this.dress();
  }

  // -- what is kept in this browser: shared by its tabs, and gone when somebody else signs in -------------

  get key() { return `deskhand:${this.getAttribute("site")}`; }

  get state() {
    try { return { queue: [], ...JSON.parse(localStorage.getItem(this.key)) }; } catch { return this.memory ?? { queue: [] }; }
  }

  keep(change) {
    const state = this.state;
    change(state);
    this.memory = state;
    try { localStorage.setItem(this.key, JSON.stringify(state)); } catch { /* kept for this page only */ }
  }

  // -- talking to the desk ---------------------------------------------------------------------------------

  /** A token for whoever is here; another one when the last was not good any more. */
  async token(again) {
    if (!this.given || again) {
      const before = this.given;
      this.given = this.fetcher ? await this.fetcher() : this.getAttribute("token") ?? (await this.anonymous(again));
      if (!this.given || this.given === before) throw new Problem("signin");
      const who = whose(this.given);
      if ((this.state.who ?? who) !== who) this.begin();
      this.keep((state) => { state.who = who; });
    }
    return this.given;
  }

  async anonymous(again) {
    if (this.state.token && !again) return this.state.token;
    const reply = await fetch(`${HOME}/widget/${this.getAttribute("site")}/session`, { method: "POST" });
    if (reply.status === 401 || reply.status === 404) throw new Problem("stranger");
    if (!reply.ok) throw new Problem("offline");
    const { token } = await reply.json();
    if (this.state.token) this.begin();
    this.keep((state) => { state.token = token; });
    return token;
  }

  async call(path, body, options = {}) {
    const url = `${HOME}/widget/${path}${path.includes("?") ? "&" : "?"}site=${encodeURIComponent(this.getAttribute("site"))}`;
    for (const again of [false, true]) {
      const headers = { Authorization: `Bearer ${await this.token(again)}` };
      const json = body && !(body instanceof Blob);
      if (json) headers["Content-Type"] = "application/json";
      const reply = await fetch(url, { method: body ? "POST" : "GET", headers, body: json ? JSON.stringify(body) : body, credentials: "omit", ...options });
      if (reply.status !== 401) return reply;
    }
    throw new Problem("signin");
  }

  async ask(path, body) {
    try {
      const reply = await this.call(`conversations/${this.state.id}/${path}`, body);
      if (reply.ok) return await reply.json();
      this.tell(reply.status === 429 ? "slow" : "failed");
    } catch (error) { this.tell(error.what ?? "offline"); }
    return null;
  }

  /** Send what waits, oldest first, each under its own id: the desk takes it once, however often it comes. */
  async flush() {
    if (this.sending) return;
    this.sending = true;
    try {
      for (let one; (one = this.state.queue[0]); ) {
        await this.token(); // as in `listen`
        if (this.state.queue[0]?.message !== one.message) continue;
        const reply = await this.call("messages", { conversation: this.state.id, ...one });
        if (reply.status === 429 || reply.status >= 500) {
          this.tell(reply.status === 429 ? "slow" : "offline");
          this.retry(1000 * (reply.headers.get("retry-after") ?? 5));
          return;
        }
        this.keep((state) => { state.queue = state.queue.filter(({ message }) => message !== one.message); });
        this.tell(reply.ok ? "" : reply.status === 409 ? "stale" : "refused");
        if (reply.ok) { this.sent = { ...one, sent: true }; this.keep((state) => { state.begun = true; }); }
        this.render();
        this.listen();
      }
    } catch (error) {
      this.tell(error.what ?? "offline");
      if (!error.what) this.retry(3000);
    } finally { this.sending = false; }
  }

  retry(ms) { clearTimeout(this.timer); this.timer = setTimeout(() => this.flush(), Math.min(ms, 60_000)); }

  /** Go on, where it is known who is here; whoever is not signed in begins with their first message. */
  go() {
    this.render();
    if (!this.box || !(this.fetcher || this.getAttribute("token") || this.state.token)) return;
    this.flush();
    this.listen();
  }

  hush() { this.line?.abort(); this.line = null; }

  /** Read what is pushed, for as long as this page is seen. */
  async listen() {
    if (this.line || document.hidden || !this.state.begun) return; // the first message that is taken comes back here
    const line = (this.line = new AbortController());
    for (let wait = 500; this.line === line; wait = Math.min(2 * wait, 30_000)) {
      try {
        await this.token(); // may find that somebody else is here by now
        if (this.line !== line) return;
        const reply = await this.call(`conversations/${this.state.id}/events?after=${this.last}`, null, { signal: line.signal });
        if (reply.status === 404) { this.begin(); return; }
        if (reply.ok) for await (const event of told(reply, line)) { wait = 500; if (this.line === line) this.show(event); }
      } catch (error) { if (error.what) { this.tell(error.what); this.line = null; } }
      if (this.line === line) await sleep(wait);
    }
  }

  show({ messages, ...stands }) {
    if (this.alerted === "offline") this.tell("");
    this.stands = stands;
    let first;
    for (const one of messages) {
      const before = this.said.get(one.id)?.[1], element = this.bubble(one);
      if (!before && one.author !== "customer") first ??= element;
      this.said.set(one.id, [one, element]);
      this.last = Math.max(this.last, one.number);
      before ? before.replaceWith(element) : this.list.append(element);
    }
    this.render();
    if (first?.offsetHeight > this.log.clientHeight) first.scrollIntoView(); // a long answer is read from its beginning
  }

  // -- what the visitor does --------------------------------------------------------------------------------

  say(text, more = {}) {
    this.keep((state) => { state.id ??= fresh(); state.over = false; state.queue.push({ message: fresh(), text, ...more }); });
    this.tell("");
    this.render(true);
    this.flush();
  }

  async submit() {
    const text = this.input.value.trim(), files = this.files.map((one) => one.file);
    if (!text && !files.length) return;
    this.input.value = ""; this.files = [];
    this.say(text || this.t("fileSaid"), files.length ? { files } : {});
    this.chips();
  }

  async upload(file) {
    this.keep((state) => { state.id ??= fresh(); });
    const query = `file=${fresh()}&name=${encodeURIComponent(file.name.slice(-200))}`;
    try {
      const reply = await this.call(`conversations/${this.state.id}/files?${query}`, file);
      if (reply.ok) this.files.push(await reply.json());
      this.tell(reply.ok ? "" : { 413: "too_large", 415: "wrong_file", 429: "slow" }[reply.status] ?? "failed");
    } catch (error) { this.tell(error.what ?? "failed"); }
    this.chips();
  }

  /** Another conversation, and nothing of the former one. */
  begin() {
    this.hush();
    this.keep((state) => { for (const name of ["id", "begun", "over", "asked", "seen"]) delete state[name]; state.queue = []; });
    this.said.clear(); this.last = 0; this.stands = { confirm: [], step: "" }; this.sent = null; this.cards = "";
    this.list?.replaceChildren(this.list.firstChild);
    if (this.box) this.render();
  }

  downloadIt() {
    const text = [...this.said.values()].map(([one]) => `${this.t(one.author)}, ${this.when(one, { dateStyle: "short", timeStyle: "short" })}:\n${one.text}`).join("\n\n");
    const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    h("a", { href: url, download: "conversation.txt" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  toggle(open) {
    const { dialog } = this;
    if (open === dialog.open) return;
    if (!open) { dialog.close(); return; }
    matchMedia(PHONE).matches ? dialog.showModal() : dialog.show();
    this.opener.ariaExpanded = "true";
    this.render(true);
    this.go();
    this.input.focus();
  }

  // -- what it looks like -----------------------------------------------------------------------------------

  t(name, values = {}) {
    return this.words.words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  }

  when(one, style) { return new Intl.DateTimeFormat(this.words.language, style).format(new Date(one.sent_at)); }

  /** Everything anew, in the words and colours that are wanted now. */
  dress() {
    const { box } = this, open = this.dialog?.open;
    const accent = /^#[0-9a-f]{6}$/i.test(this.getAttribute("accent")) && this.getAttribute("accent");
    box.lang = this.words.language;
    box.dir = this.words.dir;
    box.dataset.theme = this.getAttribute("theme") ?? "auto";
    for (const [name, value] of [["--accent", accent], ["--on", accent && (bright(accent) ? "#10143a" : "#fff")]]) {
      value ? box.style.setProperty(name, value) : box.style.removeProperty(name);
    }
    const item = (name, act) => (this[name] = button({ onclick: () => { this.menu.open = false; act(); } }, this.t(name)));
    this.menu = h("details", { className: "menu" }, h("summary", { className: "icon", ariaLabel: this.t("menu") }, icon("more")),
      h("div", {}, item("mail", () => this.mailIt()), item("download", () => this.downloadIt()),
        item("end", () => { this.keep((state) => { state.over = true; }); this.render(true); }), item("fresh", () => this.begin())));
    this.list = h("ol", {}, h("li", { className: "note" }, this.t("ai")));
    this.tail = h("div", { className: "stack" });
    this.progress = h("p", { className: "step", role: "status", hidden: true });
    this.log = h("div", { className: "log", tabIndex: 0, role: "region", ariaLabel: this.t("log") }, h("div", { role: "log", ariaLabel: this.t("log") }, this.list), this.progress, this.tail);
    this.alert = h("div", { className: "alert", role: "alert", hidden: true });
    this.picker = h("input", { type: "file", hidden: true, onchange: () => { for (const one of this.picker.files) this.upload(one); this.picker.value = ""; } });
    this.clip = h("div", { className: "chips", hidden: true });
    this.input = h("textarea", { rows: 1, ariaLabel: this.t("label"), placeholder: this.t("label"), maxLength: 4000, enterKeyHint: "send" });
    this.input.onkeydown = (event) => { if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.submit(); } };
    const write = h("form", { className: "write", onsubmit: (event) => { event.preventDefault(); this.submit(); } }, this.picker,
      button({ className: "icon", ariaLabel: this.t("attach"), title: this.t("attach"), onclick: () => this.picker.click() }, icon("clip")), this.input,
      h("button", { className: "icon main send", ariaLabel: this.t("send"), title: this.t("send") }, icon("send")));
    const title = h("h2", { id: "title" }, this.getAttribute("heading") || this.t("title"));
    this.dialog = h("dialog", { "aria-labelledby": "title", onclose: () => { this.opener.ariaExpanded = "false"; this.opener.focus(); this.render(); } },
      h("header", {}, title, this.person(), this.menu, button({ className: "icon", ariaLabel: this.t("close"), onclick: () => this.toggle(false) }, icon("close"))),
      this.log, this.alert, this.clip, write);
    this.dialog.onkeydown = (event) => { if (event.key === "Escape") { event.preventDefault(); this.toggle(false); } };
    this.news = h("b", { hidden: true });
    this.opener = button({ className: "open main", ariaHasPopup: "dialog", ariaExpanded: "false", onclick: () => this.toggle(!this.dialog.open) }, icon("chat"), this.t("open"), this.news);
    box.replaceChildren(this.dialog, this.opener);
    for (const [id, [one]] of this.said) { const element = this.bubble(one); this.said.set(id, [one, element]); this.list.append(element); }
    this.cards = "";
    this.chips();
    this.render();
    if (open) this.toggle(true);
  }

  person() { return button({ className: "person", onclick: () => this.say(this.t("personSaid"), { person: true }) }, this.t("person")); }

  bubble(one) {
    const own = one.author === "customer", kind = { customer: "me", assistant: "ai" }[one.author] ?? "agent";
    const by = [own ? "" : `${this.t(one.author)} · `, one.sent_at && this.when(one, { timeStyle: "short" })];
    const element = h("li", { className: `m ${kind}` }, h("span", { className: "by" }, ...by), h("div", { className: "say", dir: "auto" }, ...(own ? [one.text] : linked(one.text))));
    for (const file of one.files ?? []) element.append(h("span", { className: "file" }, icon("clip"), h("bdi", {}, file.name), size(file.size)));
    for (const deed of one.receipts ?? []) {
      const told = [deed.title, deed.amount, deed.id].filter(Boolean).join(" · ");
      element.append(h("div", { className: "done" }, told, deed.link ? " · " : "", deed.link ? link(deed.link, this.t("receipt")) : ""));
    }
    if (one.sources?.length) {
      element.append(h("details", {}, h("summary", {}, `${this.t("sources")} (${one.sources.length})`),
        ...one.sources.flatMap((source) => [source.link ? link(source.link, source.title) : h("span", {}, source.title), h("blockquote", { dir: "auto" }, source.quote)])));
    }
    return element;
  }

  /** What comes behind the messages, and how things stand. `down`: show the end of it whatever was looked at. */
  render(down) {
    if (!this.box) return;
    const { log, state, stands } = this, end = down || log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    const known = new Set([...this.said.values()].map(([one]) => one.sent_as));
    for (const old of this.list.querySelectorAll(".wait, .sent")) old.remove();
    for (const one of [this.sent, ...state.queue]) {
      if (!one || known.has(one.message)) continue;
      const element = this.bubble({ author: "customer", text: one.text });
      element.classList.add(one.sent ? "sent" : "wait");
      if (!one.sent) element.append(h("small", {}, this.t("waiting")));
      this.list.append(element);
    }
    const step = stands.step || (this.sent && !known.has(this.sent.message) && !stands.people ? "reading" : "");
    this.progress.hidden = !step;
    this.progress.textContent = step ? this.t(step === "person" ? "step.person" : step) : "";
    const rate = (stands.ended || state.over) && !stands.rated && !state.asked && this.said.size > 0;
    const cards = JSON.stringify([stands.confirm, stands.people, stands.summary, stands.solve, rate, stands.rated && state.over]);
    if (cards !== this.cards) { // typed words in a card stay while it stays
      this.cards = cards;
      this.tail.replaceChildren(...[
        ...(stands.confirm ?? []).map((one) => this.question(one)),
        stands.people ? this.passedOn(stands) : "", stands.solve ? this.solved() : "", rate ? this.rating() : "",
        stands.rated && state.over ? h("p", { className: "note", role: "status" }, this.t("rated")) : "",
      ].filter(Boolean));
    }
    this.mail.hidden = !stands.transcript; this.download.hidden = !this.said.size; this.end.hidden = this.fresh.hidden = !state.id;
    const seen = [...this.said.values()].filter(([one]) => one.author !== "customer" && one.number > (state.seen ?? 0)).length;
    if (this.dialog.open && seen) this.keep((kept) => { kept.seen = this.last; });
    this.news.hidden = this.dialog.open || !seen;
    this.news.textContent = this.t("news", { n: seen });
    if (end) log.scrollTop = log.scrollHeight;
  }

  question({ key, digest, action, title }) {
    const press = (yes) => () => { this.say(this.t(yes ? "yes" : "no"), { press: { key, digest, yes } }); this.stands.confirm = []; this.render(true); this.input.focus(); };
    const verb = action.split("_")[0], label = verb in this.words.words ? verb : "yes";
    return h("div", { className: "card", role: "group", ariaLabel: title }, h("strong", {}, title), h("div", { className: "row" },
      button({ className: "main", onclick: press(true) }, this.t(label)), button({ onclick: press(false) }, this.t("no"))));
  }

  passedOn({ summary }) {
    const card = h("div", { className: "card" }, h("strong", {}, this.t("people")));
    if (summary) {
      const inside = h("div", { className: "stack" }), more = h("details", {}, h("summary", {}, this.t("given")), inside);
      more.ontoggle = async () => { if (more.open) { const found = await this.ask("summary"); if (found) inside.replaceChildren(...this.received(found, inside)); } };
      card.append(more);
    }
    if (!this.state.who) {
      const input = h("input", { type: "email", required: true, autocomplete: "email", id: "email" });
      card.append(h("label", { htmlFor: "email" }, this.t("email")), h("form", { className: "row", onsubmit: async (event) => {
        event.preventDefault();
        const form = event.target;
        if (await this.ask("address", { email: input.value.trim() })) form.replaceChildren(h("span", { role: "status" }, this.t("kept")));
      } }, input, h("button", {}, this.t("keep"))));
    }
    return card;
  }

  received(found, inside) {
    const parts = [["asked", found.asked], ["told", found.told], ["done", found.done.map((one) => [one.title, one.id].join(" · "))], ["corrections", found.corrections]];
    const words = h("textarea", { rows: 2, maxLength: 2000, required: true, id: "wrong" });
    return [
      ...parts.filter(([, all]) => all.length).flatMap(([name, all]) => [h("strong", {}, this.t(name)), h("ul", {}, ...all.map((one) => h("li", { dir: "auto" }, one)))]),
      h("form", { className: "stack", onsubmit: async (event) => {
        event.preventDefault();
        const kept = await this.ask("corrections", { words: words.value });
        const again = kept && (await this.ask("summary"));
        if (again) inside.replaceChildren(h("p", { role: "status" }, kept.says), ...this.received(again, inside));
      } }, h("label", { htmlFor: "wrong" }, this.t("wrong")), words, h("button", {}, this.t("correct"))),
    ];
  }

  solved() {
    const press = (solved) => async () => {
      if (!(await this.ask("solved", { solved }))) return;
      this.stands.solve = false; this.keep((state) => { state.over ||= solved; }); this.render(true);
    };
    return h("div", { className: "card", role: "group", ariaLabel: this.t("solved") }, h("strong", {}, this.t("solved")), h("div", { className: "row" },
      button({ onclick: press(true) }, this.t("yes")), button({ onclick: press(false) }, this.t("no"))));
  }
  rating() {
    const words = h("textarea", { rows: 2, maxLength: 2000, ariaLabel: this.t("words"), placeholder: this.t("words") });
    const name = (n) => ({ 1: `1, ${this.t("low")}`, 5: `5, ${this.t("high")}` })[n] ?? String(n);
    const picks = [1, 2, 3, 4, 5].map((n) => h("label", { className: "pick" }, h("input", { type: "radio", name: "score", value: n, required: true, ariaLabel: name(n) }), String(n)));
    return h("form", { className: "card", onsubmit: async (event) => {
      event.preventDefault();
      if (!(await this.ask("rating", { score: +new FormData(event.target).get("score"), words: words.value }))) return;
      this.keep((state) => { state.over = true; state.asked = true; }); this.stands.rated = true; this.render(true);
    } }, h("fieldset", {}, h("legend", {}, this.t("rate")), h("div", { className: "row" }, ...picks), h("div", { className: "ends" }, h("small", {}, this.t("low")), h("small", {}, this.t("high")))),
      words, h("div", { className: "row" }, h("button", { className: "main" }, this.t("send")),
        button({ onclick: () => { this.keep((state) => { state.asked = true; }); this.render(); this.input.focus(); } }, this.t("later"))));
  }

  async mailIt() {
    const done = await this.ask("transcript", { language: this.words.language });
    if (done) this.tail.append(h("p", { className: "note", role: "status" }, this.t("mailed", done)));
    this.log.scrollTop = this.log.scrollHeight;
  }

  chips() {
    this.clip.hidden = !this.files.length;
    this.clip.replaceChildren(...this.files.map((one) => h("span", { className: "file" }, icon("clip"), h("bdi", {}, one.name), size(one.size),
      button({ ariaLabel: `${this.t("remove")}: ${one.name}`, onclick: () => { this.files = this.files.filter((each) => each !== one); this.chips(); this.input.focus(); } }, "✕"))));
  }

  /** Why something was not done, with the way to a person; "" for nothing to say. */
  tell(what) {
    const { log } = this, end = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    this.alerted = what;
    this.alert.hidden = !what;
    this.alert.replaceChildren(...(what ? [h("span", {}, this.t(what)), this.person()] : []));
    if (end) log.scrollTop = log.scrollHeight;
  }
}

class Problem extends Error {
  constructor(what) { super(what); this.what = what; }
}

const bright = (hex) => [1, 3, 5].reduce((sum, at, place) => sum + [0.299, 0.587, 0.114][place] * parseInt(hex.slice(at, at + 2), 16), 0) > 150;

/** The events of a stream, until it ends or falls silent. */
async function* told(reply, line) {
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; ; ) {
    const watch = setTimeout(() => reader.cancel(), SILENT);
    const { value, done } = await reader.read().finally(() => clearTimeout(watch));
    if (done || line.signal.aborted) return;
    const events = (rest + value).split("\n\n");
    rest = events.pop();
    for (const one of events) if (one.startsWith("data: ")) yield JSON.parse(one.slice(6));
  }
}

if (!customElements.get("deskhand-chat")) customElements.define("deskhand-chat", Chat);
