/* The first look: counts, mean score, errors. */

const tile = (key, value, label, given = {}) =>
  el(
    `${given.onclick ? 'button' : 'div'}.tile.${key}`,
    { type: given.onclick && 'button', ...given },
    el('span.big', {}, value),
    el('span.lab', {}, label),
  );
const arrow = (from, to) => [el('span.was', {}, from), el('i.to', { 'aria-hidden': true }, '→'), el('span', {}, to)];
const rounded = (value) => (known(value) ? String(Math.round(value)) : '–');

const overviewPanel = () => {
  const both = !JUDGED && known(SUMMARY.score_after);
  const words = WORDS.report;
  const kinds = ['rewritten', 'kept', 'asked', 'judged', 'failed', 'skipped', 'pending'];
  const always = JUDGED ? ['judged'] : ['rewritten', 'kept', 'asked', 'failed'];
  const shown = kinds.filter((kind) => SUMMARY[kind] || always.includes(kind));
  return el(
    'section.tiles',
    { id: 'overview', 'aria-label': words.overview, tabindex: -1 },
    tile('score', both ? arrow(rounded(SUMMARY.score_before), rounded(SUMMARY.score_after)) : rounded(SUMMARY.score_before), words.mean),
    tile('errors', both ? arrow(count(SUMMARY.errors_before), count(SUMMARY.errors_after)) : count(SUMMARY.errors_before), words.errors),
    tile('all', count(SUMMARY.rows), words.goals),
    shown.map((kind) =>
      tile(`t-${TONES[kind]}`, count(SUMMARY[kind]), WORDS.status[kind], {
        onclick: () => Filter.only({ status: kind }),
        disabled: !SUMMARY[kind],
        title: SUMMARY[kind] ? filled(words.show_only, { status: WORDS.status[kind] }) : null,
      }),
    ),
  );
};

const noticesPanel = () => {
  const words = WORDS.report;
  const told = [
    DATA.shown < SUMMARY.rows && filled(words.cut, { shown: count(DATA.shown), rows: count(SUMMARY.rows) }),
    SUMMARY.stopped && filled(words.stopped, { why: SUMMARY.stopped }),
  ].filter(Boolean);
  return told.length ? el('div.notices', { role: 'note' }, told.map((each) => el('p', {}, each))) : null;
};

/* ---------- charts ---------- */
const key = () =>
  el('p.keys', { 'aria-hidden': true }, el('span', {}, el('i.k-old'), WORDS.report.before), el('span', {}, el('i.k-new'), WORDS.report.after));

const figure = (title, about, svg, table) =>
  el('figure', {}, el('figcaption', {}, el('h3', {}, title), el('p.mut', {}, about), !JUDGED && key()), svg, el('div.vh', {}, table));

const tableOf = (heads, rows) =>
  el(
    'table',
    {},
    el('thead', {}, el('tr', {}, heads.map((head) => el('th', { scope: 'col' }, head)))),
    el('tbody', {}, rows.map(([head, ...cells]) => el('tr', {}, el('th', { scope: 'row' }, head), cells.map((cell) => el('td', {}, cell))))),
  );

const heads = () => (JUDGED ? ['', WORDS.report.now] : ['', WORDS.report.before, WORDS.report.after]);

const scoreChart = () => {
  const bands = (values) => {
    const made = new Array(10).fill(0);
    values.filter(known).forEach((value) => (made[Math.min(9, Math.floor(value / 10))] += 1));
    return made;
  };
  const sides = JUDGED ? [bands(ROWS.map(before))] : [bands(ROWS.map(before)), bands(ROWS.map(after))];
  const most = Math.max(1, ...sides.flat());
  const [step, floor, tall] = [40, 150, 122];
  const width = JUDGED ? 26 : 15;
  const bars = sides.flatMap((side, nth) =>
    side.map((value, at) => {
      const high = value ? Math.max(2, (tall * value) / most) : 0;
      const x = at * step + 8 + nth * 17 + (JUDGED ? -1 : -4);
      return value
        ? [
            drawn('rect', { class: JUDGED || nth ? 'new' : 'old', x, y: floor - high, width, height: high, rx: 2 }),
            drawn('text', { x: x + width / 2, y: floor - high - 4, 'text-anchor': 'middle', class: 'n' }, count(value)),
          ]
        : [];
    }),
  );
  const ticks = [0, 20, 40, 60, 80, 100].map((value) =>
    drawn('text', { x: value * 4, y: floor + 16, 'text-anchor': value ? (value < 100 ? 'middle' : 'end') : 'start' }, value),
  );
  const svg = drawn(
    'svg',
    { class: 'chart', viewBox: '0 0 400 172', 'aria-hidden': true },
    drawn('line', { class: 'axis', x1: 0, x2: 400, y1: floor + 0.5, y2: floor + 0.5 }),
    ...bars,
    ...ticks,
  );
  const rows = [...Array(10).keys()].map((at) => [at === 9 ? '90–100' : `${at * 10}–${at * 10 + 9}`, ...sides.map((side) => count(side[at]))]);
  return figure(WORDS.report.by_score, WORDS.report.by_score_about, svg, tableOf(heads(), rows));
};

