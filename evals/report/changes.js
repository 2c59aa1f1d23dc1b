/* What changed since the reference, in words first and figures second. */

const CHANGE = {
  better: ['ok', 'Better'],
  worse: ['error', 'Worse'],
  same: ['ok', 'No change that matters'],
  inconclusive: ['todo', 'Cannot tell'],
};
const FEW_CLUSTERS = 6;

const oneIn = (p) => {
  if (p < 0.001) return 'fewer than 1 in 1,000 comparisons';
  return p >= 0.5 ? 'about every second comparison' : `about 1 in ${count(Math.round(1 / p))} comparisons`;
};

const moved = (check) => `from ${score(check.before)} to ${score(check.after)}`;

/* Says what a comparison means to somebody who changed a prompt. */
const sentence = (check, tolerance) => {
  if (!known(check.delta)) return `${check.check} could not be compared: no case was scored on both sides.`;
  const size = Math.abs(check.delta).toFixed(3);
  const way = check.delta < 0 ? 'fell' : 'rose';
  const what =
    size === '0.000'
      ? `${check.check} stayed at ${score(check.after)}.`
      : `${check.check} ${way} by ${size}, ${moved(check)}.`;
  const luck =
    known(check.p) && size !== '0.000'
      ? ` If nothing had really changed, a difference this large would come up in ${oneIn(check.p)}.`
      : '';
  const truth = check.interval
    ? ` The true change probably lies between ${signed(check.interval[0])} and ${signed(check.interval[1])}.`
    : '';
  const sight = known(check.mde) ? `${Math.abs(check.mde).toFixed(3)}` : null;
  if (check.outcome === 'better' || check.outcome === 'worse') return `${what}${luck}${truth}`;
  if (check.outcome === 'same')
    return `${what} That is within what chance does${sight ? `, and a change of ${sight} or more would have been seen` : ''}.${truth}`;
  if (check.clusters < FEW_CLUSTERS)
    return `${what} ${several(check.clusters, 'cluster')} of cases are too few to say whether that is more than chance; ${FEW_CLUSTERS} is the least.`;
  return (
    `${what}${truth} These cases only show changes of ${sight || 'unknown size'} or more, and ${tolerance.toFixed(3)} would already matter. ` +
    'More clusters of cases would settle it; more epochs hardly help.'
  );
};

/* ---------- the plot of intervals ---------- */
const niceStep = (width) => [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5].find((step) => width / step <= 6) || 1;

const extent = (checks, tolerance) => {
  const ends = checks.flatMap((check) => [check.delta, ...(check.interval || [])]).filter(known);
  const low = Math.min(-tolerance, ...ends),
    high = Math.max(tolerance, ...ends);
  const step = niceStep((high - low) * 1.1);
  return {
    low: Math.floor((low - step * 0.2) / step) * step,
    high: Math.ceil((high + step * 0.2) / step) * step,
    step,
  };
};

const plotRow = (check, place, chosen, choose) => {
  const excludes = check.interval && (check.interval[0] > 0 || check.interval[1] < 0);
  const info = checkOf(check.suite, check.check);
  const kind = info.primary ? 'diamond' : 'dot';
  const line = el(
    'span.line-plot',
    { 'aria-hidden': 'true' },
    el('i.zero'),
    check.interval &&
      check.interval[0] < check.interval[1] &&
      el('i.span', { vars: { x: place(check.interval[0]), z: place(check.interval[1]) } }),
    known(check.delta) && el(`i.${kind}${excludes ? '' : '.hollow'}`, { vars: { x: place(check.delta) } }),
  );
  const button = el(
    'button.pick',
    { type: 'button', 'aria-pressed': String(chosen), onclick: () => choose(check) },
    check.check,
  );
  return el(
    `tr${info.primary ? '.main' : ''}`,
    {},
    el('th', { scope: 'row' }, button),
    el('td.plot', {}, line),
    el('td', { 'data-th': 'Change' }, el('b', {}, known(check.delta) ? signed(check.delta) : NONE)),
    el('td', { 'data-th': '95% interval' }, check.interval ? range(check.interval, signed) : NONE),
    el('td', { 'data-th': 'By chance' }, known(check.p) ? chance(check.p) : NONE),
    el('td', { 'data-th': 'Outcome' }, state(...CHANGE[check.outcome])),
  );
};

const plot = (checks, tolerance, chosen, choose) => {
  const { low, high, step } = extent(checks, tolerance);
  const place = (x) => `${(100 * (x - low)) / (high - low)}%`;
  const ticks = [];
  for (let at = Math.round(low / step); at <= Math.round(high / step); at += 1) ticks.push(at * step);
  const digits = step < 0.01 ? 3 : 2;
  const axis = el(
    'span.axis',
    { 'aria-hidden': 'true' },
    ticks.map((at) => {
      const text = minus(at.toFixed(digits));
      return el('i', { vars: { x: place(at) } }, at > step / 2 ? `+${text}` : text.replace(/^−(0\.0+)$/, '$1'));
    }),
  );
  return el(
    'table.plots',
    { vars: { from: place(-tolerance), to: place(tolerance), zero: place(0) } },
    el('caption.vh', {}, 'Change of each check with its 95% interval'),
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        el('th', { scope: 'col' }, 'Check'),
        el('th.plot', { scope: 'col' }, el('span.sides', {}, el('i', {}, 'worse'), el('i', {}, 'better'))),
        ['Change', '95% interval', 'By chance', 'Outcome'].map((name) => el('th', { scope: 'col' }, name)),
      ),
    ),
    el(
      'tbody',
      {},
      checks.map((check) => plotRow(check, place, check === chosen, choose)),
    ),
    el('tfoot', {}, el('tr', {}, el('td', {}), el('td.plot', {}, axis), el('td', { colspan: 4 }))),
  );
};

