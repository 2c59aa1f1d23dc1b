/* How each variant did: prompts by models, every check of every suite, cost and time. */

/* ---------- prompts by models ---------- */
const promptName = (variant) => {
  if (variant.kind === 'offline') return 'offline drafter';
  if (variant.kind === 'freehand') return 'free-hand';
  if (variant.kind === 'template') return 'template-only';
  const names = Object.keys(variant.prompts);
  return names.length ? names.join(', ') : variant.name;
};

const hardState = (suite, each) => {
  if (CONTROLS.has(VARIANTS.get(each.variant)?.kind)) return state('todo', 'not gated');
  const checks = Object.keys(RUN.suites[suite].checks).filter((name) => checkOf(suite, name).hard);
  const judged = checks.map((name) => summaryOf(each, name)).filter((found) => found && found.total);
  if (!judged.length) return null;
  const failing = judged.filter((found) => found.passed < found.total);
  const names = failing.map((found) => found.check).join(', ');
  return failing.length
    ? grow(state('error', `${failing.length} of ${judged.length} fail`), { title: names }, [])
    : state('ok', `${judged.length} of ${judged.length}`);
};

const matrixCell = (suite, each, scale) => {
  const found = summaryOf(each, primaryOf(suite));
  if (!found || !known(found.mean)) return el('div.cell', {}, el('span.mut', {}, 'not scored'));
  const half = found.interval ? `± ${((found.interval[1] - found.interval[0]) / 2).toFixed(3)}` : 'no interval';
  const title = found.interval ? `95% interval ${range(within(found.interval))}` : 'too few clusters for an interval';
  return el(
    'div.cell',
    {},
    el('span.fig', {}, el('b', {}, score(found.mean)), ' ', el('span.mut', { title }, half)),
    hardState(suite, each),
    rail({
      value: found.mean,
      interval: found.interval,
      ...scale,
      hollow: CONTROLS.has(VARIANTS.get(each.variant)?.kind),
    }),
  );
};

const scaleOf = (suite, found, mark) => {
  const low = Math.min(...found.flatMap((each) => [each.mean, ...(each.interval || [])]).filter(known), mark ?? 1);
  return { low: Math.max(0, Math.floor(low * 10 - 0.5) / 10), high: 1, mark };
};

const matrix = (suite, entries) => {
  const primary = primaryOf(suite);
  const offline = entries.find((each) => VARIANTS.get(each.variant)?.kind === 'offline');
  const mark = offline && summaryOf(offline, primary)?.mean;
  const scale = scaleOf(suite, entries.map((each) => summaryOf(each, primary)).filter(Boolean), mark ?? undefined);
  const models = unique(entries.map((each) => VARIANTS.get(each.variant)?.model).filter(Boolean));
  const last = (each) => Number(!VARIANTS.get(each.variant)?.model);
  const rows = groupBy(
    [...entries].sort((a, b) => last(a) - last(b)),
    (each) => {
      const variant = VARIANTS.get(each.variant);
      return variant ? promptName(variant) : each.variant;
    },
  );
  const row = ([name, group]) => {
    const kind = VARIANTS.get(group[0].variant)?.kind;
    const head = el('th', { scope: 'row' }, name, el('small', {}, KINDS[kind] || ''));
    const own = group.filter((each) => !VARIANTS.get(each.variant)?.model);
    if (own.length)
      return el(
        'tr',
        {},
        head,
        el(
          'td.wide',
          { colspan: Math.max(1, models.length) },
          own.map((each) => matrixCell(suite, each, scale)),
        ),
      );
    return el(
      'tr',
      {},
      head,
      models.map((model) => {
        const cells = group.filter((each) => VARIANTS.get(each.variant).model === model);
        return el(
          'td',
          { 'data-th': model },
          cells.length ? cells.map((each) => matrixCell(suite, each, scale)) : el('span.mut', {}, 'not run'),
        );
      }),
    );
  };
  const about = `mean ${primary}, 95% interval over ${several(RUN.suites[suite].clusters, 'cluster')}`;
  return [
    el(
      'div.ph.sub',
      {},
      el('h3', {}, `${suite}: ${models.length ? 'prompts by models' : 'side by side'}`),
      el('p.mut', {}, about),
    ),
    el(
      'table.matrix',
      {},
      el('caption.vh', {}, `${suite}: ${about}`),
      models.length > 0 &&
        el(
          'thead',
          {},
          el(
            'tr',
            {},
            el('td', {}),
            models.map((model) => el('th', { scope: 'col' }, model)),
          ),
        ),
      el('tbody', {}, [...rows].map(row)),
    ),
    el(
      'p.keys',
      {},
      el('span', {}, rail({ value: 0.5, interval: [0.1, 0.9] }), 'mean and interval'),
      known(mark) &&
        el(
          'span',
          {},
          el('i.k-mark'),
          models.length ? 'the offline drafter, which every prompt has to beat' : 'the offline drafter',
        ),
      Object.values(RUN.suites[suite].checks).some((check) => check.hard) &&
        el('span', {}, state('ok', '5 of 5'), 'hard checks that no case fails'),
      el('span', {}, `Scale ${scale.low.toFixed(2)} to 1.00`),
    ),
  ];
};

