// @ts-check
// Every word of the interface, in French and in English; numbers and days as each writes them.

const MONTHS = {
  fr: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
  en: "January February March April May June July August September October November December",
};
// Before a high sign of punctuation, French keeps a space that does not break.
const NARROW = "\u202f";

/** Write a whole number: « 12 345 », "12,345". @param {number} count @param {string} lang */
export function n(count, lang) {
  const digits = String(Math.abs(Math.round(count)));
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, lang === "en" ? "," : NARROW);
  return (count < 0 ? "−" : "") + grouped;
}

/**
 * Write a number with the decimals that say something: at most `digits` of them.
 *
 * @param {number} x
 * @param {string} lang
 * @param {number} [digits]
 */
export function number(x, lang, digits = 3) {
  const [whole, decimals = ""] = Math.abs(x).toFixed(digits).split(".");
  const kept = decimals.replace(/0+$/, "");
  const text = n(Number(whole), lang) + (kept && (lang === "en" ? "." : ",") + kept);
  return x < 0 && text !== "0" ? `−${text}` : text;
}

/** Write a day: « 1er mars 2024 », "1 March 2024". @param {number} days since 1970 @param {string} lang */
export function day(days, lang) {
  const [year, month, date] = new Date(days * 86_400_000).toISOString().slice(0, 10).split("-");
  const name = MONTHS[lang === "en" ? "en" : "fr"].split(" ")[Number(month) - 1];
  const first = lang !== "en" && date === "01" ? "1er" : String(Number(date));
  return `${first} ${name} ${year}`;
}

/**
 * Write a period, open at either end.
 *
 * @param {number | null} from
 * @param {number | null} to
 * @param {string} lang
 */
export function period(from, to, lang) {
  const w = words(lang);
  if (from !== null && to !== null)
    return from === to ? day(from, lang) : w.fromTo(day(from, lang), day(to, lang));
  if (from !== null) return w.since(day(from, lang));
  if (to !== null) return w.until(day(to, lang));
  return w.noDate;
}

/** Join as a sentence does: « a, b et c ». @param {string[]} parts @param {string} lang */
export function list(parts, lang) {
  if (parts.length < 2) return parts.join("");
  const and = lang === "en" ? " and " : " et ";
  return parts.slice(0, -1).join(", ") + and + parts[parts.length - 1];
}

/** Say how many. French takes the singular up to 1, English for 1 alone. */
const some =
  (/** @type {string} */ lang) =>
  (/** @type {number} */ count, /** @type {string} */ one, /** @type {string} */ many) =>
    `${n(count, lang)} ${(lang === "en" ? count === 1 : count < 2) ? one : many}`;
const fr = some("fr");
const en = some("en");

