/* Part of one function with page.js, which comes after it: helpers, and the popover of numbers, findings and terms. */
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const remembered = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window */ } };
const HOT = '.gh [data-hot]';
const STOPS = '[data-hot], [data-pen]';

/* one popover for numbers and findings */
const pop = document.createElement('div');
pop.className = 'gh pop';
pop.id = 'pop';
pop.hidden = true;
pop.setAttribute('role', 'dialog');
document.body.append(pop);
let current = null;
let timer = 0;
const close = () => {
  if (current) { current.classList.remove('open'); current.removeAttribute('aria-describedby'); }
  current = null;
  pop.hidden = true;
};
const part = (tag, name, words) => {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (words) node.textContent = words;
  pop.append(node);
  return node;
};
const fill = (hot) => {
  const data = hot.dataset;
  pop.textContent = '';
  pop.setAttribute('aria-label', hot.getAttribute('aria-label') || '');
  const own = hot.closest('[lang]');
  if (data.message) {
    const head = part('h4', 'st ' + data.sev, data.message);
    head.lang = own ? own.lang : '';
    const id = document.createElement('span');
    id.className = 'mono';
    id.textContent = data.rule;
    head.append(id);
    if (data.help) part('p', 'why', data.help).lang = head.lang;
    const field = hot.closest('[data-edit]');
    if (data.put && field) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'btn tiny pri';
      button.textContent = data.fix;
      button.lang = head.lang;
      button.onclick = () => { close(); mendField(field, data.put, 'blank' in data); };
      part('div', 'acts').append(button);
    }
    const fix = data.press && $$('[data-act="fix"]').find((node) => node.dataset.value === data.press);
    if (fix) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'btn tiny pri';
      button.textContent = data.fix;
      button.lang = head.lang;
      button.onclick = () => { close(); fix.click(); };
      part('div', 'acts').append(button);
    }
  }
  if (data.term) {
    part('h4', '', data.term);
    part('p', 'why', data.why);
  }
  if (data.origin) {
    if (data.message) part('hr');
    const head = part('h4', 'from');
    head.dataset.origin = data.origin;
    const glyph = document.createElement('span');
    glyph.className = 'glyph';
    head.append(glyph, data.label);
    if (data.why) part('p', 'why', data.why);
    if (data.place) part('p', 'place', data.place);
    const own = hot.closest('[data-edit]');
    const words = own && $('.edit-words');
    if (words) {
      const row = part('div', 'acts');
      const act = (label, name, what) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = name;
        button.textContent = label;
        button.onclick = () => { close(); what(); };
        row.append(button);
      };
      if (data.origin === 'proposed') act(words.dataset.confirm, 'btn tiny pri', () => confirmField(own));
      act(words.dataset.open, 'btn tiny', () => openField(own));
    }
    if (data.jump) {
      const row = $('.acts:last-child', pop) || part('div', 'acts');
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'btn tiny';
      button.textContent = $('[data-word-source]')?.dataset.wordSource || data.place;
      button.onclick = () => {
        const target = $$('[data-source]').find((node) => node.dataset.source === data.jump);
        close();
        if (!target) return;
        const full = $('details', target);
        if (full) full.open = true;
        target.scrollIntoView({ block: 'center' });
        target.focus();
      };
      row.append(button);
    }
  }
};
const open = (hot) => {
  if (current === hot) return;
  close();
  current = hot;
  hot.classList.add('open');
  hot.setAttribute('aria-describedby', 'pop');
  fill(hot);
  pop.hidden = false;
  const box = hot.getClientRects()[0];
  if (!box) return;
  const wide = document.documentElement.clientWidth;
  const left = Math.max(16, Math.min(box.left - 20, wide - pop.offsetWidth - 16));
  const above = box.bottom + 10 + pop.offsetHeight > innerHeight && box.top - pop.offsetHeight - 10 > 0;
  pop.classList.toggle('up', above);
  pop.style.left = left + scrollX + 'px';
  pop.style.top = (above ? box.top - pop.offsetHeight - 10 : box.bottom + 10) + scrollY + 'px';
  pop.style.setProperty('--ax', Math.max(14, Math.min(pop.offsetWidth - 28, box.left + box.width / 2 - left - 6)) + 'px');
};
const hotOf = (event) => (event.target.closest ? event.target.closest(HOT) : null);
document.addEventListener('mouseover', (event) => {
  const hot = hotOf(event);
  clearTimeout(timer);
  if (hot) timer = setTimeout(() => open(hot), 120);
  else if (!event.target.closest('#pop')) timer = setTimeout(close, 220);
});
document.addEventListener('focusin', (event) => {
  const hot = hotOf(event);
  if (hot) open(hot);
  else if (!event.target.closest('#pop')) close();
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && current) {
    const back = current;
    const inside = pop.contains(document.activeElement);
    close();
    if (inside) back.focus();
    return;
  }
  const hot = hotOf(event);
  const stop = hot || event.target.closest?.('.gh [data-pen]');
  if (!stop) return;
  const all = $$(STOPS, stop.closest('[data-rove]') || stop.parentElement);
  const at = all.indexOf(stop);
  const next = all[{ ArrowRight: (at + 1) % all.length, ArrowLeft: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[event.key]];
  if (next) {
    event.preventDefault();
    all.forEach((node) => { node.tabIndex = -1; });
    next.tabIndex = 0;
    next.focus();
  } else if (hot && (event.key === 'Enter' || event.key === ' ')) {
    event.preventDefault();
    open(hot);
    $('button', pop)?.focus();
  }
});