const bySuite = () => groupBy(DATA.summary.variants, (each) => each.suite);

const matrixPanel = () => {
  const suites = [...bySuite()].filter(([suite, entries]) => primaryOf(suite) && entries.length > 1);
  if (!suites.length) return null;
  return panel(
    'matrix',
    'Who does it best',
    'each prompt with each model',
    suites.map(([suite, entries]) => matrix(suite, entries)),
  );
};

/* ---------- every check of every suite ---------- */
const passedCell = (found, hard) => {
  if (!found.total) return [el('span.mut', {}, 'none judged')];
  const why = known(found.bound)
    ? `true failure rate below ${percent(Math.min(1, found.bound))}`
    : found.pass_interval
      ? `${percent(found.passed / found.total)}, likely ${range(found.pass_interval, percent)}`
      : '';
  const said = `${count(found.passed)} of ${count(found.total)}`;
  if (found.passed === found.total) return [state('ok', said), el('small', {}, why)];
  return [hard ? state('error', said) : el('b', {}, said), el('small', {}, why)];
};

const checkRow = (suite, name, found) => {
  const info = checkOf(suite, name);
  const head = el(
    'th',
    { scope: 'row' },
    el('span.mono', {}, name),
    info.hard && [' ', tag('hard')],
    info.primary && [' ', tag('primary')],
    info.title && el('small', {}, info.title),
  );
  if (!found) return el('tr', {}, head, el('td', { colspan: 5 }, el('span.mut', {}, 'no case in this language')));
  return el(
    'tr',
    {},
    head,
    el(
      'td.num-cell',
      { 'data-th': 'Mean' },
      el('b', {}, score(found.mean)),
      el(
        'small',
        {},
        found.interval ? range(within(found.interval)) : known(found.mean) ? 'too few clusters' : 'nothing to judge',
      ),
    ),
    el('td.rail-cell', {}, rail({ value: found.mean, interval: found.interval })),
    el('td', { 'data-th': 'Passed' }, passedCell(found, info.hard)),
    el('td', { 'data-th': 'Cases' }, count(found.cases), el('small', {}, several(found.clusters, 'cluster'))),
    el('td', { 'data-th': 'Not scored' }, found.unscored ? count(found.unscored) : el('span.mut', {}, '0')),
  );
};

