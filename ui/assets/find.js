// Searching in the article or the whole document: the server finds, this marks and leafs. Follows source.js.
const TYPING_MS = 150;
const search = { on: false, words: '', matches: [], more: false, now: -1, whole: false, serial: 0 };
let typing = 0;
const bar = () => element.querySelector('.wj-find');

function openFind() {
  search.on = true;
  drawFind();
  const field = bar()?.querySelector('input[type="text"]');
  field?.focus();
  field?.select();
}

function closeFind() {
  Object.assign(search, { on: false, words: '', matches: [], more: false, now: -1 });
  const field = bar()?.querySelector('input[type="text"]');
  if (field) field.value = '';
  drawFind();
  element.querySelector('[data-find]')?.focus();
}

// A search is answered by the document that is open; the latest words alone count.
function look() {
  search.words = bar().querySelector('input[type="text"]').value;
  search.serial += 1;
  if (search.words.trim()) ask(search.serial);
  else {
    Object.assign(search, { matches: [], more: false, now: -1 });
    drawFind();
  }
}

function ask(own, tries = RETRIES) {
  const d = sheet().dataset.document;
  search.document = d;
  trigger('find_words', { d, words: search.words, serial: String(own), language: language() });
  setTimeout(() => { if (own === search.serial && search.answered !== own && tries) ask(own, tries - 1); }, RETRY_MS);
}

function answer() {
  const told = document.querySelector('#wj-found [data-found]');
  if (!told) return;
  const { serial: own, matches, more } = JSON.parse(told.dataset.found);
  if (own !== String(search.serial)) return;
  search.answered = search.serial;
  search.all = matches.flatMap(([id, part, places]) => places.map(([start, end]) => ({ id, part, start, end })));
  search.more = more;
  narrow();
  const from = here().findIndex((one) => one.top > 0);
  step(from < 0 ? 1 : 0, Math.max(from, 0));
}

// Those of the article alone, or all of the document.
function narrow() {
  const ids = new Set([...element.querySelectorAll('[data-p]')].map((one) => one.dataset.p));
  search.matches = (search.all ?? []).filter((one) => search.whole || ids.has(one.id));
  search.now = -1;
}

// Where the matches stand, seen from the top of the panel; those elsewhere in the document are far above.
function here() {
  const top = box.getBoundingClientRect().top;
  return search.matches.map((one) => {
    const range = rangeOf(one);
    return { top: range ? range.getBoundingClientRect().top - top : -1 };
  });
}

function step(by, to = search.now + by) {
  const count = search.matches.length;
  search.now = count ? (to + count) % count : -1;
  drawFind();
  const match = search.matches[search.now];
  if (!match) return;
  const range = rangeOf(match);
  if (range) range.startContainer.parentElement.scrollIntoView({ block: 'center', behavior: 'instant' });
  else {
    landed = () => { landed = () => {}; drawFind(); step(0); };
    request('open_at', { p: match.id, t: '' });
  }
}

// The characters of a match in the text nodes of its paragraph, or of a heading above that.
function rangeOf({ id, part, start, end }) {
  const name = CSS.escape(id);
  const text = element.querySelector(part ? `[data-of="${name}"][data-part="${part}"]` : `[data-p="${name}"] > p`);
  if (!text) return null;
  const range = document.createRange();
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let offset = 0;
  let begun = false;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!begun && start < offset + node.length) {
      range.setStart(node, start - offset);
      begun = true;
    }
    if (begun && end <= offset + node.length) {
      range.setEnd(node, end - offset);
      return range;
    }
    offset += node.length;
  }
  return null;
}

// Marks without touching the page: the citation's own marks stay as they are.
function paint() {
  if (!CSS.highlights) return;
  const ranges = search.matches.map(rangeOf);
  const now = ranges[search.now];
  CSS.highlights.set('wj-found', new Highlight(...ranges.filter((one) => one && one !== now)));
  CSS.highlights.set('wj-found-now', new Highlight(...(now ? [now] : [])));
}

function drawFind() {
  const field = bar();
  if (field) {
    field.hidden = !search.on;
    element.querySelector('[data-find]').setAttribute('aria-expanded', String(search.on));
    const input = field.querySelector('input[type="text"]');
    if (input.value !== search.words) input.value = search.words;
    field.querySelector('input[type="checkbox"]').checked = search.whole;
    const count = field.querySelector('output');
    const total = `${search.matches.length}${search.more ? '+' : ''}`;
    const told = search.matches.length ? `${search.now + 1} / ${total}` : count.dataset.none;
    count.textContent = search.words.trim() && search.answered === search.serial ? told : '';
  }
  paint();
}

element.addEventListener('input', (event) => {
  if (event.target.closest('.wj-find') && event.target.type === 'text') {
    clearTimeout(typing);
    typing = setTimeout(look, TYPING_MS);
  }
});
element.addEventListener('change', (event) => {
  if (!event.target.closest('.wj-find') || event.target.type !== 'checkbox') return;
  search.whole = event.target.checked;
  narrow();
  step(1);
});
element.addEventListener('click', (event) => {
  const by = event.target.closest('[data-step]')?.dataset.step;
  if (by === '0') closeFind();
  else if (by) step(Number(by));
});
element.addEventListener('keydown', (event) => {
  if (event.key === '/' && !event.target.matches('input, textarea') && bar()) {
    event.preventDefault();
    openFind();
  }
  if (!event.target.closest('.wj-find')) return;
  if (event.key === 'Escape') {
    event.preventDefault();
    event.stopImmediatePropagation();
    closeFind();
  } else if (event.key === 'Enter' && event.target.type === 'text') {
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  }
}, true);
document.addEventListener('wj-find', () => (search.on ? closeFind() : openFind()));
document.addEventListener('wj-shown', () => {
  if (search.on && search.words.trim() && bar() && sheet().dataset.document !== search.document) {
    search.serial += 1;  // another document has other matches
    search.all = [];
    ask(search.serial);
  }
  const kept = search.matches[search.now];
  narrow();
  search.now = kept ? search.matches.findIndex((one) => one.id === kept.id && one.part === kept.part && one.start === kept.start) : -1;
  drawFind();
});
document.addEventListener('wj-mail', (event) => { if (event.detail === 'wj-found') answer(); });
