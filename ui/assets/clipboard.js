// Puts a text into the clipboard for a button that was clicked. Shares a block with the script that uses it.
async function toClipboard(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {  // no clipboard outside a secure context: the old way still works
    const area = Object.assign(document.createElement('textarea'), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    button.focus({ preventScroll: true });
  }
  button.classList.add('wj-done');
}