const variantGroup = (suite, each, chosen, open) => {
  const body = el(
    'tbody',
    {},
    Object.keys(RUN.suites[suite].checks).map((name) => checkRow(suite, name, summaryOf(each, name, chosen))),
  );
  body.classList.toggle('shut', !open);
  const button = el(
    'button.turn',
    {
      type: 'button',
      'aria-expanded': String(open),
      onclick: () => {
        const now = body.classList.toggle('shut');
        button.setAttribute('aria-expanded', String(!now));
      },
    },
    el('span', {}, el('b', {}, each.variant), ' ', el('span.mut', {}, KINDS[VARIANTS.get(each.variant)?.kind] || '')),
  );
  const told = [several(each.samples, 'sample')];
  return [
    el(
      'tbody.who',
      {},
      el(
        'tr',
        {},
        el(
          'th',
          { colspan: 6, scope: 'rowgroup' },
          el(
            'div',
            {},
            button,
            el(
              'span.end',
              {},
              el('span.mut', {}, told),
              each.errors ? state('error', several(each.errors, 'error')) : el('span.mut', {}, 'no errors'),
              each.stale > 0 && state('warning', `${count(each.stale)} of another wording`),
            ),
          ),
        ),
      ),
    ),
    body,
  ];
};

const suitePanel = ([suite, entries]) => {
  const languages = unique(entries.flatMap((each) => each.checks.map((found) => found.language)));
  const table = el('table.checks', {});
  const fill = (chosen) => {
    table.replaceChildren(
      el('caption.vh', {}, `${suite}, ${language(chosen)}`),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          ['Check', 'Mean', '0 to 1, with 95% interval', 'Passed', 'Cases', 'Not scored'].map((name) =>
            el('th', { scope: 'col' }, name),
          ),
        ),
      ),
      ...entries.flatMap((each, at) => variantGroup(suite, each, chosen, at < (innerWidth < NARROW ? 1 : 2))),
    );
  };
  fill(languages.includes('all') ? 'all' : languages[0]);
  const info = RUN.suites[suite];
  const pick =
    languages.length > 1 &&
    select(
      'Language',
      languages.map((key) => [key, language(key)]),
      'all',
      fill,
    );
  return el(
    'section.panel',
    { 'aria-labelledby': `suite-${suite}` },
    el(
      'div.ph',
      {},
      el('h2', { id: `suite-${suite}` }, `Suite ${suite}`),
      el(
        'p.mut',
        {},
        `${several(info.cases, 'case')} in ${several(info.clusters, 'cluster')}; a sample without an answer counts as 0`,
      ),
      pick,
    ),
    table,
  );
};

/* ---------- cost and time ---------- */
const costPanel = () => {
  const slowest = Math.max(...DATA.summary.variants.map((each) => (each.seconds ? each.seconds[1] : 0)), 1e-9);
  const row = (each) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, each.variant, el('small', {}, each.suite)),
      el('td', { 'data-th': 'Samples' }, count(each.samples)),
      el('td', { 'data-th': 'Calls' }, count(each.calls)),
      el('td', { 'data-th': 'Tokens in' }, count(each.prompt_tokens)),
      el('td', { 'data-th': 'Tokens out' }, count(each.completion_tokens)),
      el('td', { 'data-th': 'Cost' }, money(each.cost)),
      el('td', { 'data-th': 'Median' }, each.seconds ? seconds(each.seconds[0]) : NONE),
      el('td', { 'data-th': '95th percentile' }, each.seconds ? seconds(each.seconds[1]) : NONE),
      el(
        'td.rail-cell',
        {},
        each.seconds && rail({ value: each.seconds[0], interval: each.seconds, low: 0, high: slowest }),
      ),
    );
  return panel(
    'cost',
    'Cost and time',
    `cost in the currency of the prices given; ${NONE} where a count or a price is not known`,
    el(
      'table.plain.cost',
      {},
      el('caption.vh', {}, 'Cost and time by variant'),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          [
            'Variant',
            'Samples',
            'Calls',
            'Tokens in',
            'Tokens out',
            'Cost',
            'Median',
            '95th percentile',
            'Median to 95th percentile',
          ].map((name) => el('th', { scope: 'col' }, name)),
        ),
      ),
      el('tbody', {}, DATA.summary.variants.map(row)),
    ),
  );
};
