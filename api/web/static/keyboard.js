// Keys for whoever works here all day: each does what a link, a field or a box of the page does. They rest while somebody
// types, and for good in a browser where they were turned off (WCAG 2.1, success criterion 2.1.4).
(() => {
  const OFF = "keys-off";
  const help = document.getElementById("keys");
  const ways = { h: "/", p: "/people", s: "/vacancies" };
  let going = 0; // when `g` was pressed

  const stored = () => {
    try {
      return localStorage.getItem(OFF);
    } catch {
      return null; // a browser that keeps nothing has the keys
    }
  };
  const keep = (off) => {
    try {
      if (off) localStorage.setItem(OFF, "1");
      else localStorage.removeItem(OFF);
    } catch {
      // she turns them off again on the next page
    }
  };

  const rows = () => [...document.querySelectorAll("[data-keys] tbody tr, ul[data-keys] > li")];
  const linkOf = (row) => row?.querySelector("a[href]");
  const current = () => document.activeElement?.closest("[data-keys] tbody tr, ul[data-keys] > li");
  const move = (step) => {
    const all = rows();
    const at = all.indexOf(current());
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
    linkOf(next)?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  const search = () => {
    const field = document.querySelector("[role=search] input[type=search]");
    if (field) {
      field.focus();
      field.select();
    } else if (document.querySelector('.site-menu a[href="/people"]')) {
      location.assign("/people#text");
    }
  };
  const show = () => help.showModal();
  const keys = {
    "/": search,
    "?": show,
    j: () => move(1),
    k: () => move(-1),
    o: () => linkOf(current())?.click(),
    x: () => current()?.querySelector("input[type=checkbox]")?.click(),
    g: () => { going = Date.now(); },
  };

  const types = (target) =>
    target.isContentEditable || (target.matches("input, textarea, select") && !target.matches("[type=checkbox], [type=radio]"));

  document.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, altKey, defaultPrevented } = event;
    if (stored() || ctrlKey || metaKey || altKey || defaultPrevented || help.open || types(target)) return;
    if (Date.now() - going < 1500 && ways[key]) {
      going = 0;
      event.preventDefault();
      document.querySelector(`.site-header a[href="${ways[key]}"]`)?.click();
      return;
    }
    if (!Object.hasOwn(keys, key)) return;
    event.preventDefault();
    keys[key]();
  });

  const opener = document.querySelector("[data-keys-help]");
  opener.hidden = false;
  opener.addEventListener("click", show);
  const wanted = help.querySelector("input[type=checkbox]");
  wanted.checked = !stored();
  wanted.addEventListener("change", () => keep(!wanted.checked));
  if (location.hash === "#text") search();
})();
