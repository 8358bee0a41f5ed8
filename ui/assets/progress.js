// The rebuild: its report can be closed.
element.addEventListener('click', (event) => {
  if (event.target.closest('[data-close]')) element.querySelector('.wj-rebuild').hidden = true;
});
