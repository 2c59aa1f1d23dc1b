/* All samples: search, filters, sorting, pages of a hundred. */

const PAGE = 100;

/* ---------- the rows ---------- */
const readAnswer = (number) => JSON.parse(document.getElementById(`answer-${number}`).textContent);

const ROWS = DATA.samples.map((sample, at) => {
  const about = DATA.cases[sample.case];
  const primary = primaryOf(about.suite);
  const scores = Object.entries(sample.scores);
  const failed =
    sample.status === 'error' ? [] : scores.filter(([, each]) => each.passed === false).map(([name]) => name);
  const value = sample.status === 'error' ? 0 : sample.scores[primary]?.value;
  const move = sample.moves[primary];
  const grave = failed.some((name) => checkOf(about.suite, name).hard);
  const result =
    sample.status === 'error'
      ? 'error'
      : grave
        ? 'fail'
        : failed.length
          ? 'short'
          : scores.some(([, each]) => each.passed)
            ? 'pass'
            : 'unscored';
  return {
    at,
    sample,
    about,
    failed,
    result,
    value: known(value) ? value : null,
    delta: move ? move[1] - move[0] : null,
  };
});

/* The rows of each case, by its number. */
const OF_CASE = groupBy(ROWS, (row) => row.sample.case);

const RESULTS = {
  error: ['error', 'No answer'],
  fail: ['error', 'Fails'],
  short: ['warning', 'Falls short'],
  unscored: ['todo', 'Not scored'],
  pass: ['ok', 'Passes'],
};
const inputText = (about) => wordsOf(about.input);

const wordsOfRow = (row) => {
  if (row.words === undefined) {
    const { sample, about } = row;
    const answer = known(sample.answer) && sample.answer >= 0 ? searchable(readAnswer(sample.answer)) : '';
    const whys = Object.values(sample.scores).map((each) => each.why || '');
    row.words = [
      about.case,
      about.cluster,
      ...about.tags,
      inputText(about),
      sample.error?.kind,
      sample.error?.message,
      ...row.failed,
      ...whys,
      answer,
    ]
      .join('\n')
      .toLowerCase();
  }
  return row.words;
};

/* ---------- what is shown ---------- */
const START = {
  query: '',
  suite: '',
  variant: '',
  language: '',
  tag: '',
  failures: false,
  changed: false,
  sort: 'result',
  down: false,
  page: 0,
};
const view = { ...START };
const opened = new Set();

const ORDER = ['error', 'fail', 'short', 'unscored', 'pass'];
const SORTS = {
  result: (row) => ORDER.indexOf(row.result),
  case: (row) => row.about.case,
  suite: (row) => row.about.suite,
  variant: (row) => `${row.sample.variant} ${String(row.sample.epoch).padStart(4, '0')}`,
  language: (row) => row.about.language,
  score: (row) => row.value,
  change: (row) => row.delta,
  failing: (row) => row.failed.join(' ') || null,
  seconds: (row) => row.sample.seconds,
};

/* The name of a case finds that case alone. */
const NAMES = new Set(DATA.cases.map((each) => each.case));
const chosen = () => {
  const words = view.query.toLowerCase().split(/\s+/).filter(Boolean);
  const named = NAMES.has(view.query);
  return ROWS.filter(
    (row) =>
      (!view.suite || row.about.suite === view.suite) &&
      (!view.variant || row.sample.variant === view.variant) &&
      (!view.language || row.about.language === view.language) &&
      (!view.tag || row.about.tags.includes(view.tag)) &&
      (!view.failures || ['error', 'fail', 'short'].includes(row.result)) &&
      (!view.changed || row.sample.changed) &&
      (named ? row.about.case === view.query : words.every((word) => wordsOfRow(row).includes(word))),
  );
};

/* What is not known comes last in either direction; rows that are alike keep the order of the cases. */
const sorted = (rows) => {
  const key = SORTS[view.sort];
  const way = view.down ? -1 : 1;
  return rows
    .map((row) => [key(row), row])
    .sort(([a, one], [b, other]) => {
      if (!known(a) || !known(b)) return Number(!known(a)) - Number(!known(b)) || one.at - other.at;
      return (a < b ? -way : a > b ? way : 0) || one.at - other.at;
    })
    .map(([, row]) => row);
};

/* ---------- the table ---------- */
const suites = unique(DATA.cases.map((each) => each.suite));
const epochs = RUN.epochs > 1;
const moves = ROWS.some((row) => row.delta !== null);
const COLUMNS = [
  ['result', 'Result'],
  ['case', 'Case'],
  suites.length > 1 && ['suite', 'Suite'],
  ['variant', 'Variant'],
  ['language', 'Language'],
  ['score', 'Score'],
  moves && ['change', 'Change'],
  ['failing', 'Failing checks'],
  ['seconds', 'Time'],
].filter(Boolean);

