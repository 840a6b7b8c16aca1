// Marked text: each mark carries its severity in its underline and its colour, and its kind as a small label after it.

function markedText(pieces, bead, visible) {
  const nodes = [];
  pieces.forEach((piece, place) => {
    if (typeof piece === 'string') { nodes.push(piece); return; }
    const [text, ...all] = piece;
    const findings = all.filter((i) => visible.has(i));
    if (!findings.length) { nodes.push(text); return; }
    const worst = Math.max(...findings.map((i) => bead.f[i].s));
    const next = pieces[place + 1];
    const ending = findings.filter((i) => typeof next === 'string' || next === undefined || !next.slice(1).includes(i));
    const kinds = [...new Set(ending.map((i) => bead.f[i].kind))];
    nodes.push(make('mark', { class: SEVERITY[worst] }, text,
      kinds.length ? make('span', { class: 'kind' }, make('span', { class: 'heard' }, ` (${SEVERITY[worst]}: `),
        kinds.join(', '), make('span', { class: 'heard' }, ') ')) : ''));
  });
  return nodes;
}

function sideOf(label, pieces, bead, visible, properties) {
  return make('div', { class: `side ${properties.class || ''}` }, make('h4', {}, label),
    make('p', { dir: 'auto', lang: properties.lang }, ...markedText(pieces, bead, visible)));
}

const signOf = (s) => make('span', { class: 'sign', 'aria-hidden': 'true' }, ['·', '!', '✕'][s]);

function findingItem(f) {
  const id = f.id ? `f-${f.id}` : null;
  return make('li', { class: `finding ${SEVERITY[f.s]}`, id, tabindex: id ? '-1' : null },
    make('span', { class: 'badge' }, signOf(f.s), `${SEVERITY[f.s]} · ${f.kind}`),
    make('span', { class: 'sure', title: data.mqm[f.kind] }, `${Math.round(f.p * 100)}% sure`),
    f.a === 1 ? make('span', { class: 'tag' }, 'the copy or our translation') : '',
    f.st ? make('span', { class: 'tag' }, f.st) : '',
    make('span', { class: 'message', dir: 'auto' }, f.m),
    f.e.length ? make('details', { class: 'why' }, make('summary', {}, 'Why'), make('ul', {}, ...f.e.map((e) => make('li', { dir: 'auto' }, e)))) : '',
    id ? make('a', { class: 'permalink', href: `#${encodeURIComponent(id)}`, 'aria-label': `Permalink to finding ${f.id}` }, '#') : '');
}
