/* What two texts share, word by word in Latin letters and character by character in Chinese. */

const TOKEN = /\p{Script=Han}|\d[\d.,:/]*\d%?|\d[%％]?|[\p{L}\p{M}]+|\s+|[^]/gu;
const MOST_CELLS = 1_500_000;
/* Shares of the shorter text; each of several rewrites takes up only a part of the old one. */
const LEAST_SHARED = 0.2;
const LEAST_OF_PART = 0.08;

/* Return, for each text, its tokens as [text, shared?]; null where they have too little in common to be compared. */
const compared = (one, other, least = LEAST_SHARED) => {
  if (one.length + other.length > 20_000) return null;
  const a = one.match(TOKEN) || [];
  const b = other.match(TOKEN) || [];
  if (!a.length || !b.length || a.length * b.length > MOST_CELLS) return null;
  const width = b.length + 1;
  const best = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      best[i * width + j] =
        a[i] === b[j] ? best[(i + 1) * width + j + 1] + 1 : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
  if (best[0] < least * Math.min(a.length, b.length)) return null;
  const [left, right] = [[], []];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      left.push([a[i], true]);
      right.push([b[j], true]);
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && best[(i + 1) * width + j] >= best[i * width + j + 1])) {
      left.push([a[i], false]);
      i += 1;
    } else {
      right.push([b[j], false]);
      j += 1;
    }
  }
  return [left, right].map(whole);
};

/* Blanks count as shared unless they stand between words that are not. */
const whole = (tokens) =>
  tokens.map(([text, shared], at) => {
    const alone = (other) => other !== undefined && !other[1];
    return [text, shared || (!text.trim() && !(alone(tokens[at - 1]) && alone(tokens[at + 1])))];
  });

/* Return [start, end, number] of each new figure in a text, the longest first where they overlap. */
const figures = (text, numbers) => {
  const found = [];
  for (const number of [...numbers].sort((a, b) => b.text.length - a.text.length)) {
    if (!number.text) continue;
    for (let at = text.indexOf(number.text); at >= 0; at = text.indexOf(number.text, at + number.text.length)) {
      const end = at + number.text.length;
      const inside = /\d/.test(number.text[0]) && /[\d.,]/.test(text[at - 1] || '') && /\d/.test(text.slice(at - 2, at));
      const goesOn = /\d$/.test(number.text) && /^(?:\d|[.,]\d)/.test(text.slice(end, end + 2));
      if (!inside && !goesOn && !found.some(([from, to]) => at < to && end > from)) found.push([at, end, number]);
    }
  }
  return found.sort((a, b) => a[0] - b[0]);
};

/* Return the nodes of a text with what is new in it marked and its new figures as chips. */
const marked = (tokens, kind, numbers = []) => {
  const text = tokens.map(([each]) => each).join('');
  const places = figures(text, numbers);
  const nodes = [];
  let [at, next] = [0, 0];
  let run = ['', true];
  const close = () => {
    if (run[0]) nodes.push(run[1] ? plain(run[0]) : el(`${kind === 'old' ? 'del' : 'ins'}`, {}, run[0]));
    run = ['', true];
  };
  const add = (piece, shared) => {
    if (shared !== run[1]) {
      close();
      run = ['', shared];
    }
    run[0] += piece;
  };
  for (const [token, shared] of tokens) {
    let from = at;
    const end = at + token.length;
    while (next < places.length && places[next][0] < end) {
      const [start, stop, number] = places[next];
      if (start >= from) {
        add(text.slice(from, start), shared);
        close();
        nodes.push(chip(number));
      }
      from = Math.min(stop, end);
      if (stop > end) break;
      next += 1;
    }
    add(text.slice(from, end), shared);
    at = end;
  }
  close();
  return nodes;
};
