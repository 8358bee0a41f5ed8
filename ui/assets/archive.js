// Saved chats: the drawer, thumbs and notes, downloads. Runs once, with `element`, `trigger` and `watch` from Gradio.
const root = document.documentElement;
const drawer = () => document.querySelector('#wj-chats');
const shell = () => document.querySelector('#wj-chats-shell');
const opener = () => document.querySelector('#wj-chats-button');
const verdicts = new Map();  // what was pressed in this tab: the conversation is drawn anew while answers grow
let limit = '';

const current = () => { try { return sessionStorage.getItem('wj-chat') || ''; } catch { return ''; } };
const words = () => shell()?.querySelector('.wj-chats-search')?.value || '';
const language = () => shell()?.querySelector('[data-language]')?.dataset.language || '';
const opened = () => root.dataset.wjChats === 'open';
const browse = () => trigger('browse', { words: words(), limit });

function open() {
  root.dataset.wjChats = 'open';
  limit = '';
  opener()?.setAttribute('aria-expanded', 'true');
  browse();
  shell()?.querySelector('.wj-chats-search')?.focus();
}

function close() {
  if (!opened()) return;
  delete root.dataset.wjChats;
  opener()?.setAttribute('aria-expanded', 'false');
  opener()?.focus();
}

function rename(button) {
  const item = button.closest('li');
  const field = Object.assign(document.createElement('input'), { type: 'text', maxLength: 200, className: 'wj-chat-name' });
  field.value = button.dataset.title;
  field.setAttribute('aria-label', button.dataset.label);
  field.addEventListener('keydown', (event) => {
    if (event.isComposing) return;  // Enter chooses among Chinese characters
    if (event.key === 'Escape') { event.stopPropagation(); field.remove(); button.focus(); }
    if (event.key === 'Enter' && field.value.trim()) trigger('alter', { action: 'rename', id: button.dataset.rename, title: field.value });
  });
  item.querySelector('.wj-chat-name')?.remove();
  item.prepend(field);
  field.select();
}

function download(button) {
  const id = button.dataset.from || current();
  if (!id) return;
  const query = new URLSearchParams({ language: language() });
  if (button.dataset.of) query.set('turn', button.dataset.of);
  const link = Object.assign(document.createElement('a'), { href: `export/${id}.${button.dataset.export}?${query}`, download: '' });
  document.body.append(link);
  link.click();
  link.remove();
  const menu = button.closest('details');
  menu.open = false;
  menu.querySelector('summary').focus();
}

// Thumbs. A verdict counts at once; the note can follow or not.
function judge(of, verdict, note = '') {
  verdicts.set(`${current()} ${of}`, { verdict, note });
  trigger('judge', { number: of, verdict, note });
  press();
}

function press() {
  for (const thumb of document.querySelectorAll('#wj-chat [data-thumb]')) {
    const known = verdicts.get(`${current()} ${thumb.dataset.of}`);
    if (!known) continue;
    const pressed = String(known.verdict === thumb.dataset.thumb);
    if (thumb.getAttribute('aria-pressed') !== pressed) thumb.setAttribute('aria-pressed', pressed);
    thumb.dataset.note = pressed === 'true' ? known.note : '';
  }
}

function think(thumb) {
  const { thumb: verdict, of } = thumb.dataset;
  const before = thumb.getAttribute('aria-pressed') === 'true' ? thumb.dataset.note : '';
  const box = shell().querySelector('.wj-note-box');
  const field = box.querySelector('textarea');
  judge(of, verdict, before);
  field.value = before;
  box.returnValue = '';
  document.body.append(box);  // out of the drawer, which may be out of sight
  box.querySelector('[data-withdraw]').onclick = () => box.close('withdraw');
  box.onclose = () => {
    shell().querySelector('[role=region]').append(box);
    if (box.returnValue === 'save') judge(of, verdict, field.value);
    if (box.returnValue === 'withdraw') judge(of, '');
    document.querySelector(`#wj-chat [data-thumb="${verdict}"][data-of="${of}"]`)?.focus();
  };
  box.showModal();
  field.focus();
}

const DOINGS = [
  ['[data-close-chats]', close],
  ['[data-new]', () => { document.querySelector('#wj-new').click(); close(); document.querySelector('#wj-question textarea, #wj-question input')?.focus(); }],
  ['[data-open]', (button) => { trigger('choose', { id: button.dataset.open }); if (innerWidth <= 960) close(); }],
  ['[data-rename]', rename],
  ['[data-delete]', (button) => trigger('alter', { action: 'delete', id: button.dataset.delete })],
  ['[data-restore]', (button) => trigger('alter', { action: 'restore', id: button.dataset.restore })],
  ['[data-more]', (button) => { limit = String(Number(button.dataset.more) + 100); browse(); }],
  ['[data-export]', download],
  ['[data-thumb]', think],
];

document.addEventListener('click', (event) => {
  if (event.target.closest('#wj-chats-button')) { if (opened()) close(); else open(); return; }
  for (const menu of document.querySelectorAll('details.wj-export[open]')) if (!menu.contains(event.target)) menu.open = false;
  const button = event.target.closest('button');
  if (!button?.closest('#wj-chats, #wj-chat')) return;
  for (const [selector, doing] of DOINGS) if (button.matches(selector)) { doing(button); return; }
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || document.querySelector('dialog[open]')) return;
  const menu = document.querySelector('details.wj-export[open]');
  if (menu) { menu.open = false; menu.querySelector('summary').focus(); } else if (drawer()?.contains(event.target)) close();
});

let typing = 0;
document.addEventListener('input', (event) => {
  if (!event.target.matches('.wj-chats-search')) return;
  clearTimeout(typing);
  typing = setTimeout(() => { limit = ''; browse(); }, 150);
});

// Times as this place tells them, and the way back to what had the focus.
watch('value', () => {
  for (const time of element.querySelectorAll('time')) {
    time.textContent = new Date(time.dateTime).toLocaleString(language() || undefined, { dateStyle: 'medium', timeStyle: 'short' });
  }
  if (opened() && document.activeElement === document.body) {
    (element.querySelector('[data-restore]') || shell().querySelector('.wj-chats-search'))?.focus();
  }
});

const conversation = document.querySelector('#wj-chat');
if (conversation) new MutationObserver(press).observe(conversation, { childList: true, subtree: true, characterData: true });
const button = opener();
button?.setAttribute('aria-expanded', 'false');
button?.setAttribute('aria-controls', 'wj-chats');
