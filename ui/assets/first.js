// Runs before anything is painted: a page that will be told in another language than it was laid out in waits for it.
// Gradio adds the page's head a second time; by then the page has been told.
{
  const root = document.documentElement;
  if (!root.dataset.wjFirst) {
    root.dataset.wjFirst = '1';
    let kept = '';
    try { kept = localStorage.getItem('wj-language') || ''; } catch { /* a browser that keeps nothing */ }
    const wanted = kept || navigator.languages?.[0] || navigator.language || 'zh';
    if (!/^zh(?!-.*(?:hant|tw|hk|mo)\b)/i.test(wanted)) root.classList.add('wj-turning');
  }
}