const changeCell = (delta) => {
  if (delta === null) return el('span.mut', {}, NONE);
  if (Math.abs(delta) < 0.0005) return el('span.mut', {}, '0.000');
  return el(`b.${delta < 0 ? 'down' : 'up'}`, {}, `${delta < 0 ? '▼' : '▲'} ${signed(delta)}`);
};

const excerpt = (about) =>
  about.input.aim ||
  about.input.goals?.[0] ||
  about.input.text ||
  about.input.question ||
  wordsOf(about.input).split('\n')[0];

const cells = {
  result: (row) => [state(...RESULTS[row.result]), row.sample.stale && state('warning', 'other wording')],
  suite: (row) => row.about.suite,
  variant: (row) => [row.sample.variant, epochs && el('small', {}, `epoch ${row.sample.epoch + 1}`)],
  language: (row) => row.about.language,
  score: (row) => el('span.value', {}, el('b', {}, score(row.value)), rail({ value: row.value })),
  change: (row) => changeCell(row.delta),
  failing: (row) =>
    row.sample.error
      ? el('span.mono', {}, row.sample.error.kind)
      : row.failed.length
        ? row.failed.map((name) => el('span.mono.each', {}, name))
        : el('span.mut', {}, 'none'),
  seconds: (row) => seconds(row.sample.seconds),
};

const rowOf = (row) => {
  const shown = opened.has(row.at);
  const button = el(
    'button.turn',
    {
      type: 'button',
      'aria-expanded': String(shown),
      'aria-controls': shown ? `detail-${row.at}` : null,
      'data-row': row.at,
    },
    el('b', {}, row.about.case),
  );
  const line = el(
    'tr.row',
    {
      'data-result': row.result,
      onclick: (event) => {
        if (button.contains(event.target) || !getSelection().toString()) turn(row);
      },
    },
    COLUMNS.map(([name, title]) =>
      name === 'case'
        ? el('th', { scope: 'row' }, button, el('span.aim', { lang: langOf(row.about.language) }, excerpt(row.about)))
        : el('td', { 'data-th': title, 'data-col': name }, cells[name](row)),
    ),
  );
  return shown ? [line, detailRow(row)] : [line];
};

const detailRow = (row) =>
  el('tr.detail', { id: `detail-${row.at}` }, el('td', { colspan: COLUMNS.length }, detail(row)));

/* Opens or closes one row and leaves the others as they are. */
const turn = (row) => {
  if (opened.has(row.at)) opened.delete(row.at);
  else opened.add(row.at);
  const button = $(`[data-row="${row.at}"]`);
  const line = button.closest('tr');
  const shown = opened.has(row.at);
  Popover.close();
  if (shown) line.after(detailRow(row));
  else line.nextElementSibling.remove();
  button.setAttribute('aria-expanded', String(shown));
  if (shown) button.setAttribute('aria-controls', `detail-${row.at}`);
  else button.removeAttribute('aria-controls');
};

const table = { node: null, body: null, head: null, says: null, pages: null };

const draw = () => {
  const rows = sorted(chosen());
  const last = Math.max(0, Math.ceil(rows.length / PAGE) - 1);
  view.page = Math.min(view.page, last);
  const from = view.page * PAGE;
  const some = rows.slice(from, from + PAGE);
  Popover.close();
  table.body.replaceChildren(...some.flatMap(rowOf));
  table.says.textContent =
    rows.length === ROWS.length
      ? several(rows.length, 'sample')
      : `${count(rows.length)} of ${several(ROWS.length, 'sample')}`;
  table.none.hidden = rows.length > 0;
  table.node.hidden = !rows.length;
  for (const head of $$('th', table.head)) {
    const mine = head.dataset.sort === view.sort;
    if (mine) head.setAttribute('aria-sort', view.down ? 'descending' : 'ascending');
    else head.removeAttribute('aria-sort');
  }
  for (const pages of table.pages) {
    pages.hidden = last === 0;
    $('span', pages).textContent = `${count(from + 1)}–${count(from + some.length)} of ${count(rows.length)}`;
    const [back, on] = $$('button', pages);
    back.disabled = view.page === 0;
    on.disabled = view.page === last;
  }
};

const change = (given) => {
  Object.assign(view, { page: 0 }, given);
  draw();
};

const sortBy = (name) =>
  change(view.sort === name ? { down: !view.down } : { sort: name, down: ['score', 'seconds'].includes(name) });

