/* Draws the table of places as a map: nothing is on the map that is not in the table. Without scripts there is the table. */
(() => {
  "use strict";
  const figure = document.getElementById("map-figure");
  const canvas = document.getElementById("map");
  const rows = [...document.querySelectorAll(".place-row[data-north]")];
  if (!figure || !window.L || !rows.length) return;
  figure.hidden = false;

  const map = L.map(canvas, { attributionControl: false, zoomControl: false, minZoom: 8, maxZoom: 13, zoomSnap: 0.5, scrollWheelZoom: false });
  L.control.zoom({ zoomInTitle: canvas.dataset.in, zoomOutTitle: canvas.dataset.out }).addTo(map);
  canvas.setAttribute("role", "region");
  canvas.setAttribute("aria-label", canvas.dataset.label);
  map.createPane("coast").style.zIndex = 250;

  const tellHowFar = () => canvas.classList.toggle("map__canvas--far", map.getZoom() < 9.5);
  map.on("zoomend", tellHowFar);

  const at = (row) => [Number(row.dataset.north), Number(row.dataset.east)];
  const home = rows.filter((row) => row.dataset.home);
  map.fitBounds(L.latLngBounds((home.length ? home : rows).map(at)).pad(0.08));
  tellHowFar();

  fetch(canvas.dataset.coast).then((answer) => answer.json()).then((coast) => {
    L.geoJSON(coast, {
      pane: "coast",
      interactive: false,
      style: (one) => ({ className: one.properties.municipality === canvas.dataset.own ? "land land--own" : "land" }),
    }).addTo(map);
    map.setMaxBounds(L.geoJSON(coast).getBounds().pad(0.1));
  });

  for (const row of document.querySelectorAll(".way-row")) {
    const [from, to, kind, time] = [...row.cells].map((cell) => cell.textContent.trim());
    const ends = [row.dataset.one, row.dataset.other].map((end) => end.split(",").map(Number));
    const line = L.polyline(ends, { className: `way way--${row.dataset.kind}` }).addTo(map);
    if (row.dataset.home) line.bindTooltip(row.dataset.minutes, { permanent: true, direction: "center", className: "way-time" });
    else line.bindTooltip(`${from}–${to}: ${kind}, ${time}`, { sticky: true });
  }

  const most = Math.max(1, ...rows.map((row) => Number(row.dataset.people)));
  const circle = (kind, number, size) => {
    const made = document.createElement("span");
    made.className = `spot spot--${kind}`;
    made.textContent = number;
    made.style.width = made.style.height = `${size}px`;
    return made;
  };
  for (const row of rows) {
    const { name, people, few, positions } = row.dataset;
    const link = document.createElement("a");
    link.className = "place";
    link.draggable = false;
    link.href = row.querySelector("a").href;
    const label = document.createElement("span");
    label.className = "place__name";
    label.textContent = name;
    const told = [...row.cells].slice(0, 3).map((cell) => cell.textContent.trim());
    const headings = [...row.closest("table").tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    link.setAttribute("aria-label", `${name}: ${headings[1]} ${told[1]}, ${headings[2]} ${told[2]}`);
    const empty = !Number(people) && !few && !Number(positions);
    const size = empty ? 10 : 22 + 24 * Math.sqrt(Number(people) / most);
    if (Number(people) || few) link.append(circle("people", few ? "<3" : people, size));
    if (Number(positions)) link.append(circle("positions", positions, 22));
    if (empty) link.append(circle("none", "", size));
    link.classList.toggle("place--empty", empty);
    link.style.transform = empty ? `translate(calc(${size / 2}px - 100%), -50%)` : `translate(-${size / 2}px, -50%)`;
    link.append(label);
    const icon = L.divIcon({ html: link, className: "place-icon", iconSize: [0, 0] });
    L.marker(at(row), { icon, keyboard: false, interactive: false, zIndexOffset: -Number(people) }).addTo(map);
  }
})();