const FR = {
  language: "English",
  languageLong: "Afficher la page en anglais",
  // Where one may go, and what the parts of the page are.
  skipDrawing: "Aller au dessin",
  skipTable: "Aller aux tableaux",
  skipSearch: "Aller à la recherche",
  skips: "Accès rapide",
  zoom: "Zoom",
  drawing: "Dessin du réseau",
  drawingHelp:
    "Dessin interactif. Flèches : aller d'un voisin à l'autre. Entrée : ouvrir la fiche. F : voir les alentours. + et − : zoom. Les tableaux disent la même chose.",
  filters: "Filtres",
  panel: "Fiche",
  tables: "Les mêmes données en tableaux",
  summary: "Ce que montre le dessin",
  tools: "Outils",
  close: "Fermer",
  closePanel: "Fermer la fiche",
  colon: "\u00a0: ",
  // Counts.
  actors: (/** @type {number} */ c) => fr(c, "acteur", "acteurs"),
  initiatives: (/** @type {number} */ c) => fr(c, "initiative", "initiatives"),
  links: (/** @type {number} */ c) => fr(c, "lien", "liens"),
  partners: (/** @type {number} */ c) => fr(c, "partenaire", "partenaires"),
  shared: (/** @type {number} */ c) => fr(c, "initiative commune", "initiatives communes"),
  sharedActors: (/** @type {number} */ c) => fr(c, "acteur commun", "acteurs communs"),
  rolesHeld: (/** @type {number} */ c) => fr(c, "rôle", "rôles"),
  stated: "Lien déclaré par une source",
  // The bar above the drawing.
  showAll: "Montrer tous les liens",
  backboneOf: (/** @type {number} */ seen, /** @type {number} */ all) =>
    `L'ossature : ${n(seen, "fr")} ${seen < 2 ? "lien" : "liens"} sur ${n(all, "fr")}`,
  allShown: (/** @type {number} */ c) => (c === 0 ? "Aucun lien" : fr(c, "lien", "liens")),
  backboneHelp: (/** @type {number} */ alpha, /** @type {boolean} */ shared) =>
    `L'ossature garde les liens plus forts que ne le voudrait le hasard : si chacun répartissait sa force au hasard entre ses liens, un lien aussi fort aurait moins de ${number(100 * alpha, "fr")} % de chances d'apparaître. Chacun garde au moins son lien le plus fort.${shared ? " Un lien est d'autant plus fort que l'on est peu nombreux à le partager." : ""}`,
  around: (/** @type {string} */ name, /** @type {number} */ depth) =>
    `Autour de ${name}, à ${depth} pas`,
  // Search.
  search: "Chercher un acteur ou une initiative",
  searchHint: "Nom, sigle ou numéro SIREN",
  found: (/** @type {number} */ c) => fr(c, "réponse", "réponses"),
  foundNone: "Aucune réponse. Essayer un autre nom, ou moins de lettres.",
  foundFirst: (/** @type {number} */ c, /** @type {number} */ all) =>
    `Les ${c} premières réponses sur ${n(all, "fr")}`,
  actor: "Acteur",
  initiative: "Initiative",
  // Filters.
  axis: "Axe",
  kind: "Type",
  objective: "Objectif",
  audience: "Public",
  role: "Rôle",
  territory: "Territoire",
  community: "Communauté",
  dates: "Période",
  from: "Début",
  to: "Fin",
  today: (/** @type {string} */ date) => `Au ${date}`,
  anyDate: "Toutes les dates",
  undated: "Une initiative sans date reste montrée quelle que soit la période.",
  reset: "Tout effacer",
  remove: (/** @type {string} */ name) => `Retirer le filtre ${name}`,
  active: "Filtres en vigueur",
  more: (/** @type {number} */ c) => `Montrer ${n(c, "fr")} de plus`,
  partsOf: (/** @type {number} */ c) => `En détail (${n(c, "fr")})`,
  countHelp: "Le nombre dit ce qui resterait.",
  // Panel.
  choose: "Choisir un acteur ou un lien, dans le dessin, les tableaux ou la recherche.",
  page: "Site",
  confidence: "Fiabilité",
  measures: "Mesures",
  caveat: "À savoir",
  reference: "Référence",
  roles: "Rôles",
  partnersTitle: "Partenaires",
  initiativesTitle: "Initiatives",
  participants: "Participants",
  sources: "Sources",
  noSource: "Aucune source n'est indiquée.",
  status: "État",
  axes: "Axes",
  territories: "Territoires",
  amount: "Montant",
  euros: (/** @type {number} */ x) => `${number(x, "fr", 2)}\u00a0€`,
  why: "Ce qui les lie",
  weight: "Poids",
  hidden: "hors des filtres",
  hiddenNote: "Cet élément est hors des filtres : il n'est pas dans le dessin.",
  stability: (/** @type {string} */ share) =>
    `stable dans ${share}\u00a0% des partitions`,
  focus: "Voir ses alentours",
  focusOff: "Revenir au réseau entier",
  depth: "Distance",
  steps: (/** @type {number} */ c) => (c === 1 ? "1 pas" : `${c} pas`),
  centre: "Centrer",
  copy: "Copier le lien",
  copied: "Lien copié : il rouvre cette vue.",
  copyFailed: "Le navigateur refuse la copie. Copier l'adresse de la page : elle dit tout.",
  linked: (/** @type {string} */ a, /** @type {string} */ b) => `${a} et ${b}`,
  towards: (/** @type {string} */ a, /** @type {string} */ b) => `${a} vers ${b}`,
  opened: (/** @type {string} */ name) => `Fiche ouverte : ${name}`,
  walk: (/** @type {string} */ name, /** @type {string} */ via, /** @type {number} */ others) =>
    `${name}, relié par ${via}${others > 0 ? ` et ${n(others, "fr")} ${others < 2 ? "autre" : "autres"}` : ""}`,
  showMore: (/** @type {number} */ c) => `Voir les ${n(c, "fr")} autres`,
  unknown: "non précisé",
  none: "aucun",
  noDate: "sans date",
  since: (/** @type {string} */ date) => `depuis le ${date}`,
  until: (/** @type {string} */ date) => `jusqu'au ${date}`,
  fromTo: (/** @type {string} */ a, /** @type {string} */ b) => `du ${a} au ${b}`,
  // Tables.
  tableActors: "Acteurs",
  tableLinks: "Liens",
  name: "Nom",
  degree: "Liens",
  strength: "Force",
  columns: "Colonnes de mesures",
  sortBy: (/** @type {string} */ name) => `Trier par ${name}`,
  rows: (/** @type {number} */ first, /** @type {number} */ last, /** @type {number} */ all) =>
    `Lignes ${n(first, "fr")} à ${n(last, "fr")} sur ${n(all, "fr")}`,
  previous: "Page précédente",
  next: "Page suivante",
  noRow: "Rien à montrer ici.",
  tableHelp: "Un en-tête trie ; un nom ouvre sa fiche.",
  // Tools.
  export: "Exporter",
  exportCsvNodes: "Acteurs (CSV)",
  exportCsvEdges: "Liens (CSV)",
  exportGexf: "Réseau (GEXF, pour Gephi)",
  exportSvg: "Dessin (SVG)",
  exportPng: "Dessin (PNG)",
  exported: (/** @type {string} */ name) => `Fichier prêt : ${name}`,
  print: "Imprimer",
  theme: "Apparence",
  themeAuto: "Comme le système",
  themeLight: "Claire",
  themeDark: "Sombre",
  help: "Aide",
  legend: "Légende",
  colour: "Couleur",
  size: "Taille",
  categories: "Catégories",
  sameSize: "La même pour tous",
  zoomIn: "Agrandir",
  zoomOut: "Réduire",
  fit: "Tout voir",
  source: "Source",
  licence: "Licence",
  observed: (/** @type {string} */ date) => `Observé le ${date}`,
  notFound: (/** @type {number} */ c, /** @type {string} */ names) =>
    `Le lien suivi désigne ${fr(c, "élément absent", "éléments absents")} de ce réseau : ${names}.`,
  helpTitle: "Comment lire et parcourir ce réseau",
  helpIntro:
    "Deux acteurs sont liés quand ils participent à une même initiative, en même temps. Chaque lien s'ouvre sur ses preuves : les initiatives, les rôles, les dates et les sources.",
  keys: "Au clavier",
  keysOn: "Les touches seules (/, T, ?) sont des raccourcis",
  keyList: [
    ["/", "chercher"],
    ["flèches", "dans le dessin, aller d'un voisin à l'autre"],
    ["Entrée", "ouvrir la fiche"],
    ["F", "voir les alentours"],
    ["+ − 0", "agrandir, réduire, tout voir"],
    ["T", "aller aux tableaux"],
    ["Échap", "fermer la fiche, puis revenir au réseau entier"],
    ["?", "cette aide"],
  ],
  // Sentences of the summary.
  nothing: "Les filtres ne laissent rien passer : aucun acteur à montrer.",
  emptyNetwork: "Ce réseau est vide : aucune participation ne s'y trouve.",
  shows: (/** @type {string[]} */ what) => `Le dessin montre ${list(what, "fr")}.`,
  kindsAre: (/** @type {string[]} */ what) => `On y compte surtout : ${list(what, "fr")}.`,
  most: (/** @type {string[]} */ what) =>
    `${what.length > 1 ? "Les plus reliés sont" : "Le plus relié est"} ${list(what, "fr")}.`,
  brokers: (/** @type {string[]} */ what) =>
    `${what.length > 1 ? "Font le pont entre les autres" : "Fait le pont entre les autres"} : ${list(what, "fr")}.`,
  communitiesAre: (/** @type {number} */ c) =>
    `Ils forment ${n(c, "fr")} communautés, que le choix de couleur montre.`,
  isolated: (/** @type {string} */ who) => `Sans aucun lien ici : ${who}.`,
  strongest: (/** @type {string} */ a, /** @type {string} */ b, /** @type {string} */ by) =>
    `Le lien le plus fort unit ${a} et ${b} : ${by}.`,
  inForce: (/** @type {string[]} */ what) => `Filtres en vigueur : ${what.join(" ; ")}.`,
  hiddenLinks: (/** @type {number} */ c) =>
    c === 1
      ? "1 lien plus faible est masqué."
      : `${n(c, "fr")} liens plus faibles sont masqués.`,
  hiddenNodes: (/** @type {string} */ who) => `Masqués par les filtres : ${who}.`,
};

