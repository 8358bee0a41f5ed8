// The language: chosen here, remembered by the browser, told to the document. The server tells everything anew in it.
let chosen = false;

function settle() {
  const select = element.querySelector('select');
  if (select.dataset.settled !== '1') return;
  document.documentElement.lang = select.dataset.tag;
  document.title = select.dataset.title;
  document.documentElement.classList.remove('wj-turning');
  // The control itself was drawn anew: the keyboard stays on it.
  if (chosen) setTimeout(() => element.querySelector('select').focus());
  chosen = false;
}

element.addEventListener('change', (event) => {
  chosen = true;
  try { localStorage.setItem('wj-language', event.target.value); } catch { /* not remembered, then */ }
  const { shown = '', at = '' } = document.querySelector('#wj-source .wj-source')?.dataset ?? {};
  const raw = document.querySelector('#wj-source .wj-raw') !== null;
  const browsing = document.querySelector('#wj-source .wj-documents') !== null;
  trigger('choose', { key: event.target.value, shown, at, raw, browsing });
});

watch('value', settle);
