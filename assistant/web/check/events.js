/* What a key, a press or a file tells the server; one copy for each part of the tab, `element` is the part. */
const PAUSE_MS = 150;
const MOST = 40001;
const box = () => document.querySelector('#paste textarea');
const tell = (act, value = '', event = 'click') => trigger(event, { act, value, text: [...(box()?.value || '').slice(0, 2 * MOST)].slice(0, MOST).join('') });

let typed = 0;
element.addEventListener('input', (event) => {
  if (!event.target.matches('#paste textarea')) return;
  clearTimeout(typed);
  typed = setTimeout(() => tell('lint', '', 'select'), PAUSE_MS);
});
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-act]');
  if (!button || !element.contains(button) || button.getAttribute('aria-disabled') === 'true') return;
  tell(button.dataset.act, button.dataset.value || '');
});

const send = async (file) => {
  const editor = document.querySelector('#editor');
  const input = document.querySelector('#check-top input[data-upload]');
  const ticket = document.querySelector('#check-top [data-ticket]')?.dataset.ticket;
  if (!file || !ticket || editor.hasAttribute('aria-busy')) return;
  if (file.size > Number(input.dataset.most)) { tell('refused', '413'); return; }
  editor.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(`/files/${ticket}`, {
      method: 'POST', body: file,
      headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name.slice(-150)) },
    });
    tell(answer.ok ? 'file' : 'refused', answer.ok ? '' : String(answer.status));
  } catch {
    tell('refused', '0');
  } finally {
    input.value = '';
    editor.removeAttribute('aria-busy');
  }
};
element.addEventListener('change', (event) => {
  if (event.target.matches('input[data-upload]')) send(event.target.files[0]);
});
if (element.id === 'check-top' || element.closest('#check-top')) {
  const editor = document.querySelector('#editor');
  const files = (event) => [...(event.dataTransfer?.types || [])].includes('Files');
  for (const name of ['dragenter', 'dragover']) {
    editor.addEventListener(name, (event) => { if (files(event)) { event.preventDefault(); editor.classList.add('above'); } });
  }
  editor.addEventListener('dragleave', (event) => { if (!editor.contains(event.relatedTarget)) editor.classList.remove('above'); });
  editor.addEventListener('drop', (event) => {
    if (!files(event)) return;
    event.preventDefault();
    editor.classList.remove('above');
    send(event.dataTransfer.files[0]);
  });
}
