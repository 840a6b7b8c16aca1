// Side by side: a section for each copy, whose rows are made when they come near the screen.

const list = $('list');
const sections = new Map();
let watcher = null;

function beadRow(copy, bead) {
  const visible = new Set();
  const shown = [];
  const folded = [];
  (bead.f || []).forEach((f, i) => {
    if (passes(f)) { visible.add(i); shown.push(f); } else if (quiet(f)) folded.push(f);
  });
  shown.sort((a, b) => b.s - a.s || b.p - a.p);
  const number = bead.r.length ? bead.r : bead.c;
  const name = number.length > 1 ? `${number[0] + 1}–${number[number.length - 1] + 1}` : `${number[0] + 1}`;
  const reference = bead.r.length
    ? sideOf(witnessOf(bead), referencePieces(bead), bead, visible, {})
    : make('div', { class: 'side none' }, make('p', {}, `Not in ${witnessOf(bead)}.`));
  const own = bead.c.length
    ? sideOf(bead.tt ? `${copy.id}, in its own words (${copy.language})` : copy.id, bead.ct, bead, visible, { lang: copy.language === '?' ? null : copy.language })
    : make('div', { class: 'side none' }, make('p', {}, `Not in ${copy.id}.`));
  if (bead.tt) own.append(make('h4', {}, 'in English, by our translation'), make('p', { class: 'translation', dir: 'auto', lang: 'en' }, ...markedText(bead.tt, bead, visible)));
  const row = make('article', { class: `bead${shown.length ? ` ${SEVERITY[shown[0].s]}` : ''}`, tabindex: '-1', 'aria-label': `${copy.id}, sentence ${name}` },
    make('div', { class: 'number' }, make('span', { class: 'heard' }, bead.r.length ? 'Sentence ' : 'Sentence of the copy '), bead.r.length ? name : '+',
      bead.moved ? make('span', { class: 'tag' }, 'moved') : ''),
    make('div', { class: 'sides' }, reference, own),
    ...findingLists(shown),
    folded.length ? make('details', { class: 'folded' }, make('summary', {}, foldedName(folded)), make('ul', { class: 'findings' }, ...folded.map(findingItem))) : '');
  return row;
}

// Many findings in one sentence: the minor ones step back, so that what matters is read first.
function findingLists(shown) {
  const serious = shown.filter((f) => f.s > 0);
  const rest = shown.length > 4 && serious.length ? shown.filter((f) => f.s === 0) : [];
  const first = rest.length ? serious : shown;
  return [
    first.length ? make('ul', { class: 'findings' }, ...first.map(findingItem)) : '',
    rest.length ? make('details', { class: 'folded' }, make('summary', {}, plural(rest.length, 'minor finding')), make('ul', { class: 'findings' }, ...rest.map(findingItem))) : '',
  ];
}

function foldedName(folded) {
  const rejected = folded.filter((f) => f.st === 'rejected').length;
  const ours = folded.length - rejected;
  return [ours ? `${plural(ours, 'finding')} of our translation, not of the copy` : '', rejected ? `${rejected} rejected in review` : '']
    .filter(Boolean).join('; ');
}

// Neighbours that only one side has, without a finding, take one row together: an excerpt is no list of losses.
function rowsOf(copy) {
  const rows = [];
  let run = [];
  const alone = (bead) => (!bead.r.length || !bead.c.length) && !(bead.f || []).some(passes);
  const flush = () => {
    if (run.length > 1) rows.push({ run });
    else if (run.length) rows.push({ bead: run[0] });
    run = [];
  };
  for (const bead of copy.beads) {
    if (!listed(bead)) continue;
    if (alone(bead)) {
      if (run.length && !run[0].r.length !== !bead.r.length) flush();
      run.push(bead);
    } else { flush(); rows.push({ bead }); }
  }
  flush();
  return rows;
}

function runRow(copy, run) {
  const missing = run[0].r.length > 0;
  const texts = run.map((bead) => (missing ? textOf(referencePieces(bead)) : textOf(bead.tt || bead.ct)));
  const name = missing ? `${run.length} passages of ${witnessOf(run[0])} are not in ${copy.id}` : `${run.length} passages are ${copy.id}’s own`;
  return make('details', { class: 'run', tabindex: '-1' }, make('summary', {}, name), ...texts.map((text) => make('p', { dir: 'auto' }, text)));
}

function fill(section) {
  if (section.filled) return;
  section.filled = true;
  section.elements = new Map();
  const rows = section.rows.map((row) => {
    const element = row.bead ? beadRow(section.copy, row.bead) : runRow(section.copy, row.run);
    for (const bead of row.run || [row.bead]) section.elements.set(bead, element);
    return element;
  });
  section.body.replaceChildren(...rows);
  section.body.style.minHeight = '';
}

function drawList() {
  if (watcher) watcher.disconnect();
  watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) fill(sections.get(entry.target.dataset.copy));
  }, { rootMargin: '800px' });
  sections.clear();
  let findings = 0;
  const elements = [];
  shownCopies().forEach((copy, place) => {
    const rows = rowsOf(copy);
    if (!rows.length) return;
    for (const row of rows) for (const bead of row.run || [row.bead]) findings += (bead.f || []).filter(passes).length;
    const body = make('div', { class: 'rows' });
    body.style.minHeight = `${Math.min(rows.length * 110, 40000)}px`;
    const id = `copy-${data.copies.indexOf(copy)}`;
    const element = make('section', { class: 'copy', 'aria-labelledby': id, 'data-copy': copy.id },
      make('h3', { id }, copy.id), make('p', { class: 'verdict', dir: 'auto' }, copy.verdict), body);
    const section = { copy, rows, body, element, filled: false };
    sections.set(copy.id, section);
    elements.push(element);
    if (!place) fill(section);
  });
  list.replaceChildren(...elements);
  if (!elements.length) list.append(make('p', { class: 'empty' }, 'Nothing matches these filters.'));
  elements.forEach((element) => watcher.observe(element));
  return findings;
}

// Bring a bead (and one of its findings) to the screen, loosening the filters where they hide it.
function goTo(copy, bead, findingId) {
  const hidden = () => !shownCopies().includes(copy) || !listed(bead) || (findingId && !bead.f.some((f) => f.id === findingId && passes(f)));
  if (hidden()) {
    resetFilters();
    const f = findingId && bead.f.find((other) => other.id === findingId);
    if (f && quiet(f)) filter.attribution = f.st === 'rejected' ? 'rejected' : 'instrument';
    if (hidden()) filter.show = 'all';
    writeControls();
    draw();
  }
  const section = sections.get(copy.id);
  fill(section);
  const row = section.elements.get(bead);
  if (row.tagName === 'DETAILS') row.open = true;
  const target = (findingId && [...row.querySelectorAll('.finding')].find((e) => e.id === `f-${findingId}`)) || row;
  const box = target.closest('details');
  if (box) box.open = true;
  row.scrollIntoView({ block: 'center' });
  target.focus({ preventScroll: true });
  for (const other of document.querySelectorAll('.here')) other.classList.remove('here');
  row.classList.add('here');
}
