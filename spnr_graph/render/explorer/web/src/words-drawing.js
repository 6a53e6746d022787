// @ts-check
// Words of the drawing and of its legend, in both languages.

const FR = {
  kind: "Type",
  community: "Communauté",
  axis: "Axe",
  territory: "Territoire",
  shape: "Forme : type",
  size: "Taille",
  links: "Liens",
  linkWidth: { count: "plus épais : plus d'initiatives communes", newman: "plus épais : collaboration plus étroite", amount: "plus épais : plus d'euros en commun" },
  several: "plusieurs axes",
  none: "non renseigné",
  others: "autres",
  otherCommunities: "autres communautés",
  alone: "hors communauté",
  empty: "Rien ne répond à ces filtres.",
  emptyHelp: "En retirer un, ou les effacer tous.",
  noData: "Le réseau est vide : aucune participation ne relie des acteurs.",
  noWebgl: "Ce navigateur ne sait pas dessiner le réseau interactif (WebGL est absent ou désactivé). En voici une image ; la recherche, les filtres et les tableaux restent utilisables.",
  source: "Source",
  licence: "Licence",
  observed: "Observé le",
  shown: (things, links, all) => links === all ? `${things}, ${links} liens` : `${things}, ${links} liens affichés sur ${all}`,
  actors: "acteurs",
  initiatives: "initiatives",
};

/** @type {typeof FR} */
const EN = {
  kind: "Kind",
  community: "Community",
  axis: "Axis",
  territory: "Territory",
  shape: "Shape: kind",
  size: "Size",
  links: "Links",
  linkWidth: { count: "thicker: more shared initiatives", newman: "thicker: closer collaboration", amount: "thicker: more euros in common" },
  several: "several axes",
  none: "not stated",
  others: "others",
  otherCommunities: "other communities",
  alone: "in no community",
  empty: "Nothing fits these filters.",
  emptyHelp: "Remove one of them, or clear them all.",
  noData: "The network is empty: no participation links actors.",
  noWebgl: "This browser cannot draw the interactive network (WebGL is missing or switched off). Here is a picture of it; search, filters and tables still work.",
  source: "Source",
  licence: "Licence",
  observed: "Observed on",
  shown: (things, links, all) => links === all ? `${things}, ${links} links` : `${things}, ${links} links shown of ${all}`,
  actors: "actors",
  initiatives: "initiatives",
};

/** @param {string} lang @returns {typeof FR} */
export const drawingWords = (lang) => (lang === "en" ? EN : FR);
