/* What a press, a pick, a file or a search tells the server; one copy for each part of the tab, `element` is the part. */
const KEY = 'goals-batch';
const tell = (act, value = '') => trigger('click', { act, value });
const ticket = () => document.querySelector('#batch [data-ticket]')?.dataset.ticket || '';

const send = async (input, file) => {
  const zone = input.closest('label');
  if (!file || zone.hasAttribute('aria-busy')) return;
  const ending = file.name.slice(file.name.lastIndexOf('.')).toLowerCase();
  if (!input.accept.split(',').includes(ending)) { input.value = ''; tell('refused', '415'); return; }
  if (file.size > Number(input.dataset.most)) { input.value = ''; tell('refused', '413'); return; }
  zone.setAttribute('aria-busy', 'true');
  try { sessionStorage.setItem(KEY, ticket()); } catch { /* private window: a reload finds nothing then */ }
  try {
    const answer = await fetch(`/batch/list/${ticket()}`, {
      method: 'POST', body: file,
      headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name.slice(-200)) },
    });
    tell(answer.ok ? 'uploaded' : 'refused', answer.ok ? '' : String(answer.status));
  } catch {
    tell('refused', '0');
  } finally {
    input.value = '';
    setTimeout(() => zone.removeAttribute('aria-busy'), 600);
  }
};

element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-act]');
  if (!button || !element.contains(button) || button.getAttribute('aria-disabled') === 'true') return;
  const goals = element.querySelector('#batch-goals');
  if (['all', 'only'].includes(button.dataset.act)) {
    const find = document.querySelector('#batch-find');
    if (find) find.value = '';
  }
  tell(button.dataset.act, button.dataset.act === 'start' && goals ? goals.value : button.dataset.value || '');
  if (button.dataset.act === 'only') document.querySelector('#batch-rows')?.scrollIntoView({ block: 'start' });
});
element.addEventListener('change', (event) => {
  const node = event.target;
  if (node.matches('input[data-upload]')) send(node, node.files[0]);
  else if (node.matches('select[data-act], input[type=radio][data-act], textarea[data-act]')) tell(node.dataset.act, node.value);
});

let typed = 0;
element.addEventListener('input', (event) => {
  if (!event.target.matches('input[data-find]')) return;
  clearTimeout(typed);
  typed = setTimeout(() => tell('find', event.target.value), 300);
});

const over = (event) => event.target.closest?.('.drop');
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

/* a page that was loaded again finds the list that its browser tab had */
if (element.id === 'batch-list' || element.closest('#batch-list')) {
  let tries = 0;
  const known = setInterval(() => {
    const now = ticket();
    if (!now && ++tries < 200) return;
    clearInterval(known);
    let before = '';
    try { before = sessionStorage.getItem(KEY) || ''; } catch { /* private window */ }
    if (now && before && before !== now) tell('known', before);
  }, 150);
}
