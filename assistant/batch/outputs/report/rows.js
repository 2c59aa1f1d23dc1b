/* Row by row: filters, and a card each with the texts side by side. */

const BY_INDEX = new Map(ROWS.map((row) => [row.index, row]));
const PAGE = 25;

const haystack = (row) =>
  (row.hay ??= [row.id, row.owner, row.text, row.reason, ...row.rewrites.map((each) => each.text), ...row.questions, ...row.changes, ...row.findings.map(([, text]) => text)]
    .join('\n')
    .toLowerCase());

const Filter = {
  status: '', owner: '', text: '', chosen: null, limit: PAGE,
  matching() {
    const sought = this.text.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = this.chosen && new Set(this.chosen);
    return ROWS.filter(
      (row) =>
        (!this.status || row.outcome === this.status) &&
        (!this.owner || `=${row.owner}` === this.owner) &&
        (!chosen || chosen.has(row.index)) &&
        sought.every((word) => haystack(row).includes(word)),
    );
  },
  set(values) {
    Object.assign(this, { limit: PAGE }, values);
    this.draw();
  },
  only(values) {
    this.set({ status: '', owner: '', text: '', chosen: null, ...values });
    $('#rows').scrollIntoView({ behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
    $('#rows').focus({ preventScroll: true });
  },
  draw() {
    const rows = this.matching();
    const words = WORDS.report;
    for (const name of ['status', 'owner', 'text']) {
      const field = $(`#f-${name}`);
      if (field && field.value !== this[name]) field.value = this[name];
    }
    const any = this.status || this.owner || this.text || this.chosen;
    $('#told').replaceChildren(
      filled(this.chosen ? words.chosen : words.matching, { count: count(rows.length) }),
      any ? el('button.link', { type: 'button', onclick: () => this.set({ status: '', owner: '', text: '', chosen: null }) }, words.clear) : '',
    );
    Tip.hide();
    $('#cards').replaceChildren(...rows.slice(0, this.limit).map(card), ...(rows.length ? [] : [el('p.pad.mut', {}, words.nothing)]));
    const left = rows.length - this.limit;
    $('#more').replaceChildren(
      left > 0
        ? el('button.btn', { type: 'button', onclick: () => this.grow(rows) }, filled(words.more, { count: count(Math.min(PAGE, left)) }))
        : '',
    );
  },
  /* Adds a page of cards without drawing the others anew, so that the focus stays near. */
  grow(rows) {
    const from = this.limit;
    this.limit += PAGE;
    const cards = rows.slice(from, this.limit).map(card);
    $('#cards').append(...cards);
    const left = rows.length - this.limit;
    if (left > 0) $('#more button').textContent = filled(WORDS.report.more, { count: count(Math.min(PAGE, left)) });
    else $('#more').replaceChildren();
    cards[0].focus({ preventScroll: true });
  },
};

const place = (row) => {
  const words = WORDS.report;
  const line = filled(DATA.file.kind === 'word' ? words.paragraph : words.line, { line: row.line });
  return [row.sheet, line].filter(Boolean).join(words.separator);
};

/* Tells whether a row has an id of its own; that of others is their place, which is told anyway. */
const named = (row) => !row.id.startsWith(`${DATA.file.name}:`);

const letters = (row) =>
  row.before &&
  el(
    'ul.letters',
    {},
    LETTERS.map((letter, at) => {
      const [was, is] = [markBefore(row, at), markAfter(row, at) ?? markBefore(row, at)];
      const told = [...new Set([was, is])].map((mark) => WORDS.report.marks[mark]).join(' → ');
      return el(
        'li',
        { 'data-mark': is, class: was === is ? null : 'moved', title: `${WORDS.report.letters[letter]}${WORDS.report.colon}${told}` },
        el('b', {}, letter),
        el('i', { 'data-mark': is, 'aria-hidden': true }, WORDS.marks[is]),
        el('span.vh', {}, `${WORDS.report.letters[letter]}${WORDS.report.colon}${told}`),
      );
    }),
  );

const points = (row) => {
  const [was, is] = [before(row), after(row)];
  if (!known(was)) return null;
  const moved = row.rewrites.length && was !== is;
  return el('span.points', {}, moved ? arrow(was, filled(WORDS.report.points, { score: is })) : filled(WORDS.report.points, { score: was }));
};

const listed = (title, items) =>
  items.length > 0 && el('div.said', {}, el('h4', {}, title), items.length > 1 ? el('ul.dots', {}, items.map((each) => el('li', {}, each))) : el('p', {}, items[0]));

const numberList = (numbers) =>
  el(
    'div.said',
    {},
    el('ul.origins', {}, numbers.map((each) => el('li', {}, chip(each), el('span.mut', {}, [WORDS.origin[each.origin], each.why].filter(Boolean).join(WORDS.report.colon))))),
  );

/* The right half: the rewrite where there is one, else why there is none. */
const outcomeOf = (row) => {
  const words = WORDS.report;
  if (!row.rewrites.length) {
    const says = { kept: [words.reasons, row.changes], asked: [words.reasons, row.changes], failed: [words.failed, [row.reason]], skipped: [words.failed, [row.reason]] };
    const [title, items] = says[row.outcome] || [words.failed, [row.reason]];
    return [
      el('h3.side', {}, JUDGED ? words.found : words.after),
      JUDGED ? null : el('p.same', {}, words.unchanged),
      !JUDGED && listed(title, items.filter(Boolean)),
    ];
  }
  const old = row.text;
  return [
    el('h3.side', {}, words.after),
    row.rewrites.map((each) => {
      const pair = compared(old, each.text, row.rewrites.length > 1 ? LEAST_OF_PART : LEAST_SHARED);
      const tokens = pair ? pair[1] : [[each.text, true]];
      const letter = row.rewrites.length > 1 && each.id;
      return el('p.text.new', { lang: row.language }, letter && el('b.nth', {}, letter), ...marked(tokens, 'new', each.numbers));
    }),
    listed(words.changes, row.changes),
  ];
};

const card = (row) => {
  const words = WORDS.report;
  const joined = row.rewrites.map((each) => each.text).join('\n');
  const pair = joined ? compared(row.text, joined) : null;
  const numbers = row.rewrites.flatMap((each) => each.numbers);
  const seen = new Set();
  const own = numbers.filter((each) => {
    const name = JSON.stringify(each);
    return !seen.has(name) && seen.add(name);
  });
  const found = row.findings.length > 0 && el(
    'ul.found',
    {},
    row.findings.map(([severity, text]) => el('li', { 'data-sev': severity }, el('span.sev', {}, words.severity[severity]), text)),
  );
  return el(
    'article.card',
    { tabindex: -1, 'aria-label': row.id },
    el('header', {}, pill(row.outcome), named(row) && el('span.id', {}, row.id), row.owner && el('span.who', {}, row.owner), el('span.mut', {}, place(row)), el('span.end', {}, letters(row), points(row))),
    el(
      'div.halves',
      {},
      el(
        'div',
        {},
        el('h3.side', {}, JUDGED ? words.now : words.before),
        el('p.text', { lang: row.language, tabindex: row.text.length > 1500 ? 0 : null }, pair ? marked(pair[0], 'old') : row.text),
        row.beside.length > 0 && el('dl.beside', {}, row.beside.map(([label, value]) => el('div', {}, el('dt', {}, label), el('dd', {}, value)))),
        !JUDGED && found && el('div.said', {}, el('h4', {}, words.found), found),
      ),
      el(
        'div',
        {},
        outcomeOf(row),
        JUDGED && found,
        listed(words.questions, row.outcome === 'kept' ? [] : row.questions),
        own.length > 0 && el('details.fold.rest', {}, el('summary', {}, words.numbers), numberList(own)),
      ),
    ),
  );
};

const select = (name, label, options) =>
  el('label.field', {}, el('span', {}, label), el('select', { id: `f-${name}`, onchange: (event) => Filter.set({ [name]: event.target.value }) }, options.map(([value, text]) => el('option', { value }, text))));

const rowsPanel = () => {
  const words = WORDS.report;
  const kinds = Object.keys(TONES).filter((kind) => ROWS.some((row) => row.outcome === kind));
  const owners = [...new Set(ROWS.map((row) => row.owner))].sort((a, b) => (a === '') - (b === '') || a.localeCompare(b, DATA.language));
  let waiting = 0;
  const search = el('input', {
    id: 'f-text', type: 'search', placeholder: words.search_hint, autocomplete: 'off',
    oninput: (event) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => Filter.set({ text: event.target.value }), ROWS.length > 500 ? 150 : 0);
    },
  });
  return panel(
    'rows',
    JUDGED ? words.judged_rows : words.rows,
    '',
    el(
      'div.filters',
      {},
      select('status', words.status, [['', words.all], ...kinds.map((kind) => [kind, WORDS.status[kind]])]),
      owners.length > 1 && select('owner', words.owner, [['', words.all], ...owners.map((owner) => [`=${owner}`, owner || words.nobody])]),
      el('label.field.wide', {}, el('span', {}, words.search), search),
    ),
    el('p.told', { id: 'told', role: 'status' }),
    el('div', { id: 'cards' }),
    el('div.more', { id: 'more' }),
  );
};