const letterChart = () => {
  const share = (read, at) => {
    const marks = ROWS.map((row) => read(row, at)).filter((mark) => mark && mark !== 'todo');
    return marks.length ? marks.filter((mark) => mark === 'pass').length / marks.length : null;
  };
  const percent = (value) => (known(value) ? `${Math.round(100 * value)}%` : '–');
  const rows = LETTERS.map((letter, at) => [letter, share(markBefore, at), JUDGED ? null : share(markAfter, at)]);
  const [from, wide, step] = [112, 186, 28];
  const x = (value) => from + wide * value;
  const lines = rows.flatMap(([letter, was, is], at) => {
    const y = at * step + 16;
    const told = JUDGED ? percent(was) : was === is ? percent(is) : `${percent(was)} → ${percent(is)}`;
    return [
      drawn('text', { x: 0, y: y + 4, class: 'letter' }, letter),
      drawn('text', { x: 18, y: y + 4 }, WORDS.report.letters[letter]),
      drawn('line', { class: 'rail', x1: from, x2: from + wide, y1: y, y2: y }),
      !JUDGED && known(was) && known(is) && drawn('line', { class: 'move', x1: x(was), x2: x(is), y1: y, y2: y }),
      !JUDGED && known(was) && drawn('circle', { class: 'old', cx: x(was), cy: y, r: 5 }),
      known(JUDGED ? was : is) && drawn('circle', { class: 'new', cx: x(JUDGED ? was : is), cy: y, r: 5 }),
      drawn('text', { x: 400, y: y + 4, 'text-anchor': 'end', class: 'n' }, told),
    ];
  });
  const svg = drawn('svg', { class: 'chart', viewBox: '0 0 400 172', 'aria-hidden': true }, ...lines);
  const table = rows.map(([letter, was, is]) => [WORDS.report.letters[letter], percent(was), ...(JUDGED ? [] : [percent(is)])]);
  return figure(WORDS.report.by_letter, WORDS.report.by_letter_about, svg, tableOf(heads(), table));
};

const balanceGrid = () => {
  const balance = SUMMARY.balance;
  const areas = ['growth', 'efficiency', 'risk', 'team'];
  const sum = areas.reduce((total, area) => total + balance[area], 0);
  if (!sum && !balance.other) return null;
  const most = Math.max(1, ...areas.map((area) => balance[area]));
  return el(
    'figure.balance',
    {},
    el('figcaption', {}, el('h3', {}, WORDS.report.balance), el('p.mut', {}, WORDS.report.balance_about)),
    el(
      'dl.grid',
      {},
      areas.map((area) =>
        el(
          'div',
          { class: balance[area] ? 'area' : 'area empty', vars: { n: `${Math.round((70 * balance[area]) / most)}%` } },
          el('dt', {}, WORDS.report.areas[area]),
          el('dd', {}, balance[area] ? count(balance[area]) : WORDS.report.none_here),
        ),
      ),
    ),
    balance.other > 0 && el('p.mut.sm', {}, filled(WORDS.report.unclear, { count: count(balance.other) })),
  );
};

const chartPanel = () =>
  panel('chart', JUDGED ? WORDS.report.judged_chart : WORDS.report.chart, '', el('div.figures', {}, scoreChart(), letterChart(), balanceGrid()));

/* ---------- over the whole list ---------- */
const wholePanel = () =>
  SUMMARY.set_findings.length
    ? panel(
        'whole',
        WORDS.report.whole,
        '',
        el(
          'ul.whole',
          {},
          SUMMARY.set_findings.map((finding) => {
            const there = finding.rows.filter((index) => BY_INDEX.has(index));
            return el(
              'li',
              { 'data-sev': finding.severity },
              el('span.sev', {}, WORDS.report.severity[finding.severity]),
              el('p', {}, finding.message),
              there.length > 0 &&
                el('button.link', { type: 'button', onclick: () => Filter.only({ chosen: there }) }, filled(WORDS.report.concerns, { count: count(there.length) })),
            );
          }),
        ),
      )
    : null;

/* Goals of one owner whose questions stand together; the others are a click away. */
const MOST_ASKS = 30;
const questionsPanel = () => {
  const owners = new Map();
  for (const row of ROWS) {
    if (!row.questions.length || row.outcome === 'kept') continue;
    if (!owners.has(row.owner)) owners.set(row.owner, []);
    owners.get(row.owner).push(row);
  }
  if (!owners.size) return null;
  const group = ([owner, rows], at) => {
    const asked = rows.reduce((sum, row) => sum + row.questions.length, 0);
    const node = el(
      'details.fold',
      { open: at === 0 },
      el('summary', {}, el('b', {}, owner || WORDS.report.nobody), el('span.mut', {}, filled(WORDS.report.question_count, { count: count(asked) }))),
    );
    const fill = () => {
      if (!node.open || node.dataset.full) return;
      node.dataset.full = 'yes';
      node.append(
        el(
          'ul.asks',
          {},
          rows.slice(0, MOST_ASKS).map((row) =>
            el(
              'li',
              { lang: row.language },
              el('button.link.goal', { type: 'button', onclick: () => Filter.only({ chosen: [row.index] }) }, short(row.text)),
              el('ol', {}, row.questions.map((question) => el('li', {}, question))),
            ),
          ),
          rows.length > MOST_ASKS &&
            el('li', {}, el('button.link', { type: 'button', onclick: () => Filter.only({ chosen: rows.map((row) => row.index) }) }, filled(WORDS.report.concerns, { count: count(rows.length) }))),
        ),
      );
    };
    node.addEventListener('toggle', fill);
    fill();
    return node;
  };
  return panel('questions', WORDS.report.questions, WORDS.report.questions_about, el('div.owners', {}, [...owners].map(group)));
};
const short = (text) => (text.length > 80 ? `${[...text.slice(0, 160)].slice(0, 79).join('')}…` : text);
