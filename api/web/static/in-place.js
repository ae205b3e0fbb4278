// Forms that open where their entry stands: the first field gets focus, Escape closes, and focus goes back to where it
// was. What was done is told in the entry's place, and gets focus, so that "Angre" is the next thing that Tab reaches.
const OPENERS = new WeakMap();
let unfolded = [];
const FIRST = "input:not([type=hidden]):not([type=radio]), select, textarea, [tabindex='-1']";

function shut(place) {
  place.replaceChildren();
  OPENERS.get(place)?.focus();
}

function tell(group) {
  const done = group?.querySelector(".done");
  if (done && !done.contains(document.activeElement)) done.focus();
}

// Where scripts came too late for a form, the whole page comes, and tells it as well. Only then: a browser that goes to
// the group of the address takes focus away.
addEventListener("load", () => {
  if (document.activeElement === document.body) tell(document);
});

document.addEventListener("htmx:beforeRequest", ({ detail: { elt, target } }) => {
  if (elt.matches("a.opens")) OPENERS.set(target, elt);
});

document.addEventListener("htmx:afterSettle", ({ detail: { target, elt } }) => {
  if (target.matches(".in-place")) {
    if (!target.contains(document.activeElement)) target.querySelector(FIRST)?.focus();
    return;
  }
  tell(document.getElementById(target.id || elt.id));
});

document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-close]")?.closest(".in-place");
  if (!place) return;
  event.preventDefault();
  shut(place);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const place = event.target.closest(".in-place");
  if (place) return shut(place);
  const adding = event.target.closest("details.adding[open]");
  if (adding) {
    adding.open = false;
    adding.querySelector("summary").focus();
  }
});

// A question which of two texts stands comes with the place where it is asked. Any other refusal is a page of its own:
// what it says is told in the group, and what was written stays in its form.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  unfolded = [...detail.target.querySelectorAll("details[id][open]")].map((one) => one.id);
  if (detail.xhr.status === 412 && detail.xhr.getResponseHeader("HX-Reselect")) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});

document.addEventListener("htmx:responseError", ({ detail: { xhr, elt } }) => {
  const group = elt.closest("[id^=part-]");
  if (!group) return;
  const said = new DOMParser().parseFromString(xhr.response, "text/html").querySelectorAll("main h1, main h1 ~ p:not(.actions)");
  const box = document.createElement("div");
  box.className = "ds-alert trouble";
  box.dataset.color = "danger";
  box.setAttribute("role", "alert");
  box.tabIndex = -1;
  for (const one of said) box.append(Object.assign(document.createElement("p"), { textContent: one.textContent }));
  group.querySelector(":scope > .trouble")?.remove();
  group.append(box);
  box.focus();
});

// What was saved made the profile's next version. Other forms of the page follow, if nobody else saved in between:
// else they keep theirs, so that the server puts the two together.
document.addEventListener("htmx:afterSwap", ({ detail: { target, requestConfig } }) => {
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", ""); // eight questions, one after the other
  const sent = Number(requestConfig?.parameters?.version);
  const now = document.getElementById(target.id)?.querySelector("[data-version]")?.value;
  if (!sent || Number(now) !== sent + 1) return;
  for (const field of document.querySelectorAll("[data-version]")) if (Number(field.value) === sent) field.value = now;
});
