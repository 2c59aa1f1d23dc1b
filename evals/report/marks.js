/* Numbers and findings in the text: chips with their origin, underlines, and one popover that explains both. */

const ORIGINS = {
  stated: 'Stated in the input',
  document: 'From a document',
  knowledge: 'From a method text',
  computed: 'Computed',
  proposed: 'Proposed, to confirm',
  unknown: 'Unknown',
};
const GRAVITY = ['error', 'warning', 'info'];
const SHORT = 8;
const UNBROKEN = 22;
const INPUT_LISTS = { context: 'context', org_goal: 'org_goals', improve: 'improve', resource: 'resources' };

/* What a marked piece of text stands for, for the popover. */
const MEANINGS = new WeakMap();

/* Offsets count code points; strings without surrogates can be cut as they are. */
const cutter = (words) => {
  const points = /[\ud800-\udfff]/.test(words) ? Array.from(words) : null;
  return {
    length: points ? points.length : words.length,
    cut: (from, to) => (points ? points.slice(from, to).join('') : words.slice(from, to)),
  };
};

const pointer = (field) => {
  const clean = String(field || '').replace(/^\/?(result|output|input)(?=\/)/, '');
  const source = /^\/?(context|org_goal|improve|resource):(\d+)$/.exec(clean);
  if (source) return `/${INPUT_LISTS[source[1]]}/${source[2] - 1}`;
  return clean.startsWith('/') ? clean : `/${clean}`;
};

/* The numbers and findings of one answer by field. Failing checks that name a place are findings too. */
class Marks {
  constructor(numbers = [], findings = [], row = null) {
    this.numbers = groupBy(
      [...numbers].sort((a, b) => (a.start || 0) - (b.start || 0)),
      (each) => pointer(each.field),
    );
    this.findings = groupBy(findings, (each) => pointer(each.field));
    this.places = new Map();
    const counts = new Map();
    for (const finding of findings) {
      const goal = pointer(finding.field).split('/').slice(0, 3).join('/');
      counts.set(goal, (counts.get(goal) || 0) + 1);
      this.places.set(finding, counts.get(goal));
    }
    for (const [name, each] of Object.entries(row ? row.scores : {})) {
      if (each.passed !== false) continue;
      for (const span of each.spans || []) {
        const field = pointer(span.field);
        if (!this.findings.has(field)) this.findings.set(field, []);
        this.findings.get(field).push({
          severity: 'error',
          id: name,
          start: span.start,
          end: span.end,
          message: each.why || name,
          check: true,
        });
      }
    }
  }

  at(field) {
    return this.numbers.get(field) || [];
  }

  under(field) {
    return [...this.findings.keys()]
      .filter((key) => key === field || key.startsWith(`${field}/`))
      .flatMap((key) => this.findings.get(key))
      .filter((each) => !each.check);
  }

  /* Returns the text as nodes; a chip is never cut by an underline: where the two meet it carries both. */
  write(words, field) {
    if (!words) return [];
    const text = cutter(String(words));
    const inside = (each) => (each.start || 0) < each.end && each.end <= text.length;
    const numbers = [];
    for (const each of this.at(field).filter(inside))
      if (!numbers.length || (each.start || 0) >= numbers.at(-1).end) numbers.push(each);
    const findings = (this.findings.get(field) || [])
      .filter(inside)
      .filter((each) => each.check || each.end - (each.start || 0) < Math.max(text.length, SHORT));
    const cuts = new Set([0, text.length, ...numbers.flatMap((each) => [each.start || 0, each.end])]);
    for (const each of findings) {
      for (const edge of [each.start || 0, each.end])
        if (!numbers.some((number) => (number.start || 0) < edge && edge < number.end)) cuts.add(edge);
    }
    const edges = [...cuts].sort((a, b) => a - b);
    return edges.slice(1).map((to, at) => {
      const from = edges[at];
      const piece = text.cut(from, to);
      const number = numbers.find((each) => (each.start || 0) === from && each.end === to);
      const over = findings
        .filter((each) => (each.start || 0) < to && each.end > from)
        .sort((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity));
      const last = over.length > 0 && over[0].end <= to;
      if (number)
        return this.chip(piece, number, over, last, text.cut(from - 1, from) === ' ' || text.cut(to, to + 1) === ' ');
      return over.length ? this.hot('span', piece, { findings: over }, last) : piece;
    });
  }

  chip(piece, number, findings = [], last = false, spaced = false) {
    const label = number.tentative ? `${ORIGINS[number.origin]}; this use of it is proposed` : ORIGINS[number.origin];
    return this.hot(`span.num${spaced ? '.sp' : ''}`, piece, { number, label, findings }, last);
  }

  blank(piece, why) {
    return this.hot('span.num', piece, {
      number: { origin: 'unknown', evidence: {} },
      label: ORIGINS.unknown,
      why,
      findings: [],
    });
  }

  hot(kind, piece, meaning, last = false) {
    const finding = meaning.findings[0];
    const whole = piece.length <= (meaning.number ? UNBROKEN : SHORT) ? '.nb' : '';
    const node = el(
      `${kind}${finding ? '.find' : ''}${whole}`,
      {
        role: 'button',
        tabindex: -1,
        'data-hot': true,
        'data-origin': meaning.number && meaning.number.origin,
        'data-sev': finding && finding.severity,
        'data-n': last && this.places.get(finding),
        'aria-label': [piece, meaning.label, ...meaning.findings.map((each) => each.message)]
          .filter(Boolean)
          .join(' · '),
      },
      piece,
    );
    MEANINGS.set(node, { ...meaning, marks: this });
    return node;
  }
}

/* ---------- what a number rests on ---------- */
const STOPS = '。；;！？!?\n';
const AROUND = 24;