/** @type {typeof FR} */
const EN = {
  language: "Français",
  languageLong: "Show the page in French",
  skipDrawing: "Skip to the drawing",
  skipTable: "Skip to the tables",
  skipSearch: "Skip to search",
  skips: "Quick access",
  zoom: "Zoom",
  drawing: "Drawing of the network",
  drawingHelp:
    "Interactive drawing. Arrows: go from neighbour to neighbour. Enter: open the record. F: see the surroundings. + and −: zoom. The tables say the same.",
  filters: "Filters",
  panel: "Record",
  tables: "The same data as tables",
  summary: "What the drawing shows",
  tools: "Tools",
  close: "Close",
  closePanel: "Close the record",
  colon: ": ",
  actors: (c) => en(c, "actor", "actors"),
  initiatives: (c) => en(c, "initiative", "initiatives"),
  links: (c) => en(c, "link", "links"),
  partners: (c) => en(c, "partner", "partners"),
  shared: (c) => en(c, "shared initiative", "shared initiatives"),
  sharedActors: (c) => en(c, "shared actor", "shared actors"),
  rolesHeld: (c) => en(c, "role", "roles"),
  stated: "Link stated by a source",
  showAll: "Show every link",
  backboneOf: (seen, all) =>
    `The backbone: ${n(seen, "en")} of ${en(all, "link", "links")}`,
  allShown: (c) => (c === 0 ? "No link" : en(c, "link", "links")),
  backboneHelp: (alpha, shared) =>
    `The backbone keeps the links that are stronger than chance would have it: if all shared out their strength at random among their links, so strong a link would come with less than ${number(100 * alpha, "en")}% probability. Each keeps at least its strongest link.${shared ? " A link is the stronger, the fewer there are to share in it." : ""}`,
  around: (name, depth) => `Around ${name}, ${depth} ${depth === 1 ? "step" : "steps"} away`,
  search: "Search for an actor or an initiative",
  searchHint: "Name, acronym or SIREN number",
  found: (c) => en(c, "answer", "answers"),
  foundNone: "No answer. Try another name, or fewer letters.",
  foundFirst: (c, all) => `The first ${c} of ${n(all, "en")} answers`,
  actor: "Actor",
  initiative: "Initiative",
  axis: "Axis",
  kind: "Kind",
  objective: "Objective",
  audience: "Audience",
  role: "Role",
  territory: "Territory",
  community: "Community",
  dates: "Period",
  from: "Start",
  to: "End",
  today: (date) => `On ${date}`,
  anyDate: "Any date",
  undated: "An initiative without a date stays, whatever the period.",
  reset: "Clear all",
  remove: (name) => `Remove the filter ${name}`,
  active: "Filters in force",
  more: (c) => `Show ${n(c, "en")} more`,
  partsOf: (c) => `In detail (${n(c, "en")})`,
  countHelp: "The number says what would remain.",
  choose: "Choose an actor or a link, in the drawing, the tables or the search.",
  page: "Website",
  confidence: "Confidence",
  measures: "Measures",
  caveat: "Good to know",
  reference: "Reference",
  roles: "Roles",
  partnersTitle: "Partners",
  initiativesTitle: "Initiatives",
  participants: "Participants",
  sources: "Sources",
  noSource: "No source is given.",
  status: "Status",
  axes: "Axes",
  territories: "Territories",
  amount: "Amount",
  euros: (x) => `€${number(x, "en", 2)}`,
  why: "What links them",
  weight: "Weight",
  hidden: "filtered out",
  hiddenNote: "The filters leave this out: it is not in the drawing.",
  stability: (share) => `stable in ${share}% of the partitions`,
  focus: "See its surroundings",
  focusOff: "Back to the whole network",
  depth: "Distance",
  steps: (c) => (c === 1 ? "1 step" : `${c} steps`),
  centre: "Centre",
  copy: "Copy the link",
  copied: "Link copied: it opens this view again.",
  copyFailed: "The browser refuses to copy. Copy the address of the page: it says it all.",
  linked: (a, b) => `${a} and ${b}`,
  towards: (a, b) => `${a} to ${b}`,
  opened: (name) => `Record opened: ${name}`,
  walk: (name, via, others) =>
    `${name}, linked by ${via}${others > 0 ? ` and ${en(others, "other", "others")}` : ""}`,
  showMore: (c) => `Show the ${n(c, "en")} others`,
  unknown: "not stated",
  none: "none",
  noDate: "no date",
  since: (date) => `since ${date}`,
  until: (date) => `until ${date}`,
  fromTo: (a, b) => `from ${a} to ${b}`,
  tableActors: "Actors",
  tableLinks: "Links",
  name: "Name",
  degree: "Links",
  strength: "Strength",
  columns: "Columns of measures",
  sortBy: (name) => `Sort by ${name}`,
  rows: (first, last, all) => `Rows ${n(first, "en")} to ${n(last, "en")} of ${n(all, "en")}`,
  previous: "Previous page",
  next: "Next page",
  noRow: "Nothing to show here.",
  tableHelp: "A header sorts; a name opens its record.",
  export: "Export",
  exportCsvNodes: "Actors (CSV)",
  exportCsvEdges: "Links (CSV)",
  exportGexf: "Network (GEXF, for Gephi)",
  exportSvg: "Drawing (SVG)",
  exportPng: "Drawing (PNG)",
  exported: (name) => `File ready: ${name}`,
  print: "Print",
  theme: "Appearance",
  themeAuto: "Like the system",
  themeLight: "Light",
  themeDark: "Dark",
  help: "Help",
  legend: "Legend",
  colour: "Colour",
  size: "Size",
  categories: "Categories",
  sameSize: "The same for all",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  fit: "Show everything",
  source: "Source",
  licence: "Licence",
  observed: (date) => `Observed on ${date}`,
  notFound: (c, names) =>
    `The link that was followed names ${en(c, "item", "items")} that this network lacks: ${names}.`,
  helpTitle: "How to read and walk this network",
  helpIntro:
    "Two actors are linked when they take part in the same initiative at the same time. Every link opens on its evidence: the initiatives, roles, dates and sources.",
  keys: "By keyboard",
  keysOn: "Single keys (/, T, ?) are shortcuts",
  keyList: [
    ["/", "search"],
    ["arrows", "in the drawing, go from neighbour to neighbour"],
    ["Enter", "open the record"],
    ["F", "see the surroundings"],
    ["+ − 0", "zoom in, zoom out, show everything"],
    ["T", "go to the tables"],
    ["Esc", "close the record, then go back to the whole network"],
    ["?", "this help"],
  ],
  nothing: "The filters let nothing pass: no actor to show.",
  emptyNetwork: "This network is empty: it holds no participation.",
  shows: (what) => `The drawing shows ${list(what, "en")}.`,
  kindsAre: (what) => `They are mostly: ${list(what, "en")}.`,
  most: (what) =>
    `${what.length > 1 ? "The most connected are" : "The most connected is"} ${list(what, "en")}.`,
  brokers: (what) =>
    `${what.length > 1 ? "These bridge the others" : "This one bridges the others"}: ${list(what, "en")}.`,
  communitiesAre: (c) => `They form ${n(c, "en")} communities, which the choice of colour shows.`,
  isolated: (who) => `Without any link here: ${who}.`,
  strongest: (a, b, by) => `The strongest link joins ${a} and ${b}: ${by}.`,
  inForce: (what) => `Filters in force: ${what.join("; ")}.`,
  hiddenLinks: (c) =>
    c === 1 ? "1 weaker link is hidden." : `${n(c, "en")} weaker links are hidden.`,
  hiddenNodes: (who) => `Hidden by the filters: ${who}.`,
};

/** Every word of the interface in a language. @param {string} lang */
export function words(lang) {
  return lang === "en" ? EN : FR;
}