const pager = (below) => {
  const step = (by) => {
    view.page += by;
    draw();
    if (below) table.node.scrollIntoView({ block: 'start' });
  };
  return el(
    'div.pager',
    {},
    el('button.btn', { type: 'button', onclick: () => step(-1) }, 'Previous'),
    el('span', {}),
    el('button.btn', { type: 'button', onclick: () => step(1) }, 'Next'),
  );
};

const filters = () => {
  const every = (title, values) => [['', `All ${title}`], ...values.sort().map((value) => [value, value])];
  const pick = (label, name, values, title) =>
    values.length > 1 && select(label, every(title, values), view[name], (value) => change({ [name]: value }));
  let timer = 0;
  const search = el('input', {
    type: 'search',
    id: 'search',
    placeholder: 'Case, input, reason or answer',
    oninput: (event) => {
      clearTimeout(timer);
      timer = setTimeout(() => change({ query: event.target.value }), 150);
    },
  });
  const check = (name, text, disabled, title) =>
    el(
      'label.check',
      { title },
      el('input', { type: 'checkbox', name, disabled, onchange: (event) => change({ [name]: event.target.checked }) }),
      text,
    );
  const anyChange = DATA.samples.some((each) => each.changed);
  return el(
    'form.filters',
    {
      role: 'search',
      'aria-label': 'Filter the samples',
      onsubmit: (event) => event.preventDefault(),
      onreset: () => {
        clearTimeout(timer);
        change({ ...START, sort: view.sort, down: view.down });
      },
    },
    el('label.field.wide', {}, el('span', {}, 'Search'), search),
    pick('Suite', 'suite', [...suites], 'suites'),
    pick('Variant', 'variant', unique(ROWS.map((row) => row.sample.variant)), 'variants'),
    pick('Language', 'language', unique(ROWS.map((row) => row.about.language)), 'languages'),
    pick('Tag', 'tag', unique(ROWS.flatMap((row) => row.about.tags)), 'tags'),
    el(
      'div.checks-row',
      {},
      check('failures', 'Only failures'),
      check(
        'changed',
        DATA.compared ? 'Only changed since the reference' : 'Only those that fell most since the reference',
        !anyChange,
        anyChange ? null : 'Nothing is known to have changed',
      ),
      el('button.btn.quiet', { type: 'reset' }, 'Clear'),
    ),
  );
};

const samplesPanel = () => {
  table.says = el('p.mut', { role: 'status' });
  table.head = el(
    'tr',
    {},
    COLUMNS.map(([name, title]) =>
      el(
        'th',
        { scope: 'col', 'data-sort': name },
        el('button.sort', { type: 'button', onclick: () => sortBy(name) }, title),
      ),
    ),
  );
  table.body = el('tbody', {});
  table.node = el(
    'table.samples',
    {},
    el('caption.vh', {}, 'All samples; a row opens its case'),
    el('thead', {}, table.head),
    table.body,
  );
  table.none = el('p.pad.mut', { hidden: true }, 'No sample is like this. Clear a filter to see more.');
  table.pages = [pager(false), pager(true)];
  table.body.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches('[data-row]')) return;
    event.preventDefault();
    const all = $$('[data-row]', table.body);
    all[all.indexOf(event.target) + step]?.focus();
  });
  const order = COLUMNS.flatMap(([name, title]) => [
    [`${name} up`, `${title}, rising`],
    [`${name} down`, `${title}, falling`],
  ]);
  return el(
    'section.panel',
    { id: 'samples', 'aria-labelledby': 'samples-title', tabindex: -1 },
    el('div.ph', {}, el('h2', { id: 'samples-title' }, 'All samples'), table.says),
    DATA.left_out > 0 &&
      el(
        'p.note',
        {},
        state('warning', `${several(DATA.left_out, 'answer')} left out to keep this file small`),
        ' They stand in samples.jsonl.',
      ),
    filters(),
    el(
      'div.order',
      {},
      select('Sorted by', order, 'result up', (value) => {
        const [sort, way] = value.split(' ');
        change({ sort, down: way === 'down' });
      }),
    ),
    table.pages[0],
    table.node,
    table.none,
    table.pages[1],
  );
};

/* Shows one case in the table, wherever it was asked for. */
const showCase = (suite, name, variant) => {
  $('.filters').reset();
  const mine = ROWS.filter((row) => row.about.case === name && (!suite || row.about.suite === suite));
  const row = mine.find((each) => each.sample.variant === variant) || mine[0];
  if (!row) return;
  $('#search').value = name;
  opened.add(row.at);
  change({ ...START, query: name });
  view.page = Math.floor(sorted(chosen()).indexOf(row) / PAGE);
  draw();
  const button = $(`[data-row="${row.at}"]`);
  button.closest('tr').scrollIntoView({ block: 'start' });
  button.focus({ preventScroll: true });
};
