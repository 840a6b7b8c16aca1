// The controls, the address bar, and the first drawing.

function draw() {
  sorting.shown = PAGE;
  drawMap();
  const findings = drawList();
  drawTable();
  $('count').textContent = plural(findings, 'finding');
  $('reset').hidden = JSON.stringify([...filter.severities]) === '[0,1,2]'
    && ['copy', 'kind', 'attribution', 'search', 'show'].every((key) => filter[key] === FRESH[key]);
}

function choose(key, value) {
  filter[key] = value;
  writeControls();
  draw();
}

function resetFilters() {
  Object.assign(filter, FRESH, { severities: new Set([0, 1, 2]) });
  writeControls();
}

function writeControls() {
  for (const key of ['copy', 'kind', 'attribution', 'show']) $(`filter-${key}`).value = filter[key];
  if (fold($('filter-search').value.trim()) !== filter.search) $('filter-search').value = filter.search;
  SEVERITY.forEach((name, s) => { $(`filter-${name}`).checked = filter.severities.has(s); });
}

function startControls() {
  for (const copy of data.copies) $('filter-copy').append(make('option', { value: copy.id }, copy.id));
  for (const key of ['copy', 'kind', 'attribution', 'show']) {
    $(`filter-${key}`).addEventListener('change', (event) => choose(key, event.target.value));
  }
  SEVERITY.forEach((name, s) => $(`filter-${name}`).addEventListener('change', (event) => {
    const kept = new Set(filter.severities);
    if (event.target.checked) kept.add(s); else kept.delete(s);
    choose('severities', new Set([...kept].sort()));
  }));
  let waiting = 0;
  $('filter-search').addEventListener('input', (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => choose('search', fold(event.target.value.trim())), 120);
  });
  $('filters').addEventListener('submit', (event) => event.preventDefault());
  $('reset').addEventListener('click', () => { resetFilters(); draw(); });
}

function followAddress() {
  let id = '';
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  const place = id.startsWith('f-') && places.get(id.slice(2));
  if (place) goTo(place.copy, place.bead, id.slice(2));
}

startControls();
startMap();
startTable();
writeControls();
draw();
followAddress();
window.addEventListener('hashchange', followAddress);
window.addEventListener('beforeprint', () => { for (const section of sections.values()) fill(section); });
document.documentElement.dataset.ready = 'true';
