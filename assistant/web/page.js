() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const remembered = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window */ } };
  const HOT = '.gh [data-hot]';

  /* light and dark */
  const paint = (dark) => {
    document.body.classList.toggle('dark', dark);
    document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
  };
  const wish = remembered('goals-theme');
  paint(wish ? wish === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);

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
      if (data.jump) {
        const row = part('div', 'acts');
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
    if (!hot) return;
    const all = $$('[data-hot]', hot.closest('[data-rove]') || hot.parentElement);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = all[(all.indexOf(hot) + step + all.length) % all.length];
      all.forEach((node) => { node.tabIndex = -1; });
      next.tabIndex = 0;
      next.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(hot);
      $('button', pop)?.focus();
    }
  });

  /* an Enter that ends the input of Chinese characters does not send */
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
  }, true);

  /* presses that the server need not know of */
  const markdown = () => $('#board textarea.md');
  const copy = async (button) => {
    const text = markdown().value;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement('textarea');
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
    }
    const label = $('span', button);
    const before = label.textContent;
    label.textContent = markdown().dataset.copied;
    announce(markdown().dataset.copied);
    setTimeout(() => { label.textContent = before; }, 1600);
  };
  const save = (name) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([markdown().value], { type: 'text/markdown;charset=utf-8' }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const show = (what) => {
    document.body.dataset.show = what;
    $$('[data-swap]').forEach((node) => node.setAttribute('aria-pressed', node.dataset.swap === what));
  };
  const light = (button) => {
    const goal = button.closest('.goal');
    const on = button.getAttribute('aria-pressed') !== 'true';
    $$('[data-lit]', goal).forEach((node) => node.setAttribute('aria-pressed', on && node === button));
    goal.classList.toggle('dim', on);
    $$('.num', goal).forEach((node) => node.classList.toggle('lit', node.dataset.origin === button.dataset.lit));
  };
  let pressed = '';
  document.addEventListener('click', (event) => {
    const hot = hotOf(event);
    if (hot) { open(hot); hot.focus(); return; }
    const button = event.target.closest('button');
    if (!button) return;
    const data = button.dataset;
    if (data.act && event.detail === 0) pressed = `[data-act="${data.act}"][data-value="${data.value || ''}"]`;
    if ('theme' in data) {
      const dark = !document.body.classList.contains('dark');
      paint(dark);
      remember('goals-theme', dark ? 'dark' : 'light');
    } else if (data.fill) {
      const box = $('#box textarea');
      box.value = data.fill;
      box.dispatchEvent(new Event('input', { bubbles: true }));
      box.focus();
    } else if ('copy' in data) copy(button);
    else if (data.save) save(data.save);
    else if (data.swap) show(data.swap);
    else if (data.lit) light(button);
  });

  /* what the markup says about the page */
  const voice = document.createElement('div');
  voice.className = 'voice';
  voice.setAttribute('role', 'status');
  voice.setAttribute('aria-live', 'polite');
  document.body.append(voice);
  const announce = (words) => { voice.textContent = words; };
  let said = '';
  let drafts = '0';
  let language = '';
  const settle = () => {
    const top = $('header.top');
    if (top && top.dataset.language !== language) {
      language = top.dataset.language;
      document.documentElement.lang = language;
      pop.lang = language;
      document.title = top.dataset.title;
    }
    const list = $('.msgs[data-say]');
    if (list && list.dataset.say !== said) {
      said = list.dataset.say;
      announce(said);
    }
    if (list && list.dataset.rows !== String(list.children.length)) {
      list.dataset.rows = list.children.length;
      list.scrollTop = list.scrollHeight;
    }
    const swap = $('.swap');
    const count = swap ? swap.dataset.drafts : '0';
    if (count !== drafts) {
      drafts = count;
      document.body.dataset.show = count === '0' ? 'talk' : 'board';
    }
    const wanted = document.body.dataset.show || 'talk';
    $$('[data-swap]').forEach((node) => {
      const on = String(node.dataset.swap === wanted);
      if (node.getAttribute('aria-pressed') !== on) node.setAttribute('aria-pressed', on);
    });
    $$('.gh [data-rove]').forEach((group) => {
      const chips = $$('[data-hot]', group);
      if (chips.length && !chips.some((node) => node.tabIndex === 0)) chips[0].tabIndex = 0;
    });
    if (current && !current.isConnected) close();
    if (pressed && document.activeElement === document.body) {
      ($(pressed) || $('#box textarea'))?.focus();
      pressed = '';
    }
  };
  let due = 0;
  new MutationObserver(() => {
    if (!due) due = requestAnimationFrame(() => { due = 0; settle(); });
  }).observe($('.gradio-container') || document.body, { childList: true, subtree: true });
  settle();
}
