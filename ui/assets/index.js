// The index drawer: opens, closes, keeps the focus where a keyboard expects it, and tells moments in the reader's time.
const drawer = element.closest('#wj-index');
const opener = () => document.querySelector('#wj-index-open');
drawer.setAttribute('role', 'dialog');
drawer.tabIndex = -1;  // what is in it is redrawn, which would lose the focus

// Gradio redraws the button and the head; so what it does not know of is set again.
function name() {
  const title = drawer.querySelector('#wj-index-head h2');
  if (title) drawer.setAttribute('aria-label', title.textContent);
  opener()?.setAttribute('aria-controls', 'wj-index');
  opener()?.setAttribute('aria-expanded', String(drawer.classList.contains('wj-open')));
}

function open() {
  drawer.classList.add('wj-open');
  name();
  drawer.focus({ preventScroll: true });
}

function close() {
  if (!drawer.classList.contains('wj-open')) return;
  drawer.classList.remove('wj-open');
  name();
  opener()?.focus();
}

function localise() {
  const language = drawer.querySelector('#wj-index-head h2')?.lang;
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  for (const time of drawer.querySelectorAll('time:not([title])')) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.valueOf())) continue;
    time.title = time.textContent;
    time.textContent = format.format(moment);
  }
}

// The versions are another component: what is clicked there becomes an event of theirs.
function send(button, event) {
  button.closest('li').dispatchEvent(new CustomEvent(`wj-${event}`, { detail: { version: button.dataset[event] }, bubbles: true }));
}

document.addEventListener('click', (event) => {
  if (event.target.closest('#wj-index-open')) open();
});
drawer.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  if ('close' in button.dataset) close();
  else if (button.dataset.compare) send(button, 'compare');
  else if (button.dataset.use) {
    send(button, 'use');
    drawer.focus({ preventScroll: true });  // the button is about to go
  } else if ('keep' in button.dataset) {
    const confirm = button.closest('details');
    confirm.open = false;
    confirm.querySelector('summary').focus();
  }
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented || !drawer.classList.contains('wj-open')) return;
  if (event.target.closest('#wj-index') || event.target === document.body) {
    event.preventDefault();
    close();
  }
});
let listed = '';     // the versions and the difference as they were last drawn
let compared = '';
function redrawn() {
  name();
  const versions = drawer.querySelector('.wj-versions')?.textContent ?? '';
  const difference = drawer.querySelector('#wj-index-difference h3');
  localise();
  // Another version may answer now: whoever shows answers of the one before looks at once.
  if (versions !== listed) document.dispatchEvent(new Event('wj-indexed'));
  if (difference && difference.textContent !== compared) difference.scrollIntoView({ block: 'start' });
  listed = drawer.querySelector('.wj-versions')?.textContent ?? '';
  compared = difference?.textContent ?? '';
}
new MutationObserver(redrawn).observe(drawer, { childList: true, subtree: true });
name();
