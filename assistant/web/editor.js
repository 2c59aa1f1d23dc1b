/* Part of one function with popover.js and page.js, which come before it: a person writes a field in its place. */
let openField = () => {};
let confirmField = () => {};
let mendField = () => {};
{
  const PAUSE_MS = 120;
  const PATIENCE_MS = 3000;
  const PAD = 13;
  const NARROWEST = 340;
  const panel = document.createElement('div');
  panel.className = 'gh editor';
  panel.hidden = true;
  panel.setAttribute('role', 'dialog');
  document.body.append(panel);
  const make = (tag, name, words = '') => {
    const node = document.createElement(tag);
    if (name) node.className = name;
    if (words) node.textContent = words;
    return node;
  };
  let now = null;
  let asks = 0;
  let pause = 0;
  let heardStep = '';

  const words = () => $('.edit-words').dataset;
  const tell = (name, data) => $('#board .under').dispatchEvent(new CustomEvent('goals:tell', { bubbles: true, detail: { name, data } }));
  const pen = (field) => $('[data-pen]', field);
  const fieldAt = (pointer) => $$('#board [data-edit]').find((node) => node.dataset.edit === pointer);
  const rawOf = (field) => field.dataset.raw ?? field.textContent;
  const idle = (field) => pen(field)?.getAttribute('aria-disabled') !== 'true';
  const number = () => Number($('#board .under')?.dataset.version || 0);

  const place = () => {
    const field = now && fieldAt(now.pointer);
    if (!field) return;
    const block = now.kind === 'text' ? field.parentElement : field;
    const box = block.getBoundingClientRect();
    const style = getComputedStyle(block);
    const wide = document.documentElement.clientWidth;
    const inner = box.width - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const width = Math.min(Math.max(inner + 2 * PAD, NARROWEST), wide - 16);
    const left = Math.max(8, Math.min(box.left + parseFloat(style.paddingLeft) - PAD, wide - width - 8));
    panel.style.width = `${width}px`;
    panel.style.left = `${left + scrollX}px`;
    panel.style.top = `${box.top + parseFloat(style.paddingTop) - 9 + scrollY}px`;
    const font = getComputedStyle(field);
    for (const node of [now.area, now.ink]) {
      if (!node) continue;
      node.style.fontSize = font.fontSize;
      node.style.fontWeight = font.fontWeight;
      node.style.lineHeight = font.lineHeight === 'normal' ? '' : font.lineHeight;
    }
  };

  const shut = (back = true) => {
    if (!now) return;
    clearTimeout(pause);
    const { pointer, field } = now;
    field.classList.remove('being');
    now = null;
    panel.hidden = true;
    panel.textContent = '';
    const target = fieldAt(pointer);
    if (back && target) {
      const group = target.closest('[data-rove]');
      if (group) $$(STOPS, group).forEach((node) => { node.tabIndex = -1; });
      pen(target).tabIndex = 0;
      pen(target).focus({ preventScroll: true });
    }
  };
  const value = () => now.area.value;
  const changed = () => value() !== now.before;
  const trouble = (said) => {
    now.said.textContent = '';
    if (said) {
      const line = make('p', 'st error trouble', said);
      line.setAttribute('role', 'alert');
      now.said.append(line);
    }
    now.area.setAttribute('aria-invalid', said ? 'true' : 'false');
  };
  const ink = (mirror) => {
    if (!now.ink) return;
    now.ink.textContent = '';
    if (mirror && mirror.textContent === value()) now.ink.append(...[...mirror.childNodes].map((node) => node.cloneNode(true)), '\n');
    else now.ink.append(`${value()}\n`);
  };
  /* one question at a time; what is typed meanwhile is asked when the answer is there */
  const ask = () => {
    if (!now) return;
    if (now.asked) { now.more = true; return; }
    asks += 1;
    const mine = now.asked = String(asks);
    now.more = false;
    /* answers may overtake each other, and one that is overtaken is not seen */
    setTimeout(() => {
      if (now?.asked !== mine) return;
      now.asked = '';
      ask();
    }, PATIENCE_MS);
    tell('select', { act: 'check', value: now.pointer, text: value(), ask: now.asked });
  };
  const typed = () => {
    ink(null);
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE_MS);
  };
  const put = (text) => {
    now.area.focus();
    now.area.select();
    if (!document.execCommand('insertText', false, text) || value() !== text) now.area.value = text;
    typed();
    clearTimeout(pause);
    ask();
  };
  const save = () => {
    if (!now || now.busy) return;
    if (!changed()) { shut(); return; }
    now.busy = true;
    panel.setAttribute('aria-busy', 'true');
    clearTimeout(pause);
    heardStep = words().step;
    tell('click', { act: 'edit', value: now.pointer, text: value(), version: now.version });
  };

  openField = (field, text = null) => {
    if (!idle(field)) return;
    shut(false);
    close();
    const kind = field.dataset.kind;
    const said = words();
    now = { pointer: field.dataset.edit, kind, field, before: rawOf(field), version: number(), busy: false, asked: '' };
    field.classList.add('being');
    panel.textContent = '';
    panel.removeAttribute('aria-busy');
    panel.setAttribute('aria-label', pen(field).getAttribute('aria-label'));
    panel.lang = document.documentElement.lang;
    const frame = make('div', 'wr');
    frame.lang = field.closest('[lang]')?.lang || '';
    if (kind === 'day') {
      now.area = make('input');
      now.area.type = 'date';
    } else {
      now.ink = make('div', 'under-ink');
      now.ink.setAttribute('aria-hidden', 'true');
      now.area = make('textarea');
      now.area.rows = 1;
      now.area.spellcheck = false;
      frame.append(now.ink);
    }
    now.area.setAttribute('aria-label', field.dataset.name);
    now.area.setAttribute('aria-describedby', 'edit-said edit-keys');
    now.area.value = text ?? now.before;
    frame.append(now.area);
    now.said = make('div', 'said');
    now.said.id = 'edit-said';
    const row = make('div', 'acts');
    now.save = make('button', 'btn tiny pri', said.save);
    const leave = make('button', 'btn tiny', said.cancel);
    for (const button of [now.save, leave]) button.type = 'button';
    now.save.onclick = save;
    leave.onclick = () => shut();
    const keys = make('span', 'mut sm', kind === 'text' ? said.keysText : said.keysLine);
    keys.id = 'edit-keys';
    row.append(now.save, leave, keys);
    panel.append(frame, row, now.said);
    panel.hidden = false;
    ink(null);
    place();
    now.area.focus({ preventScroll: true });
    if (kind !== 'day') now.area.setSelectionRange(value().length, value().length);
    const below = panel.getBoundingClientRect().bottom - innerHeight;
    if (below > 0) scrollBy({ top: below + 24, behavior: 'auto' });
    if (kind !== 'day' && value()) ask();
  };
  /* a proposed figure becomes the person's: the field as it stands is what they say */
  confirmField = (field) => {
    if (!idle(field)) return;
    pressed = `[data-edit="${CSS.escape(field.dataset.edit)}"] [data-pen]`;
    tell('click', { act: 'edit', value: field.dataset.edit, text: rawOf(field), version: number() });
  };

  /* a finding's fix is one press; where it leaves a blank to fill in, the field opens with it */
  mendField = (field, text, blank) => {
    if (!idle(field)) return;
    if (blank) { openField(field, text); typed(); return; }
    pressed = `[data-edit="${CSS.escape(field.dataset.edit)}"] [data-pen]`;
    tell('click', { act: 'edit', value: field.dataset.edit, text, version: number() });
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('#board [data-mend]');
    const field = button && button.getAttribute('aria-disabled') !== 'true' && fieldAt(button.dataset.mend);
    if (field) mendField(field, button.dataset.put, 'blank' in button.dataset);
  });

  panel.addEventListener('input', () => typed());
  panel.addEventListener('click', (event) => {
    const button = event.target.closest('[data-put]');
    if (button) put(button.dataset.put);
  });
  panel.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); shut(); return; }
    if (event.key === 'Enter' && event.target === now.area && (now.kind !== 'text' || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
      return;
    }
    if (event.key === 'Tab') {
      const all = $$('textarea, input, button', panel);
      const next = (all.indexOf(document.activeElement) + (event.shiftKey ? -1 : 1) + all.length) % all.length;
      event.preventDefault();
      all[next].focus();
    }
  });
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || panel.contains(event.target) || pop.contains(event.target)) return;
    const own = event.target.closest?.('#board [data-edit]');
    if (own && (event.target.closest('[data-pen]') || (!event.target.closest('[data-hot], button, a') && String(getSelection()) === ''))) {
      if (now?.pointer === own.dataset.edit) return;
      if (now && changed()) return;
      openField(own);
      return;
    }
    if (now && !now.busy && !changed()) shut(false);
  });
  addEventListener('resize', place);

  const hear = () => {
    const last = words();
    if (last.step === heardStep) return;
    heardStep = last.step;
    if (!now?.busy) return;
    now.busy = false;
    panel.removeAttribute('aria-busy');
    if (last.said) { trouble(last.said); now.area.focus(); return; }
    pressed = `[data-edit="${CSS.escape(now.pointer)}"] [data-pen]`;
    shut();
  };
  const listen = () => {
    if (!now) return;
    const answer = $('#edit-live [data-ask]');
    if (!answer || answer.dataset.ask !== now.asked) return;
    now.asked = '';
    if (now.more) { ask(); return; }
    if (answer.dataset.trouble) { ink(null); trouble(answer.dataset.trouble); return; }
    trouble('');
    ink($('.mirror', answer));
    const rows = $$('.finds > li', answer);
    if (rows.length) now.said.append($('.finds', answer).cloneNode(true));
    else if (changed() && now.kind === 'text') now.said.append(make('p', 'st ok fine', words().clean));
    const score = $('.score-now', answer);
    if (score?.textContent) now.said.append(score.cloneNode(true));
  };
  let waiting = 0;
  new MutationObserver(() => {
    if (!waiting) waiting = requestAnimationFrame(() => {
      waiting = 0;
      if (!$('.edit-words')) return;
      hear();
      listen();
      if (now && !fieldAt(now.pointer)) panel.hidden = true;
      else if (now) {
        if (!now.field.isConnected || !now.field.classList.contains('being')) { now.field = fieldAt(now.pointer); now.field.classList.add('being'); }
        panel.hidden = false;
        place();
      }
    });
  }).observe($('.gradio-container') || document.body, { childList: true, subtree: true });
}
