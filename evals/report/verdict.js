/* The verdict with its reasons, and what the run was. */

const OUTCOMES = {
  pass: ['ok', 'Passed', 'No hard check failed, and no graded score fell further than chance explains.'],
  fail: ['error', 'Failed', 'At least one hard check failed, or a graded score fell further than chance explains.'],
  incomplete: ['warning', 'Incomplete', 'Some samples have no answer, so nothing can be promised yet. Resume the run.'],
  inconclusive: [
    'todo',
    'Inconclusive',
    'Nothing is known to be worse, but the cases are too few or vary too much to say so.',
  ],
};
const LEVELS = {
  fail: ['error', 'Fails'],
  incomplete: ['warning', 'Incomplete'],
  inconclusive: ['todo', 'Cannot tell'],
  warning: ['warning', 'Warning'],
  note: ['info', 'Note'],
};
const CASES_SHOWN = 6;

const outcome = () => {
  if (DATA.verdict) return OUTCOMES[DATA.verdict.outcome];
  const { finished, errors } = DATA.summary;
  if (finished < RUN.planned || errors) return OUTCOMES.incomplete;
  return ['todo', 'Not gated', 'This run was not held against a reference; the figures below stand for themselves.'];
};

const reasonRow = (reason) => {
  const [tone, word] = LEVELS[reason.level];
  const where = [reason.suite, reason.variant, reason.check].filter(Boolean).join(' · ');
  const more = reason.cases.length - CASES_SHOWN;
  return el(
    'li',
    {},
    state(tone, word),
    el(
      'div',
      {},
      el('p', {}, reason.text),
      where && el('p.mono.mut', {}, where),
      reason.cases.length > 0 &&
        el(
          'p.cases',
          {},
          reason.cases.slice(0, CASES_SHOWN).map((name) => caseButton(reason.suite, name, reason.variant)),
          more > 0 && el('span.mut', {}, `and ${several(more, 'case')} more`),
        ),
    ),
  );
};

const reasons = () => {
  const all = DATA.verdict ? DATA.verdict.reasons : [];
  const notes = all.filter((each) => each.level === 'note');
  const grave = all.filter((each) => each.level !== 'note');
  return [
    grave.length > 0 && el('ul.reasons', { 'aria-label': 'Reasons' }, grave.map(reasonRow)),
    notes.length > 0 &&
      (grave.length
        ? folded(several(notes.length, 'note'), el('ul.reasons', {}, notes.map(reasonRow)))
        : el('ul.reasons', { 'aria-label': 'Notes' }, notes.map(reasonRow))),
  ];
};

const fact = (name, ...value) => el('div', {}, el('dt', {}, name), el('dd', {}, value));

const facts = () => {
  const { summary } = DATA;
  const recorded = groupBy(
    RUN.variants.filter((each) => each.recording),
    ({ recording }) => `${days(recording.first, recording.last)} from ${recording.models.join(', ')}`,
  );
  const models = unique(RUN.variants.map((each) => each.model).filter(Boolean));
  const chosen = [RUN.split !== 'all' && `split ${RUN.split}`, RUN.filter && `filter “${RUN.filter}”`].filter(Boolean);
  return el(
    'dl.facts',
    {},
    fact('Run', el('span.mono', {}, RUN.id)),
    fact('Begun', `${moment(RUN.created)}, took ${seconds(summary.seconds)}`),
    fact(
      'Revision',
      RUN.revision ? el('span.mono', { title: RUN.revision }, RUN.revision.slice(0, 12)) : 'outside a checkout',
      RUN.dirty && [' ', state('warning', 'with uncommitted changes')],
    ),
    fact(models.length === 1 ? 'Model' : 'Models', models.length ? models.join(', ') : 'none'),
    [...recorded].map(([said, variants]) =>
      fact(
        'Replayed',
        `Answers recorded on ${said}`,
        el('span.line.mut', {}, variants.map((each) => each.name).join(', ')),
      ),
    ),
    fact(
      'Samples',
      `${count(summary.finished)} of ${count(RUN.planned)} done`,
      summary.errors > 0 && [' ', state('error', `${count(summary.errors)} without an answer`)],
      summary.stale > 0 && [' ', state('warning', `${count(summary.stale)} of another wording`)],
    ),
    fact(
      'Cases',
      Object.entries(RUN.suites).map(([suite, info]) =>
        el('span.line', {}, `${suite}: ${count(info.cases)} in ${several(info.clusters, 'cluster')}`),
      ),
    ),
    fact(
      'Repeated',
      `${several(RUN.epochs, 'epoch')}, seed ${RUN.seed}${chosen.length ? `; ${chosen.join(', ')}` : ''}`,
    ),
  );
};

const makings = () => {
  const pairs = (given) =>
    Object.entries(given)
      .map(([name, value]) => `${name} ${known(value) ? value : NONE}`)
      .join(', ');
  const row = (name, text) => el('div', {}, el('dt', {}, name), el('dd.mono', {}, text));
  return folded(
    'What the run was made of',
    el(
      'dl.makings',
      {},
      RUN.variants.map((each) =>
        row(each.name, [each.model, pairs(each.prompts)].filter(Boolean).join('; ') || KINDS[each.kind]),
      ),
      Object.entries(RUN.suites).map(([suite, info]) => row(`${suite} cases`, info.digest)),
      row('knowledge', RUN.knowledge),
      row('run', RUN.digest),
      Object.keys(RUN.parameters).length > 0 && row('parameters', pairs(RUN.parameters)),
      Object.keys(RUN.packages).length > 0 && row('packages', pairs(RUN.packages)),
    ),
  );
};

const verdictPanel = () => {
  const [tone, word, why] = outcome();
  return el(
    'section.panel.verdict',
    { id: 'verdict', 'aria-labelledby': 'verdict-title', tabindex: -1 },
    el('div', {}, el('h2', { id: 'verdict-title' }, state(tone, word)), el('p.lead', {}, why), reasons()),
    el('div', {}, facts(), makings()),
  );
};
