'use strict';
/* Nodes made of text only, and numbers in words. Nothing in the data ever becomes markup. */

const DATA = JSON.parse(document.getElementById('data').textContent);
const RUN = DATA.summary.manifest;
const SVG = document.querySelector('svg').namespaceURI;
const DIRECTION_MARKS = /[\u202a-\u202e\u2066-\u2069]/g;

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/* Marks that turn the direction of text could hide what a model wrote; they are shown as a sign. */
const plain = (value) => String(value).replace(DIRECTION_MARKS, '\u2426');

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

const unique = (values) => [...new Set(values)];
const groupBy = (values, key) => {
  const groups = new Map();
  for (const value of values) {
    const name = key(value);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(value);
  }
  return groups;
};
const NARROW = 760;
const known = (value) => value !== undefined && value !== null;

/* ---------- numbers in words ---------- */
const NONE = '–';
const count = (value) => (known(value) ? value.toLocaleString('en-GB') : NONE);
const several = (value, one, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;
const score = (value) => (known(value) ? value.toFixed(3) : NONE);
const minus = (text) => text.replace('-', '−');
const signed = (value) => {
  const text = minus(value.toFixed(3));
  return value > 0 && !/^0\.0+$/.test(text) ? `+${text}` : text.replace(/^−(0\.0+)$/, '$1');
};
const range = ([low, high], write = score) => `${write(low)} to ${write(high)}`;
/* An interval of a mean can reach past the ends of the scale, a mean cannot. */
const within = (interval) => interval.map((x) => Math.max(0, Math.min(1, x)));
const percent = (value) => `${(100 * value).toFixed(1)}%`;
const chance = (p) => (p < 0.001 ? 'p < 0.001' : `p ${p.toFixed(p < 0.1 ? 3 : 2)}`);
const seconds = (value) => {
  if (!known(value)) return NONE;
  if (value >= 60) return `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`;
  return `${value < 10 ? value.toFixed(2) : value.toFixed(1)} s`;
};
const money = (value) => (known(value) ? value.toFixed(value && value < 1 ? 4 : 2) : NONE);
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const day = (text) => {
  const found = /^(\d{4})-(\d\d)-(\d\d)/.exec(text);
  return found ? `${Number(found[3])} ${MONTHS[Number(found[2]) - 1]} ${found[1]}` : text;
};
const moment = (text) => {
  const found = /^\d{4}-\d\d-\d\d[T ](\d\d:\d\d)/.exec(text);
  return found ? `${day(text)}, ${found[1]} UTC` : day(text);
};
const days = (first, last) => {
  const [from, to] = [day(first), day(last)];
  if (from === to) return to;
  return from.slice(-8) === to.slice(-8) ? `${from.split(' ')[0]} to ${to}` : `${from} to ${to}`;
};

/* ---------- small parts that several sections use ---------- */
const state = (tone, text, pill = false) => el(`span.st.${tone}${pill ? '.pill' : ''}`, {}, text);
const tag = (text, given = {}) => el('span.tag', given, text);
const panel = (id, title, about, ...children) =>
  el(
    'section.panel',
    { id, 'aria-labelledby': `${id}-title`, tabindex: -1 },
    el('div.ph', {}, el('h2', { id: `${id}-title` }, title), about && el('p.mut', {}, about)),
    ...children,
  );
const folded = (title, ...children) => el('details.fold', {}, el('summary', {}, title), ...children);
const select = (label, options, value, change) =>
  el(
    'label.field',
    {},
    el('span', {}, label),
    el(
      'select',
      { name: label.toLowerCase(), onchange: (event) => change(event.target.value) },
      options.map(([key, text]) => el('option', { value: key, selected: key === value }, text)),
    ),
  );

/* A value on a rail with its interval; `low` and `high` are the ends of the rail. The figures stand beside it. */
const rail = ({ value, interval, low = 0, high = 1, mark, hollow = false }) => {
  const place = (x) => `${Math.max(0, Math.min(100, (100 * (x - low)) / (high - low)))}%`;
  return el(
    'span.rail',
    { 'aria-hidden': 'true' },
    known(mark) && el('i.mark', { vars: { x: place(mark) } }),
    interval && interval[0] < interval[1] && el('i.span', { vars: { x: place(interval[0]), z: place(interval[1]) } }),
    known(value) && el(`i.dot${hollow ? '.hollow' : ''}`, { vars: { x: place(value) } }),
  );
};

/* A button that leads to a case in the table of samples. */
const caseButton = (suite, name, variant) =>
  el('button.link', { type: 'button', onclick: () => showCase(suite, name, variant) }, name);

/* ---------- the words of a run ---------- */
const VARIANTS = new Map(RUN.variants.map((variant) => [variant.name, variant]));
const KINDS = {
  offline: 'offline drafter, no model',
  model: 'our prompts',
  freehand: 'control: one plain request',
  template: 'control: the output schema alone',
  obedient: 'obeys every injection',
  linter: 'the linter',
  search: 'the search',
};
const CONTROLS = new Set(['freehand', 'template']);
const primaryOf = (suite) => {
  const checks = Object.entries(RUN.suites[suite]?.checks || {});
  const found = checks.find(([, check]) => check.primary) || checks.find(([, check]) => !check.hard) || checks[0];
  return found ? found[0] : null;
};
const checkOf = (suite, name) => RUN.suites[suite]?.checks[name] || {};
const summaryOf = (each, check, language = 'all') =>
  each.checks.find((found) => found.check === check && found.language === language);
const LANGUAGES = {
  all: 'all languages',
  'zh-Hans': 'Simplified Chinese',
  'zh-Hant': 'Traditional Chinese',
  en: 'English',
};
const language = (key) => LANGUAGES[key] || key;
/* For a `lang` attribute: a case over all languages has none of its own. */
const langOf = (key) => (key === 'all' ? null : key);
