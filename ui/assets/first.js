// Runs before everything else: a page that will be told in another language than it was laid out in waits for it.
{
  let kept = '';
  try { kept = localStorage.getItem('wj-language') || ''; } catch { /* a browser that keeps nothing */ }
  const wanted = kept || navigator.languages?.[0] || navigator.language || 'zh';
  if (!/^zh(?!-.*(?:hant|tw|hk|mo)\b)/i.test(wanted)) document.documentElement.classList.add('wj-turning');
}

// The browser lets go of the connections of a page that is left. Gradio does so just before, and reports that what it
// broke off itself is broken: so it is not told.
addEventListener('beforeunload', (event) => event.stopImmediatePropagation());
