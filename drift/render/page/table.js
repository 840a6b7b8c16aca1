// The table of findings: sorted by any column, copied as tab-separated text.

const COLUMNS = [
  ['copy', (r) => r.copy.id],
  ['sentence', (r) => (r.bead.r.length ? r.bead.r[0] + 1 : 0), (r) => (r.bead.r.length ? String(r.bead.r[0] + 1) : '+')],
  ['severity', (r) => -r.f.s, (r) => SEVERITY[r.f.s]],
  ['kind', (r) => r.f.kind],
  ['sure', (r) => -r.f.p, (r) => `${Math.round(r.f.p * 100)}%`],
  ['because of', (r) => r.f.a, (r) => ATTRIBUTION[r.f.a]],
  ['reference', (r) => r.f.rw],
  ['copy says', (r) => r.f.cw || r.f.tw],
  ['what', (r) => r.f.m],
  ['status', (r) => r.f.st || 'unreviewed'],
  ['id', (r) => r.f.id],
];
const PAGE = 100;
const sorting = { column: 2, down: false, shown: PAGE };

function tableRows() {
  const rows = [];
  for (const copy of shownCopies()) {
    for (const bead of copy.beads) {
      if (filter.search && !searched(bead)) continue;
      for (const f of bead.f || []) if (passes(f)) rows.push({ copy, bead, f });
    }
  }
  const key = COLUMNS[sorting.column][1];
  const order = (a, b) => (typeof a === 'number' ? a - b : a.localeCompare(b));
  rows.sort((a, b) => order(key(a), key(b)) * (sorting.down ? -1 : 1));
  return rows;
}

const shownValue = ([, key, show], row) => (show || key)(row);
const cut = (text) => (text.length > 200 ? `${text.slice(0, 200)} …` : text);

function drawTable() {
  if (!$('table-box').open) return;
  const rows = tableRows();
  $('table-head').replaceChildren(make('tr', {}, ...COLUMNS.map(([name], i) => make('th', {
    scope: 'col', 'aria-sort': i === sorting.column ? (sorting.down ? 'descending' : 'ascending') : 'none',
  }, make('button', { type: 'button', onclick: () => sortBy(i) }, name)))));
  $('table-body').replaceChildren(...rows.slice(0, sorting.shown).map((row) => make('tr', { class: SEVERITY[row.f.s] },
    ...COLUMNS.map((column) => make('td', { dir: 'auto' }, column[0] === 'id' && row.f.id
      ? make('a', { href: `#${encodeURIComponent(`f-${row.f.id}`)}` }, row.f.id) : cut(shownValue(column, row)))))));
  $('table-more').hidden = rows.length <= sorting.shown;
  $('table-more').textContent = `Show ${Math.min(PAGE * 5, rows.length - sorting.shown)} more of ${rows.length}`;
}

function sortBy(column) {
  sorting.down = sorting.column === column ? !sorting.down : false;
  sorting.column = column;
  drawTable();
  $('table-head').querySelectorAll('button')[column].focus();
}

// A cell that a spreadsheet would take for a formula gets an apostrophe in front.
const cellText = (text) => (/^[=+\-@]/.test(text) && text !== '+' ? `'${text}` : text).replace(/[\t\r\n]/g, ' ');

async function copyTable() {
  const lines = [COLUMNS.map(([name]) => name), ...tableRows().map((row) => COLUMNS.map((c) => cellText(String(shownValue(c, row)))))];
  const text = lines.map((line) => line.join('\t')).join('\n');
  const said = $('table-said');
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make('textarea', { class: 'heard', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  said.textContent = `${plural(lines.length - 1, 'row')} copied`;
}

function startTable() {
  $('table-box').addEventListener('toggle', drawTable);
  $('table-more').addEventListener('click', () => { sorting.shown += PAGE * 5; drawTable(); });
  $('table-copy').addEventListener('click', copyTable);
}
