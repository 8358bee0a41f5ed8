// The conversation: clicks on citations, examples and copy. Runs once, with `element`, `trigger` and `watch` from Gradio.
const box = element.closest('#wj-chat') || element;
let latest = '';  // the newest turn as it was last drawn

// The page is re-rendered while answers grow, which takes back what was set by hand: so it is set again.
function press() {
  const shown = document.querySelector('#wj-source [data-shown]')?.dataset.shown;
  for (const button of element.querySelectorAll('[data-cite]')) {
    button.setAttribute('aria-pressed', String(button.dataset.cite === shown));
  }
}

// An example can be clicked in the moment in which it arrives, while the stream that brought it is closing: a question
// that joins then is never answered. So it waits until that is over; nobody notices.
const CLOSING_MS = 300;

function ask(text) {
  const field = document.querySelector('#wj-question textarea, #wj-question input');
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  setTimeout(() => document.querySelector('#wj-ask').click(), CLOSING_MS);
}

// The newest question goes to the top, so that its answer is read from its beginning; an answer that fits is shown whole.
function follow(turn) {
  if (getComputedStyle(box).overflowY === 'visible') turn.scrollIntoView({ block: 'nearest' });
  else box.scrollTo({ top: turn.offsetTop - 8 });
}

async function copy(button) {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {  // no clipboard outside a secure context: the old way still works
    const area = Object.assign(document.createElement('textarea'), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  button.classList.add('wj-done');
  button.setAttribute('aria-label', button.dataset.copied);
  setTimeout(() => button.classList.remove('wj-done'), 1600);
}

element.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  if (button.dataset.ask) ask(button.dataset.ask);
  else if (button.dataset.copy) copy(button);
});

document.addEventListener('wj-shown', press);

watch('value', () => {
  press();
  const all = element.querySelectorAll('.wj-turn');
  const last = all[all.length - 1];
  const drawn = last ? last.outerHTML : '';
  if (last && drawn !== latest) follow(last);
  latest = drawn;
});
