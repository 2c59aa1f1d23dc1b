/* Answers as a reader sees them: drafts, passages, texts, judged goals, anything else. */

const LETTERS = [
  ['specific', 'S', 'Specific'],
  ['measurable', 'M', 'Measurable'],
  ['achievable', 'A', 'Achievable'],
  ['relevant', 'R', 'Relevant'],
  ['time_bound', 'T', 'Time-bound'],
  ['monitoring', '↻', 'Monitoring'],
];
const LETTER_STATES = {
  pass: ['ok', 'passes'],
  warn: ['warning', 'warning'],
  fail: ['error', 'fails'],
  todo: ['todo', 'not judged'],
};
const STATUS = {
  ready: ['ok', 'Ready'],
  with_findings: ['warning', 'With findings'],
  needs_input: ['todo', 'Needs input'],
  refused: ['error', 'Refused'],
};

/* ---------- drafts ---------- */
const lines = (title, items, lang, ordered = false) =>
  items &&
  items.length > 0 &&
  el(
    'div.part',
    {},
    el('h5', {}, title),
    el(
      ordered ? 'ol.steps' : 'ul.dots',
      { lang },
      items.map((item) => el('li', {}, item)),
    ),
  );

const dated = (marks, value, field) => {
  const number = marks.at(field)[0];
  return number ? marks.chip(value, number) : el('b', {}, value);
};

const resultPart = (result, at, field, marks, lang) => {
  const write = (name) => marks.write(result[name], `${field}/${name}`);
  const from = result.baseline ? write('baseline') : marks.blank('to be measured', 'Today’s value is unknown.');
  const to = result.target ? write('target') : marks.blank('after measuring', 'The target waits for the baseline.');
  const about = [write('data_source'), write('cadence')]
    .filter((each) => each.length)
    .flatMap((each, place) => (place ? [' · ', each] : each));
  return el(
    `li${result.guardrail ? '.guard' : ''}`,
    {},
    el(
      'p.kr',
      { lang },
      el('span.k', { lang: 'en' }, result.guardrail ? 'Guardrail' : `KR${at + 1}`),
      el('b', {}, write('metric')),
    ),
    el('p', { lang }, write('statement')),
    el(
      'p.range',
      { lang },
      from,
      el('span.arrow', { lang: 'en' }, '→'),
      to,
      result.deadline && [
        ' ',
        el(
          'span.by-day',
          {},
          el('span.mut', { lang: 'en' }, 'by '),
          dated(marks, result.deadline, `${field}/deadline`),
        ),
      ],
    ),
    el(
      'p.mut.sm',
      {},
      el('span', { lang }, about),
      result.owner ? [' · ', el('span', { lang }, write('owner'))] : ' · owner to be named',
      result.readout && [' · read on ', dated(marks, result.readout, `${field}/readout`)],
      ` · ${result.kind}`,
    ),
  );
};

const findingRow = (finding, marks, lang, goal) => {
  const field = pointer(finding.field)
    .slice(goal.length + 1)
    .replace(/^key_results\/(\d+).*/, (_, at) => `KR${Number(at) + 1}`);
  return el(
    'li',
    { 'data-sev': finding.severity },
    el('span.n', {}, marks.places.get(finding)),
    el('div', {}, el('p', { lang }, el('b', {}, finding.message)), el('p.mut.sm', { lang }, finding.help)),
    el('span.where.mut', {}, field || 'goal', ' ', el('span.mono', {}, finding.id)),
  );
};

