// Citations in the conversation: the quote shows when a number is pointed at, focused or touched, and what is copied by
// hand takes its footnotes along. Nothing is asked of the server.
const tip = document.createElement('div');
tip.id = 'wj-tip';
tip.setAttribute('role', 'tooltip');
tip.hidden = true;
tip.append(document.createElement('p'), document.createElement('button'));
document.body.append(tip);
const CLEAR = 8;  // pixels between the tip, its number and the edges of the window
let cited = null;  // the number whose quote shows
let touched = false;

function show(chip) {
  cited?.removeAttribute('aria-describedby');
  cited = chip;
  tip.hidden = !chip;
  if (!chip) return;
  tip.firstChild.textContent = chip.dataset.note;
  tip.lastChild.textContent = element.querySelector('[data-open]').dataset.open;
  tip.lastChild.hidden = !touched;
  chip.setAttribute('aria-describedby', tip.id);
  const at = chip.getBoundingClientRect();
  const room = innerWidth - tip.offsetWidth - CLEAR;
  tip.style.left = `${Math.max(CLEAR, Math.min(at.left, room))}px`;
  const above = at.top - tip.offsetHeight - CLEAR;
  tip.style.top = `${above > CLEAR ? above : at.bottom + CLEAR}px`;
}

const chipOf = (event) => event.target.closest?.('.wj-cite[data-note]') || null;
document.addEventListener('pointerdown', (event) => {
  touched = event.pointerType === 'touch';
  if (cited && !tip.contains(event.target) && chipOf(event) !== cited) show(null);
}, true);
element.addEventListener('pointerover', (event) => { if (event.pointerType !== 'touch' && chipOf(event)) show(chipOf(event)); });
element.addEventListener('pointerout', (event) => {
  if (event.pointerType !== 'touch' && chipOf(event) && !tip.contains(event.relatedTarget)) show(null);
});
tip.addEventListener('pointerleave', (event) => { if (event.pointerType !== 'touch') show(null); });
element.addEventListener('focusin', (event) => { if (!touched && chipOf(event)?.matches(':focus-visible')) show(chipOf(event)); });
element.addEventListener('focusout', (event) => { if (!touched && chipOf(event) === cited) show(null); });
addEventListener('scroll', () => show(null), true);
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !cited) return;
  event.stopPropagation();  // the first Esc closes the tip, and nothing else
  show(null);
}, true);

// A finger has no way to point: its first touch shows the quote, the next one, or the button in the tip, opens the source.
element.addEventListener('click', (event) => {
  const chip = chipOf(event);
  if (!chip || !touched || chip === cited) return;
  event.stopImmediatePropagation();
  show(chip);
});
tip.lastChild.addEventListener('click', () => { const chip = cited; show(null); touched = false; chip?.click(); });

// What is selected, with [1] for the numbers and the footnotes of the lines it touches.
function withNotes(range) {
  const lines = [...element.querySelectorAll('.wj-answer :is(.wj-short, .wj-line, blockquote)')];
  const chips = lines.filter((line) => range.intersectsNode(line)).flatMap((line) => [...line.querySelectorAll('.wj-cite')]);
  const notes = [...new Set(chips.map((chip) => chip.dataset.note))];
  const copy = document.createElement('div');
  copy.className = 'wj-copying';
  copy.append(range.cloneContents());
  for (const chip of copy.querySelectorAll('.wj-cite')) chip.replaceWith(`[${chip.textContent}]`);
  for (const other of copy.querySelectorAll('button, form, .wj-tools')) other.remove();
  document.body.append(copy);
  const text = copy.innerText.trim();
  copy.remove();
  return notes.length && text ? [text, '', ...notes].join('\n') : '';
}

document.addEventListener('copy', (event) => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || event.target.closest?.('textarea, input')) return;
  const range = selection.getRangeAt(0);
  const text = range.intersectsNode(element) ? withNotes(range) : '';
  if (!text) return;
  event.clipboardData.setData('text/plain', text);
  event.preventDefault();
});

watch('value', () => { if (cited && !cited.isConnected) show(null); });