/* ---------- what one check says ---------- */
const tally = ({ up, down, tie }) => {
  const part = (name, n, text) => n > 0 && el(`span.${name}`, { vars: { n } }, text);
  return el(
    'p.tally',
    {},
    part('down', down, `▼ ${count(down)} down`),
    part('tie', tie, `= ${count(tie)} tied`),
    part('up', up, `▲ ${count(up)} up`),
  );
};

const worst = (check) => {
  if (!check.worst.length) return el('p.mut', {}, `No case fell in ${check.check}.`);
  return [
    el('h4', {}, `Fell most in ${check.check}`),
    el(
      'ol.worst',
      {},
      check.worst.map((each) =>
        el(
          'li',
          {},
          el(
            'div',
            {},
            caseButton(check.suite, each.case, check.candidate),
            el('p.mut', {}, [each.language, each.why].filter(Boolean).join(' · ')),
          ),
          el(
            'span.dumb',
            {
              vars: { a: each.before, z: each.after },
              role: 'img',
              'aria-label': `${score(each.before)} before, ${score(each.after)} now`,
            },
            el('i'),
            el('b'),
            el('b.now'),
          ),
          el('span.by', {}, signed(each.after - each.before)),
        ),
      ),
    ),
  ];
};

const told = (check, tolerance) => [
  el(
    'div.about',
    {},
    el('p.lead', {}, sentence(check, tolerance)),
    tally(check),
    el(
      'dl.stats',
      {},
      fact(
        'Pairs',
        `${several(check.cases, 'case')} in ${several(check.clusters, 'cluster')}`,
        el(
          'span.line.mut',
          {},
          check.epochs[0] === check.epochs[1]
            ? `${several(check.epochs[0], 'epoch')} each`
            : `epochs: ${check.epochs[0]} before, ${check.epochs[1]} now`,
        ),
      ),
      fact(
        'Smallest change it could show',
        known(check.mde) ? check.mde.toFixed(3) : NONE,
        el('span.line.mut', {}, `${tolerance.toFixed(3)} would matter`),
      ),
      fact(
        'Without an answer',
        `${count(check.errors[0])} before, ${count(check.errors[1])} now`,
        el('span.line.mut', {}, 'counted as 0'),
      ),
      fact(
        'Only on one side',
        several(check.unpaired, 'case'),
        check.unpaired > 0 && el('span.line.mut', {}, 'left out here'),
      ),
    ),
  ),
  el('div.fell', {}, worst(check)),
];

const changeGroup = (checks, comparison) => {
  const primary = checks.find((check) => check.check === primaryOf(check.suite)) || checks[0];
  const ordered = [primary, ...checks.filter((check) => check !== primary)];
  const plots = el('div', {});
  const says = el('div.told', { 'aria-live': 'polite' });
  const choose = (check, focus) => {
    plots.replaceChildren(plot(ordered, comparison.tolerance, check, (next) => choose(next, true)));
    says.replaceChildren(...told(check, comparison.tolerance).flat(Infinity));
    if (focus) $('[aria-pressed="true"]', plots).focus();
  };
  choose(primary);
  const names =
    primary.candidate === primary.reference ? primary.candidate : `${primary.candidate} against ${primary.reference}`;
  return el(
    'div.change',
    {},
    el(
      'div.ph.sub',
      {},
      el('h3', {}, names),
      el('p.mut', {}, `suite ${primary.suite}`),
      state(...CHANGE[primary.outcome], true),
    ),
    plots,
    el(
      'p.keys',
      {},
      el('span', {}, el('i.k-diamond'), 'primary score'),
      el('span', {}, el('i.k-dot'), 'interval excludes 0'),
      el('span', {}, el('i.k-hollow'), 'includes 0'),
      el('span', {}, el('i.k-band'), `within ${comparison.tolerance}, too small to matter`),
    ),
    says,
  );
};

const comparisonParts = (comparison) => {
  const head = `${comparison.candidate} against ${comparison.reference}`;
  const alone = DATA.comparisons.length === 1;
  const refused = comparison.refused.length > 0 && [
    el(
      'div.ph.sub',
      {},
      el('h3', {}, alone ? 'Not everything can be compared' : head),
      state('warning', 'Refused', true),
    ),
    el(
      'ul.dots.pad',
      {},
      comparison.refused.map((why) => el('li', {}, why)),
    ),
  ];
  const groups = groupBy(
    comparison.checks,
    (check) => `${check.suite}\u0000${check.candidate}\u0000${check.reference}`,
  );
  return [
    !alone && groups.size > 0 && el('p.pad', {}, el('b', {}, head)),
    refused,
    [...groups.values()].map((checks) => changeGroup(checks, comparison)),
  ];
};

const changesPanel = () => {
  if (!DATA.comparisons.length) {
    return panel(
      'changes',
      'What changed',
      '',
      el('p.mut.pad', {}, 'No reference was given to compare with. Bless a run, and later ones are held against it.'),
    );
  }
  return panel(
    'changes',
    'What changed',
    'since the reference, on the same cases',
    DATA.comparisons.map(comparisonParts),
  );
};