/* Returns the parts of a draft by name, in order, so that drafts of one case can stand part beside part. */
const draftParts = (output, context) => {
  const draft = output.result || {};
  const lang = langOf(draft.language || context.language);
  const verdict = draft.verdict || {};
  const marks = new Marks(draft.numbers, verdict.findings, context.row);
  marks.context = {
    ...context,
    passages: (output.passages || []).filter((each) => each && each.text),
    citations: draft.citations || [],
  };
  const parts = [];
  const add = (name, ...children) => parts.push([name, el('div.sec', { 'data-rove': true }, children)]);
  const drafter = draft.drafter || {};
  const gates = (verdict.gates || []).filter((gate) => !gate.passed);
  add(
    'top',
    el(
      'p.status',
      {},
      state(...(STATUS[draft.status] || ['todo', draft.status || 'no status']), true),
      known(verdict.score) && el('span', {}, el('b', {}, verdict.score), el('span.mut', {}, ' of 100 by the rules')),
      el('span.mut', {}, drafter.kind === 'offline' ? 'offline drafter' : drafter.model),
    ),
    (drafter.fallback_from || drafter.why) &&
      el(
        'p.mut.sm',
        {},
        `Fell back${drafter.fallback_from ? ` from ${drafter.fallback_from}` : ''}: ${drafter.why || 'no reason given'}`,
      ),
    gates.length > 0 &&
      el(
        'ul.gates',
        {},
        gates.map((gate) => el('li', {}, state('error', gate.name), el('span', {}, gate.why))),
      ),
    draft.conflicts?.length > 0 &&
      lines(
        'Contradictions in the input',
        draft.conflicts.map((each) => [
          each.message,
          el(
            'span.mut',
            {},
            ` ${each.values.map((value) => `${value.text} (${sourceName(value.source)})`).join(' / ')}`,
          ),
        ]),
        lang,
      ),
  );
  (draft.goals || []).forEach((goal, at) => {
    const field = `/goals/${at}`;
    const card = (verdict.scorecards || [])[at];
    const write = (name, key = name) => marks.write(goal[key], `${field}/${name}`);
    add(
      `goal ${at}`,
      el('p.over.mut', {}, `Goal ${at + 1} of ${draft.goals.length}`, card && ` · ${card.score} of 100`),
      el('h4', { lang }, write('title')),
      goal.objective &&
        goal.objective.text !== goal.title &&
        el('p.objective', { lang }, marks.write(goal.objective.text, `${field}/objective/text`)),
      el('p.state', { lang }, write('statement')),
    );
    add(
      `letters ${at}`,
      el(
        'dl.smart',
        {},
        LETTERS.map(
          ([name, letter, title]) =>
            goal[name] &&
            el(
              'div',
              {},
              el(
                'dt',
                {},
                el('span.l', { 'aria-hidden': 'true' }, letter),
                title,
                card && LETTER_STATES[card[name]] && state(...LETTER_STATES[card[name]]),
              ),
              el('dd', { lang }, write(name)),
            ),
        ),
      ),
    );
    add(
      `results ${at}`,
      el('h5', {}, 'Key results'),
      el(
        'ol.krs',
        {},
        (goal.key_results || []).map((each, place) =>
          resultPart(each, place, `${field}/key_results/${place}`, marks, lang),
        ),
      ),
    );
    const found = marks.under(field);
    add(
      `findings ${at}`,
      found.length > 0 && [
        el('h5', {}, several(found.length, 'finding')),
        el(
          'ul.found',
          {},
          found.map((each) => findingRow(each, marks, lang, field)),
        ),
      ],
      folded(
        'Initiatives and milestones',
        lines(
          'Initiatives',
          goal.initiatives?.map((each, place) => marks.write(each, `${field}/initiatives/${place}`)),
          lang,
        ),
        lines(
          'Milestones',
          goal.milestones?.map((each, place) => [
            dated(marks, each.date, `${field}/milestones/${place}/date`),
            ' ',
            marks.write(each.text, `${field}/milestones/${place}/text`),
          ]),
          lang,
          true,
        ),
      ),
    );
  });
  const others = Object.fromEntries(
    Object.entries(output).filter(([name, value]) => !DRAFT_KEYS.has(name) && known(value) && value.length !== 0),
  );
  add(
    'rest',
    lines(
      'Questions',
      draft.questions?.map((each) => [el('b', {}, each.text), el('span.mut', {}, ` ${each.why}`)]),
      lang,
    ),
    lines(
      'Assumptions',
      draft.assumptions?.map((each, at) => marks.write(each, `/assumptions/${at}`)),
      lang,
    ),
    lines(
      'Keeping track',
      draft.monitoring_strategy?.map((each, at) => marks.write(each, `/monitoring_strategy/${at}`)),
      lang,
    ),
    draft.citations?.length > 0 &&
      folded(
        several(draft.citations.length, 'quotation'),
        draft.citations.map((each) =>
          el(
            'blockquote',
            {},
            el('p', { lang }, each.quote),
            el('p.mut.sm', {}, el('span.mono', {}, each.id), ` ${each.source}`),
          ),
        ),
      ),
    roundsPart(output),
    Object.keys(others).length > 0 && folded('What else came with it', json(others)),
  );
  return parts;
};

const DRAFT_KEYS = new Set(['kind', 'result', 'passages', 'failure', 'rounds', 'answers']);

/* What the model was told after each round, and what it had answered. */
const roundsPart = (output) => {
  const rounds = output.rounds || [];
  const answers = output.answers || [];
  const many = Math.max(rounds.length, answers.length);
  if (!many) return null;
  return folded(
    several(many, 'round'),
    el(
      'ol.rounds',
      {},
      Array.from({ length: many }, (_, at) => {
        const problems = rounds[at]?.problems;
        return el(
          'li',
          {},
          el(
            'p',
            {},
            el('b', {}, `Round ${at + 1}`),
            el('span.mut', {}, known(problems) ? ` ${several(problems, 'problem')}` : ' could not be read'),
          ),
          rounds[at]?.sent_back && [
            el('p.mut.sm', {}, 'Sent back'),
            el('pre.json', { tabindex: 0 }, rounds[at].sent_back),
          ],
          known(answers[at]) && folded('What the model answered', el('pre.json', { tabindex: 0 }, answers[at])),
        );
      }),
    ),
  );
};

