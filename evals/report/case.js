/* The case behind a row: its input, and all its answers side by side. */

const INPUT_NAMES = {
  aim: 'Aim',
  team: 'Team',
  org_goals: 'Organisational goals',
  improve: 'To improve',
  resources: 'Resources',
  context: 'Context',
  question: 'Question',
  text: 'Goal',
  expected: 'Expected',
  attack: 'Injected words',
  goals: 'Goals',
  documents: 'Documents',
  must_keep: 'Figures to keep',
  must_not_state: 'Figures nobody gave',
  conflicts: 'Contradictions to raise',
  count: 'Goals asked for',
  today: 'Today',
};

const empty = (value) => !known(value) || value === '' || (Array.isArray(value) && !value.length);
const title = (name) =>
  INPUT_NAMES[name] || LANGUAGES[name] || name.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());

const inputPart = (row) => {
  const { input } = row.about;
  const lang = langOf(row.about.language);
  const marks = new Marks([], [], row.sample);
  marks.context = { input, language: lang };
  const value = (name, each) => {
    if (typeof each === 'string')
      return el('dd', { lang: LANGUAGES[name] ? name : lang }, marks.write(each, `/${name}`));
    if (Array.isArray(each) && each.every((one) => typeof one === 'string')) {
      if (each.every((one) => one.length < 24)) return el('dd', { lang }, each.join(', '));
      return el(
        'dd',
        {},
        el(
          'ul.dots',
          { lang },
          each.map((one, at) => el('li', {}, marks.write(one, `/${name}/${at}`))),
        ),
      );
    }
    if (Array.isArray(each) && each.every((one) => one && typeof one.text === 'string')) {
      return el(
        'dd',
        {},
        el(
          'ul.dots',
          { lang },
          each.map((one) => el('li', {}, one.name && el('b', {}, `${one.name}: `), one.text)),
        ),
      );
    }
    return el('dd', {}, typeof each === 'object' ? el('span.mono', {}, JSON.stringify(each)) : String(each));
  };
  return el(
    'dl.input',
    { 'data-rove': true },
    Object.entries(input)
      .filter(([, each]) => !empty(each))
      .map(([name, each]) => el('div', {}, el('dt', {}, title(name)), value(name, each))),
  );
};

const checkLine = (suite, name, each) => {
  const tone = each.passed === false ? (checkOf(suite, name).hard ? 'error' : 'warning') : each.passed ? 'ok' : 'todo';
  const value = known(each.value) ? each.value.toFixed(each.value % 1 ? 3 : 0) : 'not scored';
  return el(
    'li',
    {},
    state(tone, el('span.mono', {}, name)),
    el('span.mut', {}, value),
    each.why && el('p', {}, each.why),
    each.passed === false &&
      each.spans &&
      el(
        'p.spans',
        {},
        each.spans.map((span) => el('span', {}, el('q', {}, span.text), el('span.mono.mut', {}, ` ${span.field}`))),
      ),
  );
};

const checksPart = ({ sample, suite }) => {
  if (sample.status === 'error') {
    return el(
      'div.sec',
      {},
      el(
        'ul.lines',
        {},
        el(
          'li',
          {},
          state('error', 'No answer'),
          el('span.mono', {}, sample.error?.kind || 'unknown'),
          el('p', {}, sample.error?.message || 'No reason was kept.'),
          el('p.mut', {}, 'Every check counts as failed until it is run again.'),
        ),
      ),
    );
  }
  const all = Object.entries(sample.scores);
  const failing = all.filter(([, each]) => each.passed === false);
  const rest = all.filter(([, each]) => each.passed !== false);
  return el(
    'div.sec',
    {},
    failing.length
      ? el(
          'ul.lines',
          {},
          failing.map((each) => checkLine(suite, ...each)),
        )
      : state('ok', all.length ? 'No check fails' : 'No check'),
    rest.length > 0 &&
      folded(
        `${several(rest.length, 'other check')}`,
        el(
          'ul.lines',
          {},
          rest.map((each) => checkLine(suite, ...each)),
        ),
      ),
  );
};

const headPart = (column) => {
  const { sample, suite } = column;
  const value = sample.status === 'error' ? 0 : sample.scores[primaryOf(suite)]?.value;
  const spent = [
    seconds(sample.seconds),
    sample.calls > 0 && several(sample.calls, 'call'),
    sample.rounds > 0 && several(sample.rounds, 'repair round'),
    known(sample.prompt_tokens) && `${count(sample.prompt_tokens)} + ${count(sample.completion_tokens)} tokens`,
    sample.cost > 0 && `cost ${money(sample.cost)}`,
  ];
  return el(
    'div.sec.col-head',
    {},
    el(
      'h3',
      {},
      sample.variant,
      epochs && el('span.mut', {}, ` epoch ${sample.epoch + 1}`),
      column.was && [' ', tag('reference')],
      sample.stale && [' ', state('warning', 'other wording')],
    ),
    el(
      'p',
      {},
      el('b', {}, score(value)),
      el('span.mut', {}, ` ${primaryOf(suite)}`),
      ' ',
      column.delta !== null && changeCell(column.delta),
    ),
    el('p.mut.sm', {}, spent.filter(Boolean).join(' · ')),
  );
};

