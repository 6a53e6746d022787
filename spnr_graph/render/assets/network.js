"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const { words, options, nodes: records, links, initiatives, sources } = JSON.parse($("data").textContent);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** An element with text or children; text is never read as markup. */
  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  const neighbours = records.map(() => []);
  links.forEach((link, index) => {
    neighbours[link.from].push([link.to, index]);
    neighbours[link.to].push([link.from, index]);
  });

  function tooltip(record) {
    const box = element("div", {}, element("strong", {}, record.label));
    box.append(element("div", {}, record.kind));
    for (const [initiative, who, role] of record.stated.slice(0, 5)) {
      const other = record.type === "actor" ? initiatives[initiative] : records[who].label;
      box.append(element("div", {}, `${role} — ${other}`));
    }
    if (record.stated.length > 5) box.append(element("div", {}, `+ ${record.stated.length - 5}…`));
    box.append(element("div", {}, `${words.degree}${words.colon}${neighbours[record.id].length}`));
    const seen = new Set(record.stated.flatMap((one) => one[4]));
    box.append(element("div", {}, `${words.sources}${words.colon}${seen.size}`));
    return box;
  }

  function linkTooltip(link) {
    const ends = [link.from, link.to].map((id) => records[id].short).join(" — ");
    const box = element("div", {}, element("strong", {}, ends));
    for (const initiative of link.shared.slice(0, 5)) box.append(element("div", {}, initiatives[initiative]));
    if (link.shared.length > 5) box.append(element("div", {}, `+ ${link.shared.length - 5}…`));
    return box;
  }

  const nodes = new vis.DataSet(records.map((r) => ({ ...r.drawn, id: r.id, title: tooltip(r) })));
  const edges = new vis.DataSet(links.map((l, index) => ({ id: index, from: l.from, to: l.to, width: l.width, title: linkTooltip(l) })));
  const network = new vis.Network($("network"), { nodes, edges }, options);
  document.querySelector("#network canvas").setAttribute("role", "img");
  document.querySelector("#network canvas").setAttribute("aria-label", words.graph);

  let lit = null; // the nodes that stay bright; null when all do
  let selected = null;

  function light(ids) {
    lit = ids;
    const [base, ink, halo] = ["--edge", "--ink", "--halo"].map(colour);
    nodes.update(records.map((r) => {
      const marked = { background: r.drawn.color, border: ink };
      const color = { background: r.drawn.color, border: halo, highlight: marked, hover: marked };
      return { id: r.id, color, opacity: !lit || lit.has(r.id) ? 1 : 0.12 };
    }));
    edges.update(links.map((l, id) => {
      const bright = !lit || (lit.has(l.from) && lit.has(l.to) && (selected === null || l.from === selected || l.to === selected));
      return { id, color: { color: base, highlight: base, hover: base, opacity: !bright ? 0.04 : lit ? 0.75 : l.opacity } };
    }));
  }
  const around = (id) => new Set([id, ...neighbours[id].map(([other]) => other)]);

  // Names are drawn here, at one size on the screen, the most connected first, without overlaps.
  const ranked = [...records].sort((a, b) => neighbours[b.id].length - neighbours[a.id].length || a.id - b.id);
  const names = records.map((r) => (r.short.length > 34 ? `${r.short.slice(0, 33).trimEnd()}…` : r.short));
  network.on("afterDrawing", (context) => {
    const scale = network.getScale();
    const places = network.getPositions();
    const corner = network.DOMtoCanvas({ x: 0, y: 0 });
    const end = network.DOMtoCanvas({ x: context.canvas.clientWidth, y: context.canvas.clientHeight });
    const taken = records.map((r) => {
      const { x, y } = places[r.id], reach = r.drawn.size * 0.8;
      return [x - reach, y - reach, x + reach, y + reach];
    });
    const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.strokeStyle = colour("--halo");
    context.fillStyle = colour("--ink");
    for (const record of ranked) {
      const { x, y } = places[record.id];
      if ((lit && !lit.has(record.id)) || x < corner.x || x > end.x || y < corner.y || y > end.y) continue;
      const strong = neighbours[record.id].length > 20 || record.id === selected;
      const size = (strong ? 14 : 12) / scale;
      context.font = `${strong ? "600 " : ""}${size}px system-ui, "DejaVu Sans", sans-serif`;
      const name = names[record.id], width = context.measureText(name).width, reach = record.drawn.size + 3 / scale;
      const spot = [[x + reach, y], [x - reach - width, y], [x - width / 2, y + reach + size / 2], [x - width / 2, y - reach - size / 2]]
        .map(([left, middle]) => [left, middle - size / 2, left + width, middle + size / 2])
        .find((box) => box[0] > corner.x && box[2] < end.x && box[1] > corner.y && box[3] < end.y && !taken.some((other) => meets(box, other)));
      if (!spot) continue;
      taken.push(spot);
      context.lineWidth = 3 / scale;
      context.strokeText(name, spot[0], spot[1] + size / 2);
      context.fillText(name, spot[0], spot[1] + size / 2);
    }
  });

  function opener(id, label) {
    const button = element("button", { type: "button" }, label);
    button.addEventListener("click", () => open(id, true));
    return button;
  }

  function linked(index) {
    const [title, address] = sources[index];
    if (!/^https?:\/\//i.test(address)) return element("span", {}, title);
    return element("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, title);
  }

  /** Empty the panel, then fill it with these elements. */
  function show(...children) {
    const close = element("button", { type: "button", class: "close", "aria-label": words.close }, "×");
    close.addEventListener("click", clear);
    $("panel").replaceChildren(close, ...children);
    $("panel").hidden = false;
    $("panel").scrollTop = 0;
  }

  function sourcesOf(stated) {
    const seen = [...new Set(stated.flatMap((one) => one[4]))];
    return seen.length ? [element("h3", {}, words.sources), element("ul", {}, ...seen.map((s) => element("li", {}, linked(s))))] : [];
  }

  /** Say why a link is there: each shared initiative, the roles of both, the sources. */
  function explain(index) {
    const link = links[index];
    const ends = [records[link.from], records[link.to]];
    const behind = ends.filter((r) => r.type === "actor").flatMap((r) => r.stated.filter((one) => link.shared.includes(one[0])));
    const parts = link.shared.flatMap((initiative) => [
      element("h3", {}, initiatives[initiative]),
      element("ul", {}, ...behind.filter((one) => one[0] === initiative).map(([, who, role, period]) => {
        const line = element("li", {}, `${role} — `, opener(who, records[who].label));
        if (period) line.append(element("span", { class: "soft" }, ` (${period})`));
        return line;
      })),
    ]);
    clear();
    light(new Set([link.from, link.to]));
    show(element("h2", {}, ends.map((r) => r.label).join(" — ")), ...parts, ...sourcesOf(behind));
  }

  function describe(record) {
    const roles = element("ul", {});
    for (const [initiative, who, role, period] of record.stated) {
      const line = element("li", {}, `${role} — `);
      if (record.type === "actor") line.append(initiatives[initiative]);
      else line.append(opener(who, records[who].label));
      if (period) line.append(element("span", { class: "soft" }, ` (${period})`));
      roles.append(line);
    }
    const met = neighbours[record.id].filter(([other]) => records[other].type === "actor");
    const others = record.type === "actor" && met.length ? [element("h3", {}, `${words.partners} (${met.length})`), partners(met)] : [];
    show(
      element("h2", {}, record.label),
      element("p", { class: "soft" }, [record.kind, ...record.axes].join(" · ")),
      element("h3", {}, record.type === "actor" ? words.roles : words.members),
      roles,
      ...others,
      ...sourcesOf(record.stated),
      element("p", {}, element("code", {}, record.iri)),
    );
  }

  function partners(met) {
    const ordered = [...met].sort((a, b) => links[b[1]].weight - links[a[1]].weight || a[0] - b[0]);
    return element("ul", {}, ...ordered.map(([other, index]) => {
      const where = links[index].shared.map((i) => initiatives[i]).join(" ; ");
      return element("li", {}, opener(other, records[other].label), element("span", { class: "soft" }, ` — ${words.together} ${where}`));
    }));
  }

  /** Open the record of a node; a keyboard user is taken to it. */
  function open(id, travel) {
    selected = id;
    network.selectNodes([id]);
    $("results").hidden = true;
    press(null);
    light(around(id));
    describe(records[id]);
    if (!travel) return;
    network.focus(id, { scale: Math.max(network.getScale(), 1), animation: calm.matches ? false : { duration: 300 } });
    $("network").scrollIntoView({ block: "nearest" });
    $("panel").focus({ preventScroll: true });
  }

  function clear() {
    selected = null;
    $("panel").hidden = true;
    network.unselectAll();
    press(null);
    light(null);
  }

  function press(kind) {
    document.querySelectorAll(".kind").forEach((b) => b.setAttribute("aria-pressed", String(b === kind)));
  }

  network.on("click", ({ nodes: [id], edges: [link] }) => {
    if (id !== undefined) open(id, false);
    else if (link !== undefined) explain(link);
    else clear();
  });
  network.on("hoverNode", ({ node }) => selected === null && light(around(node)));
  network.on("blurNode", () => selected === null && light(null));
  document.addEventListener("keydown", (event) => event.key === "Escape" && clear());

  document.querySelectorAll(".kind").forEach((button) => button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") === "true";
    clear();
    if (on) return;
    press(button);
    light(new Set(records.filter((r) => r.group === button.dataset.kind).map((r) => r.id)));
  }));

  const keys = records.map((r) => plain(`${r.label} ${r.short}`));
  function found(text) {
    const wanted = plain(text).split(/\s+/).filter(Boolean);
    return wanted.length ? ranked.filter((r) => wanted.every((word) => keys[r.id].includes(word))) : null;
  }
  function list() {
    const matches = found($("search").value);
    $("results").hidden = !matches;
    $("status").textContent = matches ? `${matches.length} ${words.found}` : "";
    if (!matches) return;
    const items = matches.slice(0, 8).map((r) => element("li", {}, opener(r.id, r.label)));
    $("results").replaceChildren(...(items.length ? items : [element("p", {}, words.found_none)]));
  }
  $("search").addEventListener("input", list);
  $("search").addEventListener("keydown", (event) => {
    const first = event.key === "Enter" && found(event.target.value)?.[0];
    if (first) open(first.id, true);
  });
  document.addEventListener("click", (event) => { if (!event.target.closest("#search")) $("results").hidden = true; });
  $("search").addEventListener("focus", list);

  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor });
  $("zoom-in").addEventListener("click", () => zoom(1.3));
  $("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  const fit = () => network.fit({ maxZoomLevel: 1.5, animation: false });
  $("fit").addEventListener("click", () => { clear(); fit(); });

  document.querySelectorAll("button.open").forEach((b) => b.addEventListener("click", () => open(Number(b.dataset.node), true)));
  const heads = [...document.querySelectorAll("thead th[aria-sort]")];
  const body = document.querySelector("tbody");
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  heads.forEach((head, column) => head.querySelector("button").addEventListener("click", () => {
    const number = head.classList.contains("number");
    const was = head.getAttribute("aria-sort");
    const down = was === "none" ? number : was === "ascending";
    const value = (row) => (number ? Number(row.cells[column].dataset.value) : row.cells[column].textContent);
    const compare = number ? (a, b) => a - b : collator.compare;
    const rows = [...body.rows].sort((a, b) => (down ? -1 : 1) * compare(value(a), value(b)));
    heads.forEach((other) => other.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...rows);
  }));

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => light(lit));
  light(null);
  fit();
  window.spnr = { network, records };
})();
