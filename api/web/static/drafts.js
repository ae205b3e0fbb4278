// What is typed in a form with `data-draft="name"` is kept in this browser until it is saved: a lost session or network
// loses no words. It is encrypted with a key that the server tells its owner alone, so whoever logs in next on the same
// machine reads nothing of it. It is gone when it is saved, thrown away, logged out from, or seven days old.
(() => {
  const PREFIX = "kompetanse-draft:";
  const SENT = "kompetanse-sent";
  const KEPT_DAYS = 7;
  const PAUSE = 250;
  const secret = document.body.dataset.drafts;
  const waiting = new WeakMap();
  let key = null;
  let owner = "";
  let opening = null; // the draft that is put into its form as soon as the form is there

  const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
  const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (one) => parseInt(one, 16));
  const place = (name) => `${PREFIX}${owner}:${name}`;
  const forms = () => [...document.querySelectorAll("form[data-draft]")];

  async function begin() {
    sweep();
    if (!secret || !globalThis.crypto?.subtle) return; // no key, or a connection that is not secure: nothing is kept
    const masked = unhex(secret); // a pad, and the key combined with it: no two pages carry the same text
    const raw = masked.slice(0, masked.length / 2).map((one, at) => one ^ masked[at + masked.length / 2]);
    key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    owner = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", raw))).slice(0, 16);
    settleSent();
    await offerAll();
  }

  function sweep() {
    const oldest = Date.now() - KEPT_DAYS * 24 * 60 * 60 * 1000;
    for (const name of kept("")) if (!(Number(localStorage.getItem(name).split(".")[0]) > oldest)) localStorage.removeItem(name);
  }

  const kept = (of) => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX + of));

  // A form that a page was left by: the next page tells that it was saved, or it was not.
  function settleSent() {
    const name = sessionStorage.getItem(SENT);
    sessionStorage.removeItem(SENT);
    if (name && document.querySelector("[data-done]")) drop(name);
  }

  const drop = (name) => localStorage.removeItem(place(name));

  function written(form) {
    const secrets = new Set([...form.querySelectorAll("[type=password], [data-no-draft]")].map((one) => one.name));
    return [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && name !== "csrf_token" && !secrets.has(name),
    );
  }

  async function keep(form) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(written(form)));
    const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, text));
    try {
      localStorage.setItem(place(form.dataset.draft), `${Date.now()}.${hex(iv)}.${hex(sealed)}`);
    } catch {
      // the browser keeps nothing, or has no room: the form stays as it is
    }
  }

  async function read(name) {
    const [at, iv, sealed] = (localStorage.getItem(place(name)) ?? "").split(".");
    if (!sealed) return null;
    try {
      const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: unhex(iv) }, key, unhex(sealed));
      return { at: new Date(Number(at)), fields: JSON.parse(new TextDecoder().decode(text)) };
    } catch {
      drop(name);
      return null;
    }
  }

  // ---- offering a draft ----

  const shown = (fields) => JSON.stringify(fields.filter(([name]) => name !== "version" && name !== "stood"));

  async function offerAll() {
    for (const form of forms()) await offer(form);
    for (const link of document.querySelectorAll("[data-draft-of]")) await offerAt(link);
  }

  async function offer(form) {
    const name = form.dataset.draft;
    if (form.dataset.offered || !localStorage.getItem(place(name))) return;
    form.dataset.offered = "yes";
    const draft = await read(name);
    if (!draft) return;
    if (form.querySelector(".ds-error-summary") || shown(draft.fields) === shown(written(form))) return; // it stands there
    if (opening === name) {
      opening = null;
      return fill(form, draft.fields);
    }
    const details = form.closest("details");
    if (details) details.open = true;
    form.prepend(banner(draft, name, () => fill(form, draft.fields)));
  }

  // The form is not on the page: it is offered where the form would be opened.
  async function offerAt(link) {
    const name = link.dataset.draftOf;
    const target = link.getAttribute("hx-target");
    if (link.dataset.offered || forms().some((form) => form.dataset.draft === name)) return;
    const draft = localStorage.getItem(place(name)) && (await read(name));
    if (!draft) return;
    link.dataset.offered = "yes";
    const box = banner(draft, name, () => {
      opening = name;
      link.click();
    });
    if (target) document.querySelector(target).replaceChildren(box);
    else link.closest(".part__head").after(box);
  }

  function banner(draft, name, use) {
    const box = document.getElementById("draft-offer").content.firstElementChild.cloneNode(true);
    const today = draft.at.toDateString() === new Date().toDateString();
    const time = draft.at.toLocaleTimeString("nb", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
    const spoken = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
    const day = draft.at.toLocaleDateString(spoken, { day: "numeric", month: "long" });
    const when = box.querySelector("[data-when]");
    when.textContent = (today ? when.dataset.today : when.dataset.before).replace("{time}", time).replace("{day}", day);
    box.querySelector("[data-use]").addEventListener("click", () => {
      box.remove();
      use();
    });
    box.querySelector("[data-drop]").addEventListener("click", () => {
      const form = box.closest("form");
      drop(name);
      box.remove();
      form?.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });
    return box;
  }

  // The version and what stood there come from the draft too, so that the server sees what was changed meanwhile. But not
  // where a form only adds, and would be refused for ever for its old version (`data-fresh`).
  function fill(form, fields) {
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
    let first = null;
    for (const field of form.elements) {
      if (!field.name || field.name === "csrf_token" || ["submit", "file"].includes(field.type) || "fresh" in field.dataset) continue;
      const given = values.get(field.name);
      if (field.type === "checkbox" || field.type === "radio") field.checked = given?.includes(field.value) ?? false;
      else if (given?.length) field.value = given.length > 1 ? given.shift() : given[0];
      if (!first && field.type !== "hidden") first = field;
    }
    for (const field of form.querySelectorAll(".concept-field input[type=text]")) {
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    first?.focus();
  }

  // ---- sending ----

  function unsent(form) {
    form.querySelector(".unsent")?.remove();
    const box = document.getElementById(key ? "draft-unsent" : "draft-unsent-open").content.firstElementChild.cloneNode(true);
    const actions = form.querySelector(":scope > .actions");
    if (actions) actions.before(box);
    else form.append(box);
    box.querySelector("button").focus();
  }

  async function reached() {
    try {
      await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(5000) });
      return true;
    } catch {
      return false;
    }
  }

  // A form that leaves the page is sent only when there is somebody to send it to.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.matches("form[action='/log-out']")) return kept(`${owner}:`).forEach((name) => localStorage.removeItem(name));
    const name = form.dataset.draft ?? form.dataset.draftDone;
    if (!name || form.hasAttribute("hx-post")) return;
    if (form.dataset.reached) {
      delete form.dataset.reached;
      return sessionStorage.setItem(SENT, name);
    }
    event.preventDefault();
    const { submitter } = event;
    if (!(await reached())) return unsent(form);
    form.dataset.reached = "yes";
    form.requestSubmit(submitter);
  });

  for (const lost of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(lost, ({ detail: { elt } }) => {
      if (elt.dataset.draft ?? elt.dataset.draftDone) unsent(elt);
      else tell("network-away-open");
    });
  }
  document.addEventListener("htmx:beforeRequest", ({ detail: { elt } }) => elt.querySelector(":scope > .unsent")?.remove());
  // Before the answer is put into the page: the form that comes with it must not be offered what was saved just now.
  document.addEventListener("htmx:beforeOnLoad", ({ detail: { requestConfig, xhr } }) => {
    const { elt } = requestConfig; // not the element that htmx tells: the form may have left the page by now
    const name = elt.dataset.draft ?? elt.dataset.draftDone;
    if (!name || xhr.status < 200 || xhr.status >= 300) return;
    clearTimeout(waiting.get(elt));
    drop(name);
  });
  document.addEventListener("htmx:load", () => key && offerAll());
  document.addEventListener("click", ({ target }) => {
    const form = target.closest("[data-close]")?.closest("form");
    if (form && key) drop(form.dataset.draft ?? form.dataset.draftDone);
  });
  document.addEventListener("input", ({ target }) => {
    const form = target.form;
    if (!key || !form?.dataset.draft) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => form.isConnected && keep(form), PAUSE));
  });

  // ---- the network ----

  function tell(id) {
    const place = document.getElementById("network");
    place.replaceChildren(document.getElementById(id).content.cloneNode(true));
    return place;
  }
  window.addEventListener("offline", () => tell(key ? "network-away" : "network-away-open"));
  window.addEventListener("online", () => {
    const place = tell("network-back");
    setTimeout(() => place.replaceChildren(), 8000);
  });
  if (!navigator.onLine) tell("network-away");

  begin();
})();
