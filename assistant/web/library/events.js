/* What a press, a search or a file tells the server; one copy for each part of the tab, `element` is the part. */
const tell = (act, value = '', event = 'click') => trigger(event, { act, value });
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-act]');
  if (button && element.contains(button)) tell(button.dataset.act, button.dataset.value || '');
});
let typed = 0;
element.addEventListener('input', (event) => {
  if (!event.target.matches('input[data-find]')) return;
  const words = event.target.value;
  clearTimeout(typed);
  typed = setTimeout(() => tell('find', words, 'select'), 300);
});
const send = async (input, file) => {
  const zone = input.closest('.bring');
  if (!file || zone.hasAttribute('aria-busy')) return;
  if (file.size > Number(input.dataset.most)) { tell('refused', '413'); return; }
  zone.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(`/files/${zone.dataset.ticket}`, {
      method: 'POST', body: file,
      headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name.slice(-150)) },
    });
    tell(answer.ok ? 'file' : 'refused', answer.ok ? '' : String(answer.status));
  } catch {
    tell('refused', '0');
  } finally {
    input.value = '';
    setTimeout(() => zone.removeAttribute('aria-busy'), 1500);
  }
};
element.addEventListener('change', (event) => {
  const node = event.target;
  if (node.matches('input[data-upload]')) send(node, node.files[0]);
  else if (node.matches('select[data-act]')) tell(node.dataset.act, node.value);
});
const over = (event) => event.target.closest?.('.bring');
for (const name of ['dragenter', 'dragover']) {
  element.addEventListener(name, (event) => { if (over(event)) { event.preventDefault(); over(event).classList.add('above'); } });
}
element.addEventListener('dragleave', (event) => over(event)?.classList.remove('above'));
element.addEventListener('drop', (event) => {
  const zone = over(event);
  if (!zone) return;
  event.preventDefault();
  zone.classList.remove('above');
  send(zone.querySelector('input'), event.dataTransfer.files[0]);
});
