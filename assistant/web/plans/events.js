/* What a press tells the server, with all that stands in the form; values of the plan are changed in their place. */
const field = (id) => document.getElementById(id)?.value || '';
const chosen = (name) => document.querySelector(`input[name="${name}"]:checked`)?.value || '';
const form = () => ({
  kind: chosen('plan-kind'), source: chosen('plan-source') || 'aim', text: field('plan-text'), notes: field('plan-notes'),
  start: field('plan-start'), end: field('plan-end'),
});
const tell = (act, value, text) => {
  const tab = document.querySelector('#planning');
  tab?.setAttribute('aria-busy', 'true');
  trigger('click', { act, value: value || '', text: text || '', form: form() });
};

/* where the keyboard was, to be there again once the page has written the plan anew */
let last = null;

const close = (editor, value) => {
  if (!editor.isConnected) return;
  editor.remove();
  value.hidden = false;
  value.focus();
};
const open = (value) => {
  const editor = document.createElement('span');
  editor.className = 'plan-editor';
  const box = document.createElement('textarea');
  box.value = value.dataset.words || value.textContent;
  box.rows = Math.min(6, 1 + Math.floor(box.value.length / 40));
  box.setAttribute('aria-label', value.textContent);
  editor.append(box);
  value.hidden = true;
  value.after(editor);
  box.focus();
  box.select();
  box.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') close(editor, value);
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      const text = box.value.trim();
      if (text && text !== value.textContent) { last = value.dataset.field; tell('edit', last, text); }
      else close(editor, value);
    }
  });
  // Later: the page may be taking the editor away itself, and a node is not to be removed while it is being removed.
  box.addEventListener('blur', () => setTimeout(() => { if (box.value === (value.dataset.words || value.textContent)) close(editor, value); }));
};

if (element.id === 'plan-told' || element.closest('#plan-told')) {
  new MutationObserver(() => document.querySelector('#planning')?.removeAttribute('aria-busy')).observe(element, { childList: true, subtree: true, attributes: true });
}
/* the page writes the plan as one that is read: what editing adds to it is put back after every change */
const dress = () => {
  const on = element.classList.contains('plan-editing');
  const toggle = element.querySelector('[data-toggle]');
  if (toggle && toggle.getAttribute('aria-pressed') !== String(on)) toggle.setAttribute('aria-pressed', String(on));
  for (const value of element.querySelectorAll('[data-field]')) {
    if (on === value.hasAttribute('tabindex')) continue;
    if (on) { value.tabIndex = 0; value.setAttribute('role', 'button'); } else { value.removeAttribute('tabindex'); value.removeAttribute('role'); }
  }
};
/* fields are written anew in place, so what stands in one is kept by its question, not by its place */
const written = new Map();
const subject = (input) => input.parentElement.querySelector('button[data-act]')?.dataset.value || '';
let pressed = null;
let step = '';
element.addEventListener('input', (event) => {
  if (event.target.matches('.plan-say input')) written.set(subject(event.target), event.target.value);
});
const refill = () => {
  const now = element.querySelector('#plan-step')?.dataset.step || '';
  if (now === step) return;
  step = now;
  written.delete(pressed);
  for (const input of element.querySelectorAll('.plan-say input')) input.value = written.get(subject(input)) || '';
};
const settle = () => {
  dress();
  refill();
  if (last === null || document.activeElement !== document.body || element.querySelector('.plan-editor')) return;
  const field = last && [...element.querySelectorAll('[data-field]')].find((value) => value.dataset.field === last);
  const target = field || element.querySelector('.plan-open input, .plan-tools button');
  last = null;
  target?.focus({ preventScroll: true });
};
if (element.id === 'plan-shown' || element.closest('#plan-shown')) {
  let waiting = 0;
  new MutationObserver(() => {
    if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; settle(); });
  }).observe(element, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['aria-pressed', 'tabindex', 'data-step'] });
}
element.addEventListener('click', (event) => {
  const toggle = event.target.closest('[data-toggle]');
  if (toggle && element.contains(toggle)) {
    element.classList.toggle(toggle.dataset.toggle);
    dress();
    return;
  }
  const button = event.target.closest('button[data-act]');
  if (button && element.contains(button)) {
    last = '';
    pressed = button.dataset.value || '';
    tell(button.dataset.act, button.dataset.value, button.dataset.from ? field(button.dataset.from) : '');
    return;
  }
  const value = event.target.closest('[data-field]');
  if (value && element.contains(value) && element.classList.contains('plan-editing')) open(value);
});
element.addEventListener('keydown', (event) => {
  if (event.isComposing || event.key !== 'Enter') return;
  const value = event.target.closest('[data-field]');
  if (value && element.classList.contains('plan-editing')) { event.preventDefault(); open(value); return; }
  const said = event.target.closest('.plan-say input');
  if (said) said.parentElement.querySelector('button[data-act]')?.click();
});
