// The source panel: shows what citations and links lead to, marks it, and finds the way back.
// What was sent along with an answer is shown at once; the server is asked only for what is not there.
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const RETRY_MS = 1500;  // a request that joins as a stream closes is never answered: so it is made again
const RETRIES = 2;
const KEPT = 60;  // pages of earlier answers that stay at hand
const kept = new Map();  // what a click on a citation shows, by its key
let serial = 0;
let wanted = '';  // the citation to set off once its page is there
let shown = '';  // what the panel shows, as it came
let landed = () => {};  // what is done then

const box = element.closest('#wj-source') || element;
const sheet = () => element.querySelector('.wj-source');
const language = () => document.querySelector('#wj-language [data-language]')?.dataset.language ?? '';

// Asks the server; the newest request alone is answered. (Gradio takes what is called `path` for a file.)
function request(name, data, tries = RETRIES) {
  const own = String(serial += 1);
  box.setAttribute('aria-busy', 'true');
  trigger(name, { ...data, serial: own, language: language() });
  setTimeout(() => {
    if (own === String(serial) && box.hasAttribute('aria-busy') && tries) request(name, data, tries - 1);
  }, RETRY_MS);
}

// What came along with the newest answer. The page is built from it only when it is asked for.
function collect() {
  for (const { dataset } of document.querySelectorAll('#wj-shelf [data-keys]')) {
    const html = dataset.sheet;
    for (const key of dataset.keys.split(' ')) {
      kept.delete(key);
      kept.set(key, html);
    }
  }
  while (kept.size > KEPT) kept.delete(kept.keys().next().value);
}

function cite(key) {
  wanted = key;
  if (element.querySelector(`.wj-cited[data-cite="${CSS.escape(key)}"]`)) reveal();
  else if (kept.has(key)) {
    serial += 1;  // an answer to an earlier request comes too late
    box.removeAttribute('aria-busy');
    shown = kept.get(key);
    props.value = shown;
    queueMicrotask(reveal);
  } else request('cite', { key });
}

// Sets off one citation of those that the page marks.
function setOff(key) {
  const page = sheet();
  const chip = page?.querySelector(`.wj-cited[data-cite="${CSS.escape(key)}"]`);
  if (!chip) return;
  page.dataset.shown = key;
  for (const mark of page.querySelectorAll('mark[data-k]')) {
    const on = mark.dataset.k.split(' ').includes(key);
    mark.className = on ? 'wj-focus' : 'wj-other';
    if (on) mark.tabIndex = -1;
    else mark.removeAttribute('tabindex');
  }
  for (const other of page.querySelectorAll('.wj-cited')) other.setAttribute('aria-pressed', String(other === chip));
  page.querySelector('[aria-current="true"][data-p]')?.removeAttribute('aria-current');
  const paragraph = chip.closest('[data-p]');
  paragraph.setAttribute('aria-current', 'true');
  page.dataset.at = paragraph.dataset.p;
  page.querySelector('.wj-kind').textContent = chip.dataset.kind;
  page.querySelector('.wj-source-where').textContent = chip.dataset.place;
}

function reveal() {
  if (wanted) setOff(wanted);
  wanted = '';
  document.dispatchEvent(new Event('wj-shown'));
  const page = sheet();
  if (!page) return;
  const found = page.querySelector('mark.wj-focus') || page.querySelector('[aria-current="true"] > p');
  if (found) show(found);
  else if (getComputedStyle(box).overflowY === 'visible') box.scrollIntoView({ block: 'start' });
  else box.scrollTo({ top: 0 });
  if (found?.matches('mark')) flash(found);
  address();
}

// At once: who follows a citation wants to read, not to watch the page go by.
function show(found, focus = true) {
  found.scrollIntoView({ block: 'center', behavior: 'instant' });
  if (focus) found.focus({ preventScroll: true });
}

function flash(mark) {
  mark.classList.remove('wj-flash');
  void mark.offsetWidth;  // restarts the animation
  mark.classList.add('wj-flash');
}

function back() {
  const key = sheet()?.dataset.shown;
  const button = key && document.querySelector(`#wj-chat [data-cite="${CSS.escape(key)}"]`);
  if (!button) return;
  button.scrollIntoView({ block: 'center', behavior: calm.matches ? 'auto' : 'smooth' });
  button.focus({ preventScroll: true });
}

