// On a newcomer's pages: what she types is kept on her phone until it is sent, and a lost connection is told of.
// Kept through a reload, another language and an error; gone when it is sent, when she is out, and after a day.
// On a phone that she said is not hers nothing is kept. Without scripts the pages work; they keep nothing.
(() => {
  const PREFIX = "my-draft:";
  const DAY = 24 * 3600 * 1000;
  const PATIENCE = 15000;
  const [BRIEF, LONG] = [2000, 30000]; // a file comes and the page stays; else another page comes
  const { owner, keep, done } = document.body.dataset;
  const main = document.querySelector("main");
  const away = document.querySelector("#away");
  const kept = document.querySelector("#kept");
  let again = null;
  let sending = false;

  const mine = `${PREFIX}${owner}:`;
  const keyOf = (form) => `${mine}${form.getAttribute("action")}`;
  const read = (key) => {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  };
  const write = (key, draft) => {
    try { localStorage.setItem(key, JSON.stringify(draft)); } catch { /* a full or forbidden store keeps nothing */ }
  };
  const drafts = () => {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)); } catch { return []; }
  };

  // Whatever is another's, too old, or was sent and arrived.
  for (const key of drafts()) {
    const draft = read(key);
    const arrived = draft?.sent && done;
    if (!owner || !keep || !key.startsWith(mine) || !draft || Date.now() - draft.at > DAY || arrived) localStorage.removeItem(key);
    else if (draft.sent) write(key, { ...draft, sent: false });
  }

  const fields = (form) => [...form.elements].filter((one) => one.name && one.type !== "hidden" && one.type !== "submit");
  const filled = (form) => fields(form).map((one) => (["checkbox", "radio"].includes(one.type) ? one.checked : one.value));

  // Only what she changed: what the coordinator wrote elsewhere in the form since then stands.
  const restore = (form, draft) => {
    const there = fields(form);
    if (draft?.values.length !== there.length || draft.stood?.length !== there.length) return;
    const changed = there.filter((one, place) => draft.values[place] !== draft.stood[place]);
    const before = JSON.stringify(filled(form));
    for (const one of changed) {
      const value = draft.values[there.indexOf(one)];
      if (["checkbox", "radio"].includes(one.type)) one.checked = value;
      else one.value = value;
    }
    if (JSON.stringify(filled(form)) === before) return;
    form.before(kept);
    kept.hidden = false;
    kept.querySelector("button").onclick = () => {
      localStorage.removeItem(keyOf(form));
      form.reset();
      kept.hidden = true;
      fields(form)[0]?.focus();
    };
    if (document.referrer && new URL(document.referrer).pathname === location.pathname) there[draft.active]?.focus();
  };

  if (owner && keep) {
    for (const form of document.querySelectorAll("form[data-draft]")) {
      const opened = filled(form);
      restore(form, read(keyOf(form)));
      form.addEventListener("input", ({ target }) => {
        const stood = read(keyOf(form))?.stood ?? opened; // of a form that was refused: as it was before she typed
        write(keyOf(form), { at: Date.now(), values: filled(form), stood, active: fields(form).indexOf(target) });
      });
    }
  }

  const tell = (retry) => {
    again = retry;
    away.hidden = false;
    away.querySelector("button").hidden = !retry;
    if (retry) away.focus();
  };
  const reachable = async () => {
    if (!navigator.onLine) return false;
    try {
      const answer = await fetch(document.querySelector("link[rel=icon]").href, {
        method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
      });
      return answer.ok;
    } catch { return false; }
  };

  // Nothing is sent into the void: the connection is tried first, and what was typed stays where it is.
  main.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (form.method !== "post" || form.dataset.tried) return;
    event.preventDefault();
    if (sending) return; // tapped twice
    sending = true;
    submitter?.setAttribute("aria-busy", "true");
    const there = await reachable();
    submitter?.removeAttribute("aria-busy");
    sending = false;
    if (!there) {
      tell(() => form.requestSubmit(submitter));
      return;
    }
    away.hidden = true;
    const draft = read(keyOf(form));
    if (draft) write(keyOf(form), { ...draft, sent: true });
    form.dataset.tried = "yes";
    form.requestSubmit(submitter);
    delete form.dataset.tried;
    sending = true;
    setTimeout(() => { sending = false; }, form.matches("[action^='/my/data/']") ? BRIEF : LONG);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || navigator.onLine || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    tell(() => link.click());
  });
  away.querySelector("button").addEventListener("click", () => {
    if (navigator.onLine) away.hidden = true;
    again?.();
  });
  addEventListener("offline", () => tell(null));
  addEventListener("online", () => { if (!again) away.hidden = true; });
  addEventListener("pageshow", () => { sending = false; }); // back to a page that the browser kept
})();
