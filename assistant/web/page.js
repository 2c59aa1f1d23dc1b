/* Part of one function with popover.js, which comes before it: what a press does, and what the markup says of the page. */
/* light and dark */
const paint = (dark) => {
  document.body.classList.toggle('dark', dark);
  document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
};
const wish = remembered('goals-theme');
paint(wish ? wish === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);

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
  if (what === 'board') {
    fresh = false;
    $$('.fresh').forEach((node) => node.classList.remove('fresh'));
  }
  $$('[data-swap]').forEach((node) => node.setAttribute('aria-pressed', node.dataset.swap === what));
};
const light = (button) => {
  const goal = button.closest('.goal');
  const on = button.getAttribute('aria-pressed') !== 'true';
  $$('[data-lit]', goal).forEach((node) => node.setAttribute('aria-pressed', on && node === button));
  goal.classList.toggle('dim', on);
  $$('.num', goal).forEach((node) => node.classList.toggle('lit', node.dataset.origin === button.dataset.lit));
};
/* to a field of the draft from the message that says it changed */
const go = (field) => {
  const named = $$('#board [data-field]').find((node) => node.dataset.field === field);
  const goal = $$('#board [data-goal]').find((node) => field.startsWith(node.dataset.goal + '/'));
  const target = named || goal;
  if (!target) return;
  show('board');
  for (let fold = target.closest('details'); fold; fold = fold.parentElement.closest('details')) {
    fold.open = true;
    unfolded.add(foldName(fold));
  }
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  target.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
  shine([target]);
  ($('[data-hot]', target) || target.closest('[data-rove]')?.querySelector('[data-hot]'))?.focus({ preventScroll: true });
  close();
};
const SHINE_MS = 6000;
let shining = 0;
const shine = (nodes) => {
  clearTimeout(shining);
  $$('.shine').forEach((node) => node.classList.remove('shine'));
  nodes.forEach((node) => node.classList.add('shine'));
  shining = setTimeout(() => { nodes.forEach((node) => node.classList.remove('shine')); }, SHINE_MS);
};

/* what a person unfolded stays unfolded when the board is written anew */
const unfolded = new Set();
const foldName = (node) => node.dataset.goal || node.dataset.keep || '';
document.addEventListener('click', (event) => {
  const fold = event.target.closest(':is(#board, #earlier) summary')?.parentElement;
  if (!fold || !foldName(fold)) return;
  setTimeout(() => { if (fold.open) unfolded.add(foldName(fold)); else unfolded.delete(foldName(fold)); });
});

let pressed = '';
document.addEventListener('click', (event) => {
  const hot = hotOf(event);
  if (hot) { open(hot); hot.focus(); return; }
  const button = event.target.closest('button');
  if (!button || button.getAttribute('aria-disabled') === 'true') return;
  const data = button.dataset;
  if (data.act && event.detail === 0) pressed = `[data-act="${data.act}"][data-value="${CSS.escape(data.value || '')}"]`;
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
  else if (data.go) go(data.go);
});

/* the list of formats goes away when one was taken or something else is pressed */
const files = () => $('details.files[open]');
document.addEventListener('click', (event) => {
  const list = files();
  if (list && (!list.contains(event.target) || event.target.closest('a'))) list.open = false;
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !files()) return;
  const button = $('summary', files());
  files().open = false;
  button.focus();
});

document.addEventListener('change', (event) => {
  if (event.target.matches('.gh select[data-act]')) pressed = `#${CSS.escape(event.target.id)}`;
});

/* a list of runs that is written anew stays where it was scrolled to */
let scrolled = [0, 0];
document.addEventListener('scroll', (event) => {
  if (event.target.matches?.('.runs ul')) scrolled = [event.target.scrollLeft, event.target.scrollTop];
}, true);

/* what the markup says about the page */
const voice = document.createElement('div');
voice.className = 'voice';
voice.setAttribute('role', 'status');
voice.setAttribute('aria-live', 'polite');
document.body.append(voice);
const announce = (words) => { voice.textContent = words; };
let said = '';
let told = '';
let drafts = '0';
let stepped = '0';
let fresh = false;
let language = '';
let shownHere = '';
const settle = () => {
  const top = $('header.top');
  if (top && top.dataset.language !== language) {
    language = top.dataset.language;
    document.documentElement.lang = language;
    pop.lang = language;
    document.title = top.dataset.title;
  }
  if (top && top.dataset.session && top.dataset.session !== shownHere) {
    shownHere = top.dataset.session;
    try { sessionStorage.setItem('goals-session', shownHere); } catch { /* then a reload shows the last one */ }
  }
  const list = $('.msgs[data-say]');
  if (list && list.dataset.say !== said) {
    said = list.dataset.say;
    announce(said);
  }
  const runs = $('.runs ul:not([data-kept])');
  if (runs) {
    runs.dataset.kept = '';
    [runs.scrollLeft, runs.scrollTop] = scrolled;
  }
  const news = $('#evals [data-news]')?.dataset.news || '';
  if (news !== told) {
    told = news;
    if (news) announce(news);
  }
  if (list && list.dataset.rows !== String(list.children.length)) {
    list.dataset.rows = list.children.length;
    list.scrollTop = list.scrollHeight;
  }
  refold();
  const under = $('#board .under');
  if (under && under.dataset.step !== stepped) {
    stepped = under.dataset.step;
    shine($$('.chg', under));
    if (document.body.dataset.show !== 'board') fresh = true;
  }
  for (const told of $$('#board [data-told]:not([data-heard])')) {
    told.dataset.heard = '';
    announce(told.dataset.told);
  }
  const swap = $('.swap');
  const count = swap ? swap.dataset.drafts : '0';
  if ((count === '0') !== (drafts === '0')) document.body.dataset.show = count === '0' ? 'talk' : 'board';
  drafts = count;
  const wanted = document.body.dataset.show || 'talk';
  $$('[data-swap]').forEach((node) => {
    const on = String(node.dataset.swap === wanted);
    if (node.getAttribute('aria-pressed') !== on) node.setAttribute('aria-pressed', on);
    node.classList.toggle('fresh', fresh && wanted !== 'board' && node.dataset.swap === 'board');
  });
  $$('.gh [data-rove]').forEach((group) => {
    const chips = $$(STOPS, group);
    if (chips.length && !chips.some((node) => node.tabIndex === 0)) chips[0].tabIndex = 0;
  });
  if (current && !current.isConnected) close();
  if (pressed && document.activeElement === document.body) {
    ($(pressed) || $('#box textarea'))?.focus();
    pressed = '';
  }
};
/* the framework writes the attributes of the markup over those that a person's press has set */
const refold = () => {
  for (const node of $$(':is(#board, #earlier) details')) {
    const name = foldName(node);
    if (name && unfolded.has(name) && !node.open) node.open = true;
  }
};
let due = 0;
new MutationObserver(() => {
  if (!due) due = requestAnimationFrame(() => { due = 0; settle(); });
}).observe($('.gradio-container') || document.body, { childList: true, subtree: true });
settle();
