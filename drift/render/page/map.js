// The map: a row for each copy, a column for each sentence of the reference. The height of a bar says how bad, as its
// colour does; a hollow box is a sentence that the copy does not have. Drawn on one canvas, with a cursor for keys.

const canvas = $('map');
const frame = $('map-frame');
const tip = $('tip');
const mapped = { rows: [], width: 0, height: 0, cursor: null };

function mapRows() {
  return shownCopies().map((copy) => {
    const cells = new Array(data.sentences).fill(null);
    for (const bead of copy.beads) {
      if (bead.w) continue;
      const found = (bead.f || []).filter(passes);
      const severity = found.length ? Math.max(...found.map((f) => f.s)) : -1;
      const dim = filter.search && !searched(bead);
      for (const i of bead.r) cells[i] = { bead, severity, absent: !bead.c.length, dim };
    }
    return { copy, cells };
  });
}

function drawMap() {
  mapped.rows = mapRows();
  const n = Math.max(data.sentences, 1);
  mapped.height = mapped.rows.length > 24 ? 18 : mapped.rows.length > 10 ? 24 : 34;
  const room = frame.clientWidth - $('map-names').offsetWidth - 2;
  mapped.width = Math.max(Math.min(room / n, 26), n > 150 ? 4 : 6);
  const names = $('map-names');
  names.replaceChildren(...mapped.rows.map(({ copy }) => make('button', {
    type: 'button', class: 'name', 'aria-label': `Show only ${copy.id}`, 'aria-pressed': String(filter.copy === copy.id),
    onclick: () => choose('copy', filter.copy === copy.id ? '' : copy.id),
  }, copy.id)));
  names.style.setProperty('--row', `${mapped.height}px`);
  const width = Math.ceil(mapped.width * n);
  const height = Math.max(mapped.rows.length, 1) * mapped.height;
  const scale = window.devicePixelRatio || 1;
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  context.scale(scale, scale);
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(`--${name}`).trim();
  const palette = { levels: SEVERITY.map(color), same: color('same'), line: color('line'), ink: color('ink') };
  mapped.rows.forEach((row, y) => drawRow(context, row, y, palette));
  if (mapped.cursor) {
    context.strokeStyle = palette.ink;
    context.lineWidth = 2;
    context.strokeRect(mapped.cursor.x * mapped.width, mapped.cursor.y * mapped.height + 1, mapped.width, mapped.height - 2);
  }
}

function drawRow(context, { cells }, y, palette) {
  const top = y * mapped.height + 3;
  const full = mapped.height - 6;
  const gap = mapped.width > 8 ? 2 : 1;
  context.fillStyle = palette.line;
  context.fillRect(0, top + full, cells.length * mapped.width, 1);
  cells.forEach((cell, x) => {
    const left = x * mapped.width;
    const width = mapped.width - gap;
    context.globalAlpha = cell && cell.dim ? 0.2 : 1;
    if (!cell || (cell.absent && cell.severity < 0)) return;
    const tall = cell.severity < 0 ? Math.max(3, full * 0.14) : full * [0.4, 0.7, 1][cell.severity];
    const tone = cell.severity < 0 ? palette.same : palette.levels[cell.severity];
    if (cell.absent) {
      context.strokeStyle = tone;
      context.lineWidth = 1;
      context.strokeRect(left + 0.5, top + full - tall + 0.5, Math.max(width - 1, 1), tall - 1);
    } else {
      context.fillStyle = tone;
      context.fillRect(left, top + full - tall, width, tall);
    }
  });
  context.globalAlpha = 1;
}

function describe({ x, y }) {
  const row = mapped.rows[y];
  const cell = row && row.cells[x];
  if (!row) return '';
  const place = `${row.copy.id}, sentence ${x + 1}`;
  if (!cell) return `${place}: not compared`;
  const found = (cell.bead.f || []).filter(passes).sort((a, b) => b.s - a.s);
  if (!found.length) return `${place}: ${cell.absent ? 'not in this copy' : 'says the same'}`;
  return `${place}: ${found.map((f) => `${SEVERITY[f.s]} ${f.kind}`).join(', ')}`;
}

function showTip(place) {
  const cell = mapped.rows[place.y].cells[place.x];
  const text = data.texts[data.reference][place.x] || '';
  tip.replaceChildren(make('b', {}, describe(place)), make('span', { dir: 'auto' }, text.length > 160 ? `${text.slice(0, 160)} …` : text));
  tip.hidden = !cell && !text;
  const box = canvas.getBoundingClientRect();
  const left = box.left + window.scrollX + (place.x + 0.5) * mapped.width;
  tip.style.left = `${Math.max(8, Math.min(left - 20, document.documentElement.clientWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${box.top + window.scrollY + (place.y + 1) * mapped.height + 6}px`;
}

function placeAt(event) {
  const box = canvas.getBoundingClientRect();
  const x = Math.floor((event.clientX - box.left) / mapped.width);
  const y = Math.floor((event.clientY - box.top) / mapped.height);
  return x >= 0 && x < data.sentences && y >= 0 && y < mapped.rows.length ? { x, y } : null;
}

function openCell({ x, y }) {
  const { copy, cells } = mapped.rows[y];
  if (cells[x]) goTo(copy, cells[x].bead);
}

function moveCursor(event) {
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], Home: [-1e9, 0], End: [1e9, 0] };
  if (!mapped.rows.length) return;
  const cursor = mapped.cursor || { x: 0, y: 0 };
  if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); openCell(cursor); return; }
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  const within = (value, top) => Math.max(0, Math.min(value, top));
  mapped.cursor = { x: within(cursor.x + step[0], data.sentences - 1), y: within(cursor.y + step[1], mapped.rows.length - 1) };
  drawMap();
  showTip(mapped.cursor);
  $('map-said').textContent = describe(mapped.cursor);
  const left = mapped.cursor.x * mapped.width;
  const scroller = $('map-scroll');
  if (left < scroller.scrollLeft || left > scroller.scrollLeft + scroller.clientWidth - 20) scroller.scrollLeft = left - 40;
}

function startMap() {
  canvas.addEventListener('mousemove', (event) => { const place = placeAt(event); if (place) showTip(place); else tip.hidden = true; });
  canvas.addEventListener('mouseleave', () => { tip.hidden = true; });
  canvas.addEventListener('click', (event) => { const place = placeAt(event); if (place) { tip.hidden = true; openCell(place); } });
  canvas.addEventListener('keydown', moveCursor);
  canvas.addEventListener('focus', () => { mapped.cursor = mapped.cursor || { x: 0, y: 0 }; drawMap(); });
  canvas.addEventListener('blur', () => { mapped.cursor = null; tip.hidden = true; drawMap(); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawMap);
  new ResizeObserver(drawMap).observe(frame);
}
