// The data, what the filters let through, and the few DOM helpers that everything else is written with.
//
// data.copies[i].beads[j]: r, c   indexes of the sentences on either side
//                          w      the witness it is compared with, where it is not the reference
//                          rt, ct, tt  reference, copy and translation: [text | [marked text, finding, …], …]
//                          f      findings: s severity 0..2, a attribution 0 copy · 1 unclear · 2 instrument, p confidence,
//                                 m message, e evidence, rw/cw/tw the words on each side, st status
const data = JSON.parse(document.getElementById('data').textContent);
const SEVERITY = ['minor', 'major', 'critical'];
const ATTRIBUTION = ['the copy', 'the copy or our translation', 'our translation'];
const $ = (id) => document.getElementById(id);

// Elements are made of properties and children; strings become text nodes, so that no text is ever read as markup.
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'class') element.className = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child != null && child !== ''));
  return element;
}

const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const plural = (n, noun) => `${n} ${noun}${n === 1 ? '' : 's'}`;
const quiet = (f) => f.st === 'rejected' || f.a === 2;

const filter = { copy: '', kind: '', attribution: '', search: '', show: 'differences', severities: new Set([0, 1, 2]) };
const FRESH = { ...filter };
const narrowed = () => filter.kind !== '' || filter.attribution !== '' || filter.severities.size < 3;

// Whether a finding passes the filters. Without a choice of attribution, what is not the copy's doing is folded away.
function passes(f) {
  if (!filter.severities.has(f.s) || (filter.kind && f.kind !== filter.kind)) return false;
  switch (filter.attribution) {
    case 'copy': return !quiet(f) && f.a === 0;
    case 'unclear': return !quiet(f) && f.a === 1;
    case 'instrument': return f.a === 2;
    case 'rejected': return f.st === 'rejected';
    default: return !quiet(f);
  }
}

const textOf = (pieces) => pieces.map((p) => (typeof p === 'string' ? p : p[0])).join('');
const witnessOf = (bead) => bead.w || data.reference;
const referencePieces = (bead) => bead.rt || [bead.r.map((i) => data.texts[witnessOf(bead)][i]).join(' ')];

function searched(bead) {
  if (bead.folded === undefined) {
    const findings = (bead.f || []).flatMap((f) => [f.m, f.id, f.kind]);
    bead.folded = fold([textOf(referencePieces(bead)), textOf(bead.ct || []), textOf(bead.tt || []), ...findings].join('\n'));
  }
  return bead.folded.includes(filter.search);
}

// Whether a bead is in the list; a click into the map or a permalink goes to beads through here as well.
function listed(bead) {
  if ((filter.show === 'differences' || narrowed()) && !(bead.f || []).some(passes)) return false;
  return !filter.search || searched(bead);
}

const shownCopies = () => data.copies.filter((copy) => !filter.copy || copy.id === filter.copy);

// Finding ids -> where they are.
const places = new Map();
for (const copy of data.copies) {
  for (const bead of copy.beads) for (const f of bead.f || []) if (f.id && !places.has(f.id)) places.set(f.id, { copy, bead });
}
