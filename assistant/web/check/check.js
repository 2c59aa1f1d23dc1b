/* Part of one function with popover.js and page.js, which come before it: the underlines behind the text box. */
let pasted = '';
let marks = [];
let putStep = 0;
let mirrored = '';
let tongue = '';
let heard = '';
const box = () => $('#paste textarea');
const inkOf = () => $('#paste .under-ink');

/* draws the text as it stands, with the marks that still belong to it */
const draw = () => {
  const ink = inkOf();
  if (!ink) return;
  const words = box().value;
  const nodes = [];
  let at = 0;
  for (const mark of marks) {
    if (mark.start < at || mark.end > words.length) continue;
    nodes.push(words.slice(at, mark.start));
    const node = mark.node.cloneNode(false);
    node.textContent = words.slice(mark.start, mark.end);
    nodes.push(node);
    at = mark.end;
  }
  nodes.push(words.slice(at) + '\n');
  ink.replaceChildren(...nodes);
  ink.lang = box().lang = tongue;
};
/* after a change, marks before and behind it stay, those that it touches go until the next judgement */
const shift = (before, after) => {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head
    && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const by = after.length - before.length;
  marks = marks.flatMap((mark) => {
    if (mark.end <= head) return [mark];
    if (mark.start >= before.length - tail) return [{ ...mark, start: mark.start + by, end: mark.end + by }];
    return [];
  });
};
const typedInto = () => {
  const words = box().value;
  if (words === pasted) return;
  shift(pasted, words);
  pasted = words;
  draw();
  const mirror = $('#found .mirror');
  if (mirror) takeMarks(mirror);
};
document.addEventListener('input', (event) => {
  if (event.target.matches?.('#paste textarea')) typedInto();
});
const takeMarks = (mirror) => {
  if (mirror.textContent !== box().value) return;
  marks = [];
  let at = 0;
  for (const node of mirror.childNodes) {
    const length = node.textContent.length;
    if (node.nodeType === 1) marks.push({ start: at, end: at + length, node });
    at += length;
  }
  tongue = mirror.lang;
  draw();
};
/* a text from the server goes in as if typed, so that the browser can undo it */
const putText = (words) => {
  const area = box();
  const back = document.activeElement;
  area.focus({ preventScroll: true });
  area.select();
  const done = words ? document.execCommand('insertText', false, words) : document.execCommand('delete');
  if (!done || area.value !== words) {
    area.value = words;
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }
  area.setSelectionRange(0, 0);
  if (back && back !== area && back.isConnected) back.focus({ preventScroll: true });
};
const look = () => {
  const area = box();
  if (!area) return;
  /* the framework mends nodes in place where it writes them anew: what was drawn may be gone, and so may the text */
  if (pasted && !area.value) area.value = pasted;
  if (inkOf().textContent !== `${area.value}\n` || area.lang !== tongue) draw();
  const put = $('#found textarea.put');
  if (put && Number(put.dataset.step) !== putStep) {
    putStep = Number(put.dataset.step);
    putText(put.defaultValue);
  }
  const mirror = $('#found .mirror');
  const seen = mirror ? mirror.innerHTML : '';
  if (seen !== mirrored) {
    mirrored = seen;
    if (mirror) takeMarks(mirror);
    else { marks = []; draw(); }
  }
  for (const node of $$('#found .checked')) {
    if (unrolled.has(node.id)) $('.rad', node).open = true;
  }
  const news = $('#check-top [data-news]')?.dataset.news || '';
  if (news !== heard) {
    heard = news;
    if (news) announce(news);
  }
};
/* a radar that was opened stays open when the list is judged anew */
const unrolled = new Set();
document.addEventListener('click', (event) => {
  const fold = event.target.closest('.rad > summary')?.parentElement;
  const id = fold?.closest('.checked').id;
  if (id) setTimeout(() => { if (fold.open) unrolled.add(id); else unrolled.delete(id); });
});
let looking = 0;
new MutationObserver(() => {
  if (!looking) looking = requestAnimationFrame(() => { looking = 0; look(); });
}).observe($('.gradio-container') || document.body, { childList: true, subtree: true });

/* what the pointer or the caret is on */
const under = (x, y) => document.elementsFromPoint(x, y).find((node) => node.matches('.under-ink .find'));
let pointed = null;
document.addEventListener('mousemove', (event) => {
  if (!event.target.matches?.('#paste textarea')) { pointed = null; return; }
  const found = under(event.clientX, event.clientY) || null;
  if (found === pointed) return;
  pointed = found;
  clearTimeout(timer);
  timer = setTimeout(() => { if (pointed) open(pointed); else close(); }, pointed ? 120 : 220);
});
const atCaret = () => {
  const at = box().selectionStart;
  let from = 0;
  for (const node of inkOf().childNodes) {
    const to = from + node.textContent.length;
    if (node.nodeType === 1 && at >= from && at <= to) { open(node); return; }
    from = to;
  }
  close();
};
document.addEventListener('click', (event) => { if (event.target.matches?.('#paste textarea')) atCaret(); });
document.addEventListener('keyup', (event) => {
  if (event.target.matches?.('#paste textarea') && event.altKey && event.key === 'Enter') atCaret();
});
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-to]');
  const target = button && document.getElementById(button.dataset.to);
  if (!target) return;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  target.scrollIntoView({ block: 'start', behavior: still ? 'auto' : 'smooth' });
  target.focus({ preventScroll: true });
  shine([target]);
});
look();
