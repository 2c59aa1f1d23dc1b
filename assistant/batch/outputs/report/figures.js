/* New figures as chips, coloured by origin; where one comes from and why is told on hover and on focus. */

const chip = (number) =>
  el(
    'span.num',
    {
      'data-origin': number.origin,
      tabindex: 0,
      role: 'note',
      'aria-label': `${number.text}${WORDS.report.colon}${WORDS.origin[number.origin]}${number.why ? `. ${number.why}` : ''}`,
      onmouseenter: (event) => Tip.show(event.currentTarget, number),
      onmouseleave: () => Tip.hide(),
      onfocus: (event) => Tip.show(event.currentTarget, number),
      onblur: () => Tip.hide(),
    },
    number.text,
  );

const Tip = {
  node: null,
  show(target, number) {
    this.hide();
    this.node = el(
      'div.pop',
      { role: 'tooltip', 'data-origin': number.origin },
      el('p.from', {}, el('i.glyph'), WORDS.origin[number.origin], el('b', {}, number.text)),
      number.why && el('p.why', {}, number.why),
    );
    document.body.append(this.node);
    const box = target.getClientRects()[0];
    const { offsetWidth: width, offsetHeight: height } = this.node;
    const room = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(box.left, room - width - 8));
    const below = box.bottom + 8 + height < innerHeight || box.top < height + 8;
    this.node.style.setProperty('--left', `${left + scrollX}px`);
    this.node.style.setProperty('--top', `${(below ? box.bottom + 6 : box.top - height - 6) + scrollY}px`);
  },
  hide() {
    this.node?.remove();
    this.node = null;
  },
};
