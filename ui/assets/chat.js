// The conversation: asking, editing, stopping, copying. Runs once, with `element`, `trigger` and `watch` from Gradio.
const box = element.closest('#wj-chat') || element;
let latest = '';  // the newest turn as it was last drawn

// The page is re-rendered while answers grow, which takes back what was set by hand: so it is set again.
function press() {
  const shown = document.querySelector('#wj-source [data-shown]')?.dataset.shown;
  for (const button of element.querySelectorAll('[data-cite]')) {
    button.setAttribute('aria-pressed', String(button.dataset.cite === shown));
  }
}

const busy = () => Boolean(element.querySelector('.wj-waiting, [aria-busy="true"]'));
const field = () => document.querySelector('#wj-question textarea, #wj-question input');

// What joins while the stream of the answer before is just closing is taken, but nothing of it comes: Gradio takes the old
// stream for its own. Any other event opens a new one, with all that has waited for it.
const NUDGE_MS = 800;
function nudge() {
  const before = element.innerHTML;
  setTimeout(() => { if (element.innerHTML === before) trigger('nudge', {}); }, NUDGE_MS);
}

function ask(text) {
  field().value = text;
  field().dispatchEvent(new Event('input', { bubbles: true }));
  setTimeout(() => document.querySelector('#wj-ask').click());  // once Gradio has seen what is in the field
}

// The question becomes a form in its place; closing it gives the keyboard back to the button that opened it.
function edit(turn, open) {
  const form = turn.querySelector('.wj-editor'), area = form.querySelector('textarea');
  form.hidden = !open;
  turn.querySelector('.wj-question').hidden = open;
  area.value = area.defaultValue;
  if (open) area.focus(); else turn.querySelector('[data-edit]').focus();
}

function askInstead(form) {
  const text = form.querySelector('textarea').value.trim();
  if (!text || busy()) return;
  trigger('again', { turn: form.dataset.turn, text });
  nudge();
  field().focus();
}

// The newest question goes to the top, so that its answer is read from its beginning; an answer that fits is shown whole.
function follow(turn) {
  if (getComputedStyle(box).overflowY === 'visible') turn.scrollIntoView({ block: 'nearest' });
  else box.scrollTo({ top: turn.offsetTop - 8 });
}

async function copy(button) {
  await toClipboard(button.dataset.copy, button);
  button.setAttribute('aria-label', button.dataset.copied);
  setTimeout(() => { button.classList.remove('wj-done'); button.removeAttribute('aria-label'); }, 1600);
}

element.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const { copy: text, retry, edit: opens, cancel: closes } = button.dataset;
  if (text) copy(button);
  else if (retry && !busy()) {
    trigger('again', { turn: retry, text: '' });
    nudge();
  } else if (opens !== undefined || closes !== undefined) edit(button.closest('.wj-turn'), opens !== undefined);
});

element.addEventListener('submit', (event) => {
  event.preventDefault();
  askInstead(event.target);
});

element.addEventListener('keydown', (event) => {
  const form = event.target.closest('.wj-editor');
  if (!form || event.isComposing) return;
  if (event.key === 'Enter' && !event.shiftKey && event.target.matches('textarea')) {
    event.preventDefault();
    askInstead(form);
  } else if (event.key === 'Escape') {
    event.stopPropagation();
    edit(form.closest('.wj-turn'), false);
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.target === field()) nudge();
}, true);
document.addEventListener('click', (event) => { if (event.target.closest('#wj-ask')) nudge(); }, true);

// Suggestions stand in the welcome and above the question; Esc stops an answer from anywhere.
document.addEventListener('click', (event) => {
  const suggested = event.target.closest('#wj-left [data-ask]')?.dataset.ask;
  if (suggested && !busy()) ask(suggested);
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.isComposing && busy()) document.querySelector('#wj-stop').click();
});

document.addEventListener('wj-shown', press);

watch('value', () => {
  press();
  document.querySelector('#wj-left').classList.toggle('wj-busy', busy());
  const all = element.querySelectorAll('.wj-turn');
  const last = all[all.length - 1];
  const drawn = last ? last.outerHTML : '';
  if (last && drawn !== latest) follow(last);
  latest = drawn;
});