// The address names the paragraph that is read, so that it can be shared; Back still leads where it led.
function hash(id = sheet()?.dataset.at) {
  const paragraph = id && element.querySelector(`[data-p="${CSS.escape(id)}"]`);
  const print = paragraph ? `&t=${paragraph.dataset.t}` : '';
  return id ? `#p=${encodeURIComponent(id)}${print}` : '';
}

function address() {
  const now = hash();
  if (now && now !== location.hash && element.querySelector('[data-p][aria-current="true"]')) {
    history.replaceState(history.state, '', now);
  }
}

function follow() {
  const link = new URLSearchParams(location.hash.slice(1).replaceAll('+', '%2B'));
  if (link.get('p')) request('open_at', { p: link.get('p'), t: link.get('t') ?? '' });
}

async function copyLink(button) {
  const text = location.href.split('#')[0] + hash(button.dataset.link || undefined);
  await toClipboard(text, button);
  setTimeout(() => button.classList.remove('wj-done'), 1600);
}

function open(id) {
  const here = element.querySelector(`[data-p="${CSS.escape(id)}"]`);
  const more = element.querySelector(`.wj-more [data-open="${CSS.escape(id)}"]`);
  element.querySelector('details[open]')?.removeAttribute('open');
  if (!here || more) return request('open_at', { p: id, t: '' });
  const page = sheet();
  page.querySelector('[aria-current="true"][data-p]')?.removeAttribute('aria-current');
  here.setAttribute('aria-current', 'true');
  page.dataset.at = id;
  show(here.querySelector('p'));
  address();
}

const actions = {
  cite: (button) => cite(button.dataset.cite),
  back,
  open: (button) => open(button.dataset.open),
  article: (button) => {
    const key = sheet().dataset.shown;
    if (key) cite(key);
    else request('open_at', { p: button.dataset.article, t: '' });
  },
  raw: () => request('raw_page', { p: sheet().dataset.at, key: sheet().dataset.shown ?? '' }),
  page: (button) => {
    const { document: d, page, onward } = button.dataset;
    request('raw_part', { d, at: Number(page), onward: Boolean(onward) });
  },
  document: (button) => request('open_document', { d: button.dataset.document }),
  browse: () => request('browse', { words: '' }),
  link: copyLink,
  find: () => document.dispatchEvent(new Event('wj-find')),
};
const ORDER = ['cite', 'back', 'open', 'article', 'raw', 'page', 'document', 'browse', 'link', 'find'];

document.addEventListener('click', (event) => {
  const button = event.target.closest?.('button');
  if (!button || !(element.contains(button) || button.matches('#wj-chat [data-cite]'))) return;
  const name = ORDER.find((one) => one in button.dataset);
  if (name) actions[name](button);
});

element.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  const open = element.querySelector('details[open]');
  if (!open) return back();
  open.removeAttribute('open');
  open.querySelector('summary').focus();
});

element.addEventListener('input', (event) => {
  if (event.target.matches('.wj-filter')) request('browse', { words: event.target.value });
});

watch('value', () => {
  const answered = sheet()?.dataset.serial;
  if (answered && answered !== String(serial) && shown) {  // a late answer: what was shown meanwhile comes back
    props.value = shown;
    return;
  }
  shown = props.value;
  box.removeAttribute('aria-busy');
  if (!sheet()) history.replaceState(history.state, '', location.pathname + location.search);
  if (sheet()?.matches('.wj-browse')) return;
  reveal();
  landed();
});

// Answers of a chat that was opened again, or of before: whoever points at a citation of one is about to want it.
const fetched = new Set();
function foresee(event) {
  const key = event.target.closest?.('#wj-chat [data-cite]')?.dataset.cite;
  const turn = key?.split('-')[0];
  if (!key || kept.has(key) || fetched.has(turn)) return;
  fetched.add(turn);
  trigger('shelve', { turn, language: language() });
}

document.addEventListener('pointerover', foresee);
document.addEventListener('focusin', foresee);
document.addEventListener('wj-mail', (event) => { if (event.detail === 'wj-shelf') collect(); });
addEventListener('hashchange', follow);
follow();