const clause = (said, start, end) => {
  const text = cutter(said);
  if (end > text.length || start >= end) return '';
  let from = Math.max(0, start - AROUND),
    to = Math.min(text.length, end + AROUND);
  const stops = (at) => STOPS.includes(text.cut(at, at + 1)) || text.cut(at, at + 2) === '. ';
  let [before, after] = [from > 0 ? '…' : '', to < text.length ? '…' : ''];
  for (let at = from; at < start; at += 1) if (stops(at)) [from, before] = [at + 1, ''];
  for (let at = to - 1; at >= end; at -= 1) if (stops(at)) [to, after] = [at, ''];
  return `${before}${text.cut(from, to).trim()}${after}`;
};

const sourceText = (source, { input = {}, passages = [] }) => {
  const [kind, rest] = [source.split(':')[0], source.split(':').slice(1).join(':')];
  if (kind === 'aim') return input.aim || input.text || '';
  if (kind === 'team') return typeof input.team === 'string' ? input.team : (input.team && input.team.profile) || '';
  if (kind === 'passage') return passages.find((each) => each.id === rest)?.text || '';
  return (input[INPUT_LISTS[kind]] || [])[rest - 1] || '';
};

/* The words that a number rests on; of a method text whose words are not at hand, the draft's own quotation of it. */
const quoted = (evidence, shown, context) => {
  if (!evidence.source || !known(evidence.end)) return '';
  const said = sourceText(evidence.source, context);
  if (said) return clause(said, evidence.start || 0, evidence.end);
  const citation = (context.citations || []).find((each) => evidence.source === `passage:${each.id}`);
  return citation && citation.quote.includes(shown) ? citation.quote : '';
};

const sourceName = (source) => {
  const [kind, rest] = [source.split(':')[0], source.split(':').slice(1).join(':')];
  const names = {
    aim: 'the aim',
    team: 'the team',
    context: `context ${rest}`,
    org_goal: `organisational goal ${rest}`,
    improve: `area to improve ${rest}`,
    resource: `resource ${rest}`,
    document: `document ${rest}`,
    passage: `method text ${rest}`,
    calendar: 'worked out from the calendar',
    rule: 'a drafting rule',
  };
  return names[kind] || source;
};

/* ---------- one popover for numbers and findings ---------- */
const Popover = {
  node: el('div.pop', { id: 'pop', role: 'tooltip', hidden: true }),
  current: null,
  timer: 0,

  close() {
    if (this.current) {
      this.current.classList.remove('open');
      this.current.removeAttribute('aria-describedby');
    }
    this.current = null;
    this.node.hidden = true;
  },

  fill(hot) {
    const meaning = MEANINGS.get(hot);
    const lang = hot.closest('[lang]')?.lang;
    const parts = meaning.findings.map((each) => [
      el(
        `h4.st.${each.severity}`,
        { lang: each.check ? 'en' : lang },
        each.message,
        el('span.mono', { lang: 'en' }, each.id),
      ),
      each.help && el('p.why', { lang }, each.help),
    ]);
    if (meaning.number) {
      const { evidence = {}, origin } = meaning.number;
      const context = meaning.marks.context || {};
      const said = quoted(evidence, hot.textContent, context);
      if (parts.length) parts.push(el('hr'));
      parts.push(
        el('h4.from', { 'data-origin': origin }, el('span.glyph'), meaning.label),
        said && el('p.why', { lang: langOf(context.language) }, `“${said}”`),
        evidence.formula && el('p.why', { lang }, evidence.formula),
        meaning.why && el('p.why', {}, meaning.why),
        evidence.source && el('p.place', {}, sourceName(evidence.source)),
      );
    }
    this.node.replaceChildren();
    grow(this.node, {}, parts);
  },

  open(hot) {
    if (this.current === hot || !MEANINGS.has(hot)) return;
    this.close();
    this.current = hot;
    hot.classList.add('open');
    hot.setAttribute('aria-describedby', 'pop');
    this.fill(hot);
    this.node.hidden = false;
    const box = hot.getClientRects()[0];
    if (!box) return;
    const left = Math.max(
      16,
      Math.min(box.left - 20, document.documentElement.clientWidth - this.node.offsetWidth - 16),
    );
    const above = box.bottom + 10 + this.node.offsetHeight > innerHeight && box.top - this.node.offsetHeight - 10 > 0;
    const style = this.node.style;
    style.setProperty('--left', `${left + scrollX}px`);
    style.setProperty('--top', `${(above ? box.top - this.node.offsetHeight - 10 : box.bottom + 10) + scrollY}px`);
  },

  step(hot, by) {
    const all = $$('[data-hot]', hot.closest('[data-rove]') || hot.parentElement);
    const next = all[(all.indexOf(hot) + by + all.length) % all.length];
    all.forEach((node) => {
      node.tabIndex = -1;
    });
    next.tabIndex = 0;
    next.focus();
  },

  listen() {
    document.body.append(this.node);
    const hotOf = (event) => event.target.closest?.('[data-hot]');
    document.addEventListener('mouseover', (event) => {
      const hot = hotOf(event);
      clearTimeout(this.timer);
      if (hot) this.timer = setTimeout(() => this.open(hot), 120);
      else if (!event.target.closest?.('#pop')) this.timer = setTimeout(() => this.close(), 220);
    });
    document.addEventListener('focusin', (event) => (hotOf(event) ? this.open(hotOf(event)) : this.close()));
    document.addEventListener('click', (event) => {
      if (hotOf(event)) hotOf(event).focus();
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!hotOf(event) || !step) return;
      event.preventDefault();
      this.step(hotOf(event), step);
    });
  },
};
