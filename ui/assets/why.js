// Why this passage: what is folded under an answer is fetched when the fold is opened, one at a time, and kept for as
// long as the conversation shows it: the conversation is drawn anew while answers grow.
const PATIENCE_MS = 20000;
const NUDGE_MS = 800;
const kept = new Map();  // what was fetched, by fold
const opened = new Set();
const queue = [];
let asked = null;
let count = 0;

const keyOf = (fold) => `${fold.dataset.why} ${fold.dataset.language}`;
const folds = () => [...document.querySelectorAll('#wj-chat details.wj-why')];

function say(fold, { waits = false, failed = false }) {
  fold.querySelector('.wj-why-wait').hidden = !waits;
  fold.querySelector('.wj-why-fail').hidden = !failed;
  if (waits || failed) fold.querySelector('.wj-why-slot').replaceChildren();
}

function show(fold) {
  const key = keyOf(fold);
  if (kept.has(key)) {
    say(fold, {});
    const slot = fold.querySelector('.wj-why-slot');
    if (slot.firstChild !== kept.get(key)) slot.replaceChildren(kept.get(key));
    return;
  }
  say(fold, { waits: true });
  if (asked?.key !== key && !queue.some((one) => one.key === key)) {
    queue.push({ key, turn: fold.dataset.why, language: fold.dataset.language });
    next();
  }
}

function next() {
  if (asked || !queue.length) return;
  asked = { ...queue.shift(), serial: String(++count) };
  asked.timer = setTimeout(() => arrive(null), PATIENCE_MS);
  asked.nudge = setTimeout(() => trigger('nudge', {}), NUDGE_MS);  // as in chat.js
  trigger('explain', { turn: asked.turn, language: asked.language, serial: asked.serial });
}

// `letter` is what came; nothing came in time where it is null.
function arrive(letter) {
  const { key, timer, nudge } = asked;
  clearTimeout(timer);
  clearTimeout(nudge);
  asked = null;
  const told = letter && !('failed' in letter.dataset);
  if (told) {
    const node = document.createElement('div');
    node.innerHTML = letter.innerHTML;
    kept.set(key, node);
  }
  for (const fold of folds()) {
    if (keyOf(fold) !== key || !fold.open) continue;
    if (told) show(fold);
    else {
      say(fold, { failed: true });
      if (letter) fold.querySelector('.wj-why-fail span').textContent = letter.textContent;
    }
  }
  next();
}

watch('value', () => {
  const letter = element.querySelector('[data-serial]');
  if (letter && letter.dataset.serial === asked?.serial) arrive(letter);
});

document.addEventListener('toggle', (event) => {  // it does not bubble
  const fold = event.target;
  if (!fold.matches?.('details.wj-why')) return;
  if (!fold.open) opened.delete(keyOf(fold));
  else { opened.add(keyOf(fold)); show(fold); }
}, true);

document.addEventListener('click', (event) => {
  if (event.target.closest?.('[data-why-again]')) show(event.target.closest('details.wj-why'));
});

new MutationObserver(() => {
  const drawn = folds();
  for (const fold of drawn) if (!fold.open && opened.has(keyOf(fold)) && !fold.dataset.drawn) fold.open = true;
  for (const fold of drawn) fold.dataset.drawn = '';  // what the person closes from now on stays closed
  if (!document.querySelector('#wj-chat .wj-turn')) { kept.clear(); opened.clear(); }
}).observe(document.querySelector('#wj-chat') || document.body, { childList: true, subtree: true });
