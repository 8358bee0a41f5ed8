// The list of versions: what its buttons say by events of their own goes on to the server.
for (const name of ['compare', 'use']) {
  element.addEventListener(`wj-${name}`, (event) => trigger(name, event.detail));
}
