'use strict';
/* Nodes made of text only. Nothing in the data ever becomes markup. */

const DATA = JSON.parse(document.getElementById('data').textContent);
const WORDS = DATA.words;
const ROWS = DATA.rows;
const SUMMARY = DATA.summary;
const JUDGED = DATA.judged;
const SVG = document.querySelector('svg').namespaceURI;
/* Marks that turn the direction of text, and controls, could hide what somebody wrote; they are shown as a sign. */
const UNSEEN = /[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

const $ = (selector, root = document) => root.querySelector(selector);
const plain = (value) => String(value).replace(UNSEEN, '\u2426');
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const known = (value) => value !== undefined && value !== null;
const count = (value) => value.toLocaleString('en-GB');

const grow = (node, given, children) => {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'vars') Object.entries(value).forEach(([key, each]) => node.style.setProperty(`--${key}`, each));
    else node.setAttribute(name, value === true ? '' : plain(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false || child === '') continue;
    node.append(child instanceof Node ? child : plain(child));
  }
  return node;
};

/* el('p.why', {lang}, 'text', node, …): attributes are set, `onclick` listens, `vars` are style variables. */
const el = (kind, given = {}, ...children) => {
  const [tag, ...names] = kind.split('.');
  const node = document.createElement(tag);
  if (names.length) node.className = names.join(' ');
  return grow(node, given, children);
};
const drawn = (tag, given = {}, ...children) => grow(document.createElementNS(SVG, tag), given, children);

const panel = (id, title, about, ...children) =>
  el(
    'section.panel',
    { id, 'aria-labelledby': `${id}-title`, tabindex: -1 },
    el('div.ph', {}, el('h2', { id: `${id}-title` }, title), about && el('p.mut', {}, about)),
    ...children,
  );

const TONES = { rewritten: 'accent', kept: 'ok', asked: 'wait', judged: 'info', failed: 'error', skipped: 'todo', pending: 'todo' };
const pill = (outcome) => el(`span.st.${TONES[outcome]}`, {}, WORDS.status[outcome]);
const LETTERS = ['S', 'M', 'A', 'R', 'T', 'C'];
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/* What a row scores, before and after; a row that was kept or asked counts with its own text after as before. */
const before = (row) => (row.before ? row.before.score : null);
const after = (row) => {
  if (row.rewrites.length) return Math.round(mean(row.rewrites.map((each) => each.standing.score)));
  return ['kept', 'asked'].includes(row.outcome) ? before(row) : null;
};
const ORDER = ['fail', 'warn', 'todo', 'pass'];
const markBefore = (row, at) => (row.before ? row.before.marks[at] : null);
const markAfter = (row, at) => {
  if (!row.rewrites.length) return ['kept', 'asked'].includes(row.outcome) ? markBefore(row, at) : null;
  return row.rewrites.map((each) => each.standing.marks[at]).sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))[0];
};
