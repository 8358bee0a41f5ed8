// The source panel: brings the marked words into view, and finds the way back to the button that was pressed.
const calm = matchMedia('(prefers-reduced-motion: reduce)');

function reveal() {
  document.dispatchEvent(new Event('wj-shown'));
  const mark = element.querySelector('mark.wj-focus');
  if (!mark) return;
  mark.scrollIntoView({ block: 'center', behavior: calm.matches ? 'auto' : 'smooth' });
  mark.focus({ preventScroll: true });
  mark.classList.remove('wj-flash');
  void mark.offsetWidth;  // restarts the animation
  mark.classList.add('wj-flash');
}

function back() {
  const key = element.querySelector('[data-shown]')?.dataset.shown;
  const button = key && document.querySelector(`#wj-chat [data-cite="${CSS.escape(key)}"]`);
  if (!button) return;
  button.scrollIntoView({ block: 'center', behavior: calm.matches ? 'auto' : 'smooth' });
  button.focus({ preventScroll: true });
}

element.addEventListener('wj-again', reveal);
element.addEventListener('click', (event) => { if (event.target.closest('[data-back]')) back(); });
element.addEventListener('keydown', (event) => { if (event.key === 'Escape') back(); });
watch('value', reveal);
