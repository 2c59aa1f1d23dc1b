/* Primary scores by suite and language, drawn as wide as the page is. */

const CHART = { left: 250, right: 190, row: 26, head: 30, foot: 34, narrow: 620 };

const chartRows = (suite, entries) => {
  const primary = primaryOf(suite);
  const languages = unique(entries.flatMap((each) => each.checks.map((found) => found.language)));
  return languages
    .map((key) => ({
      language: key,
      marks: entries
        .map((each) => ({ each, found: summaryOf(each, primary, key) }))
        .filter(({ found }) => found && known(found.mean)),
    }))
    .filter((group) => group.marks.length);
};

const chartMark = (kind, x, y) => {
  if (kind === 'offline')
    return drawn('path', { class: 'c-off', d: `M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z` });
  return drawn('circle', { class: CONTROLS.has(kind) ? 'c-control' : 'c-dot', cx: x, cy: y, r: 5 });
};

/* Draws one suite, `width` pixels wide; on a narrow page the labels stand above their lines. */
const chart = (suite, entries, width) => {
  const groups = chartRows(suite, entries);
  const { low, high } = scaleOf(
    suite,
    groups.flatMap((group) => group.marks.map(({ found }) => found)),
  );
  const narrow = width < CHART.narrow;
  const single = entries.length === 1;
  const [left, right] = narrow ? [8, width - 8] : [CHART.left, width - CHART.right];
  const step = narrow ? CHART.row + 18 : CHART.row;
  const x = (value) => Math.round(10 * (left + ((right - left) * (value - low)) / (high - low))) / 10;
  const title = drawn('title', { id: `chart-${suite}-title` }, `${suite}: mean ${primaryOf(suite)} by language`);
  const says = drawn(
    'desc',
    { id: `chart-${suite}-desc` },
    groups
      .map(
        (group) =>
          `${language(group.language)}: ` +
          group.marks.map(({ each, found }) => `${each.variant} ${score(found.mean)}`).join(', '),
      )
      .join('. '),
  );
  const parts = [];
  let y = 8;
  for (const group of groups) {
    if (!single) {
      y += CHART.head;
      parts.push(drawn('text', { class: 'c-head', x: 0, y: y - 9, lang: 'en' }, language(group.language)));
    }
    for (const { each, found } of group.marks) {
      const label = single ? language(group.language) : each.variant;
      const figures = found.interval ? `${score(found.mean)}  (${range(within(found.interval))})` : score(found.mean);
      if (narrow) y += 18;
      const middle = y + CHART.row / 2;
      parts.push(
        drawn('text', { class: 'c-label', x: 0, y: narrow ? y - 2 : middle + 5 }, label),
        drawn('text', { class: 'c-fig', x: width, y: narrow ? y - 2 : middle + 5, 'text-anchor': 'end' }, figures),
        drawn('path', { class: 'c-rail', d: `M${left} ${middle}H${right}` }),
      );
      if (found.interval && found.interval[0] < found.interval[1]) {
        const [from, to] = within(found.interval).map(x);
        parts.push(
          drawn('path', {
            class: 'c-span',
            d: `M${from} ${middle}H${to}M${from} ${middle - 5}v10M${to} ${middle - 5}v10`,
          }),
        );
      }
      parts.push(chartMark(VARIANTS.get(each.variant)?.kind, x(found.mean), middle));
      y += step - (narrow ? 18 : 0);
    }
  }
  for (let tick = low; tick <= high + 1e-9; tick += 0.1) {
    parts.unshift(drawn('path', { class: 'c-tick', d: `M${x(tick)} 4V${y + 4}` }));
    parts.push(
      drawn(
        'text',
        {
          class: 'c-axis',
          x: x(tick),
          y: y + 20,
          'text-anchor': tick < low + 1e-9 && narrow ? 'start' : tick > high - 1e-9 && narrow ? 'end' : 'middle',
        },
        tick.toFixed(1),
      ),
    );
  }
  return drawn(
    'svg',
    {
      class: 'chart',
      viewBox: `0 0 ${width} ${y + CHART.foot}`,
      role: 'img',
      'aria-labelledby': `chart-${suite}-title chart-${suite}-desc`,
    },
    title,
    says,
    ...parts,
  );
};

const chartTable = (suite, entries) =>
  el(
    'table.plain',
    {},
    el('caption.vh', {}, `${suite}: mean ${primaryOf(suite)} by language`),
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        ['Language', 'Variant', 'Mean', '95% interval', 'Cases'].map((name) => el('th', { scope: 'col' }, name)),
      ),
    ),
    el(
      'tbody',
      {},
      chartRows(suite, entries).flatMap((group) =>
        group.marks.map(({ each, found }) =>
          el(
            'tr',
            {},
            el('th', { scope: 'row' }, language(group.language)),
            el('td', {}, each.variant),
            el('td', {}, score(found.mean)),
            el('td', {}, found.interval ? range(within(found.interval)) : NONE),
            el('td', {}, count(found.cases)),
          ),
        ),
      ),
    ),
  );

const chartPanel = () => {
  const suites = [...bySuite()].filter(([suite, entries]) => primaryOf(suite) && chartRows(suite, entries).length);
  if (!suites.length) return null;
  const figure = ([suite, entries]) => {
    const frame = el('div.frame', {});
    new ResizeObserver(([box]) => {
      const width = Math.round(box.contentRect.width);
      if (width > 0 && frame.dataset.width !== String(width)) {
        frame.dataset.width = width;
        frame.replaceChildren(chart(suite, entries, width));
      }
    }).observe(frame);
    return el(
      'figure',
      {},
      el('figcaption', {}, el('b', {}, suite), el('span.mut', {}, ` mean ${primaryOf(suite)}`)),
      frame,
      folded('The same as a table', chartTable(suite, entries)),
    );
  };
  const kinds = new Set(RUN.variants.map((each) => each.kind));
  return panel(
    'chart',
    'Scores by suite and language',
    'primary score of each suite, with its 95% interval',
    suites.map(figure),
    el(
      'p.keys',
      {},
      el('span', {}, el('i.k-dot'), 'under test'),
      kinds.has('offline') && el('span', {}, el('i.k-off'), 'offline drafter'),
      [...kinds].some((kind) => CONTROLS.has(kind)) && el('span', {}, el('i.k-control'), 'control'),
    ),
  );
};
