// Something came for the browser to use, out of sight: whoever waits for it is told whose it is.
watch('value', () => {
  const box = element.closest('[id^="wj-"]');
  document.dispatchEvent(new CustomEvent('wj-mail', { detail: box.id }));
});