/* ---------- the other kinds ---------- */
const json = (value) => el('pre.json', { tabindex: 0 }, JSON.stringify(value, null, 2));

const passageParts = (output) => {
  const passages = output.passages || [];
  const most = Math.max(...passages.map((each) => each.score || 0), 1e-9);
  return el(
    'ol.passages',
    {},
    passages.map((each) =>
      el(
        'li',
        {},
        el('span.mono', {}, each.id),
        el('span.mut', {}, each.topic),
        rail({ value: Math.max(0, each.score || 0), low: 0, high: most }),
        el('span', {}, known(each.score) ? Number(each.score).toFixed(4) : NONE),
      ),
    ),
  );
};

const textPart = (text, findings, context) => {
  const placed = findings.map((each) => ({ ...each, field: '/text' }));
  const marks = new Marks([], placed, context.row);
  const lang = langOf(context.language);
  marks.context = context;
  return [
    el('p.free', { lang }, marks.write(text, '/text')),
    placed.length > 0 &&
      el(
        'ul.found',
        {},
        placed.map((each) => findingRow(each, marks, lang, '/text')),
      ),
  ];
};

/* A judged goal: its text with the findings, its marks, and what was right, missed or false. */
const goalPart = (output, context) => {
  const goal = typeof output.goal === 'object' && output.goal ? output.goal : output;
  const card = goal.scorecard || {};
  const marks = LETTERS.filter(([name]) => LETTER_STATES[card[name]]).map(([name, , title]) =>
    el('li', {}, title, state(...LETTER_STATES[card[name]])),
  );
  const rules = Object.entries(output.rules || {}).filter(([, names]) => names.length > 0);
  return [
    textPart(goal.text, goal.findings || [], { ...context, language: goal.language || context.language }),
    rules.length > 0 &&
      el(
        'dl.rules',
        {},
        rules.map(([name, names]) => el('div', {}, el('dt', {}, name), el('dd.mono', {}, names.join(', ')))),
      ),
    marks.length > 0 && el('ul.marks', {}, marks),
    folded('All that was answered', json(output)),
  ];
};

/* One goal or aim in several languages: what was seen of each, and where they differ. */
const parityPart = (seen) => {
  const languages = Object.keys(seen);
  const names = unique(languages.flatMap((key) => Object.keys(seen[key])));
  const said = (value) => (Array.isArray(value) ? value.join(', ') || 'none' : known(value) ? String(value) : NONE);
  return el(
    'table.plain',
    {},
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        ['Seen', ...languages].map((name) => el('th', { scope: 'col' }, name)),
      ),
    ),
    el(
      'tbody',
      {},
      names.map((name) => {
        const values = languages.map((key) => said(seen[key][name]));
        return el(
          'tr',
          {},
          el(
            'th',
            { scope: 'row' },
            el('span.mono', {}, name),
            unique(values).length > 1 && state('warning', 'differs'),
          ),
          values.map((value) => el('td', {}, value)),
        );
      }),
    ),
  );
};

const answerParts = (output, context) => {
  if (output.result && output.kind === 'draft') return draftParts(output, context);
  const one = (...children) => [['whole', el('div.sec.whole', { 'data-rove': true }, children)]];
  if (output.kind === 'draft' && output.failure) {
    return one(el('p', {}, state('error', 'No draft'), ' ', output.failure), roundsPart(output));
  }
  if (output.kind === 'rows') {
    const rows = output.changed || [];
    return one(
      rows.length
        ? lines('Other rows that changed', rows, langOf(context.language))
        : state('ok', 'No other row changed'),
      output.failure,
    );
  }
  if (output.kind === 'parity' && output.seen) return one(parityPart(output.seen));
  if (output.kind === 'text') return one(textPart(String(output.text ?? ''), [], context));
  if (output.kind === 'passages' && Array.isArray(output.passages)) return one(passageParts(output));
  if (output.kind === 'goal' && typeof (output.goal || output).text === 'string') return one(goalPart(output, context));
  return one(json(output));
};

/* The words of an answer that a reader sees, for the search of the table. */
const KEYS_UNSEEN = new Set(['id', 'metric_id', 'unit', 'direction', 'kind', 'ambition', 'citations', 'slot']);
const wordsOf = (value) => {
  if (typeof value === 'string') return value;
  if (!value || typeof value !== 'object') return '';
  if (Array.isArray(value)) return value.map(wordsOf).join('\n');
  return Object.entries(value)
    .map(([key, each]) => (KEYS_UNSEEN.has(key) ? '' : wordsOf(each)))
    .join('\n');
};
const searchable = (output) => {
  const draft = output.kind === 'draft' && output.result;
  return wordsOf(
    draft
      ? [
          draft.goals,
          draft.questions,
          draft.assumptions,
          draft.monitoring_strategy,
          draft.verdict?.findings?.map((each) => [each.id, each.message]),
        ]
      : output,
  );
};