const partsOf = (column) => {
  const { sample } = column;
  const head = [
    ['head', headPart(column)],
    ['checks', checksPart(column)],
  ];
  if (sample.answer === -1)
    return [
      ...head,
      ['whole', el('div.sec.whole.mut', {}, 'Left out to keep this file small; it stands in samples.jsonl.')],
    ];
  if (!known(sample.answer)) return [...head, ['whole', el('div.sec.whole.mut', {}, 'Nothing was answered.')]];
  const output = readAnswer(sample.answer);
  const context = { input: column.about.input, language: column.about.language, row: sample };
  try {
    return [...head, ...answerParts(output, context)];
  } catch (error) {
    return [
      ...head,
      [
        'whole',
        el(
          'div.sec.whole',
          {},
          el('p.mut', {}, `Not of the form that its kind says (${error.message}).`),
          json(output),
        ),
      ],
    ];
  }
};

const VARIANT_ORDER = RUN.variants.map((each) => each.name);
const columnsOf = (row) =>
  [...OF_CASE.get(row.sample.case)]
    .sort((a, b) => VARIANT_ORDER.indexOf(a.sample.variant) - VARIANT_ORDER.indexOf(b.sample.variant))
    .flatMap((each) => {
      const one = {
        key: each.at,
        sample: each.sample,
        about: each.about,
        suite: each.about.suite,
        delta: each.delta,
        was: false,
      };
      return each.sample.was
        ? [one, { ...one, key: `${each.at} was`, sample: each.sample.was, delta: null, was: true }]
        : [one];
    });

/* Parts of the same name stand in one line, so that drafts can be read across; an answer in one piece takes all lines. */
const WHOLE = 'whole';
const drawColumns = (frame, columns) => {
  Popover.close();
  const parts = columns.map((column) => new Map(partsOf(column)));
  const names = [];
  for (const own of parts) {
    let at = 0;
    for (const name of own.keys()) {
      if (name === WHOLE) continue;
      if (names.includes(name)) at = names.indexOf(name) + 1;
      else names.splice(at++, 0, name);
    }
  }
  const rows = Math.max(names.length, parts.some((own) => own.has(WHOLE)) ? 3 : 0);
  frame.replaceChildren(
    ...columns.map((column, place) => {
      const own = parts[place];
      const label = `${column.sample.variant}${column.was ? ', reference' : ''}`;
      return el(
        'article',
        { 'aria-label': label, vars: { rows } },
        own.has(WHOLE) ? [...own.values()] : names.map((name) => own.get(name) || el('div.sec.gap', {})),
      );
    }),
  );
  for (const group of $$('[data-rove]', frame)) {
    const first = $('[data-hot]', group);
    if (first) first.tabIndex = 0;
  }
};

const detail = (row) => {
  const columns = columnsOf(row);
  const mine = columns.filter((column) => column.key === row.at || column.key === `${row.at} was`);
  const others = columns.filter(
    (column) => !mine.includes(column) && !column.was && column.sample.epoch === row.sample.epoch,
  );
  const beside = new Set((innerWidth < NARROW ? mine.slice(0, 1) : [...mine, ...others]).map((column) => column.key));
  const frame = el('div.columns', {
    role: 'region',
    'aria-label': `Answers to ${row.about.case} beside that of ${row.sample.variant}`,
    tabindex: 0,
  });
  const refresh = () =>
    drawColumns(
      frame,
      [...mine, ...columns.filter((column) => !mine.includes(column))].filter((column) => beside.has(column.key)),
    );
  const name = (column) =>
    `${column.sample.variant}${epochs ? ` · epoch ${column.sample.epoch + 1}` : ''}${column.was ? ' · reference' : ''}`;
  const pick =
    columns.length > 1 &&
    el(
      'div.picks',
      { role: 'group', 'aria-label': 'Answers shown side by side' },
      el('span.mut', {}, 'Side by side'),
      columns.map((column) =>
        el(
          'button.toggle',
          {
            type: 'button',
            'aria-pressed': String(beside.has(column.key)),
            onclick: (event) => {
              if (beside.has(column.key) && beside.size > 1) beside.delete(column.key);
              else beside.add(column.key);
              event.currentTarget.setAttribute('aria-pressed', String(beside.has(column.key)));
              refresh();
            },
          },
          name(column),
        ),
      ),
    );
  refresh();
  const { about } = row;
  const body = el(
    'div.case',
    {},
    el(
      'div.about',
      {},
      el(
        'p.tags',
        {},
        el('b', {}, about.case),
        tag(about.language),
        tag(`cluster ${about.cluster}`),
        about.split && tag(`split ${about.split}`),
        about.tags.map((each) => tag(each)),
        about.case_version > 1 && tag(`version ${about.case_version}`),
      ),
      inputPart(row),
    ),
    pick,
    frame,
  );
  for (const group of $$('[data-rove]', body)) {
    const first = $('[data-hot]', group);
    if (first) first.tabIndex = 0;
  }
  return body;
};
