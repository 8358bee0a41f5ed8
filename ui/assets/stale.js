// Answers whose sources have changed: asks the server about them when another version answers, and puts what it tells
// into the conversation. The conversation is redrawn while answers grow, so the marks are put in again.
const LOOK_EVERY_MS = 10000;
const NOT_YET_MS = 200;
const chat = () => document.querySelector('#wj-chat');  // laid out later than this, perhaps
let version = null;  // what answers now, as far as is known; nothing while there is no index
let asked = '';    // under what was asked last

const turns = () => [...chat().querySelectorAll('.wj-turn[data-version]')].filter(
  (turn) => turn.dataset.version && turn.dataset.version !== version);

// What is asked: these questions, answered from these versions, while that one answers. Short, so that it can be sent.
function key() {
  const told = turns().map((turn) => [turn.dataset.turn, turn.dataset.version, turn.querySelector('.wj-question').textContent].join(' '));
  if (!version || !told.length) return '';
  let sum = 5381;
  for (const character of told.join('\n')) sum = (sum * 33 + character.codePointAt(0)) % 4294967291;
  return `${version.slice(0, 40)} ${sum}`;
}

function put() {
  if (!chat()) { setTimeout(put, NOT_YET_MS); return; }
  watching.disconnect();
  const now = key();
  const marks = element.querySelector('.wj-marks');
  const known = now && marks?.dataset.key === now;
  for (const turn of chat().querySelectorAll('.wj-turn')) {
    const mark = known ? marks.querySelector(`[data-turn="${CSS.escape(turn.dataset.turn)}"]`) : null;
    const fits = mark && mark.dataset.version === turn.dataset.version;
    const there = turn.querySelector('.wj-stale');
    if (!fits) there?.remove();
    else if (there?.dataset.key !== now) {
      there?.remove();
      const copy = mark.cloneNode(true);
      copy.dataset.key = now;
      turn.querySelector('.wj-answer').prepend(copy);
    }
    const cited = fits ? mark.dataset.cited.split(' ') : [];
    for (const button of turn.querySelectorAll('[data-cite]')) button.classList.toggle('wj-outdated', cited.includes(button.dataset.cite));
  }
  if (now && !known && asked !== now) trigger('check', { key: now });
  asked = now;
  watching.observe(chat(), { childList: true, subtree: true, attributes: true, attributeFilter: ['data-version'] });
}

async function look() {
  if (document.visibilityState === 'hidden') return;
  let told;
  try {
    told = (await (await fetch('health', { cache: 'no-store' })).json()).version;
  } catch { return; }  // not to be reached: nothing is known anew
  if (told !== version && version !== null) trigger('moved', {});
  if (told === version && (!asked || element.querySelector('.wj-marks')?.dataset.key === asked)) return;
  version = told;
  asked = '';  // also when an answer to it never came
  put();
}

const watching = new MutationObserver(put);
document.addEventListener('wj-indexed', look);
document.addEventListener('visibilitychange', look);
addEventListener('focus', look);
setInterval(look, LOOK_EVERY_MS);
watch('value', put);
put();
look();
