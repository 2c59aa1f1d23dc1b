/* Puts the parts together. */

const start = () => {
  const suitePanels = [...bySuite()].map(suitePanel);
  const parts = [
    ['verdict', 'Verdict', verdictPanel()],
    ['changes', 'Changes', changesPanel()],
    ['matrix', 'Side by side', matrixPanel()],
    ['suites', 'Checks', el('div.stack', { id: 'suites', tabindex: -1 }, suitePanels)],
    ['chart', 'Languages', chartPanel()],
    ['cost', 'Cost', costPanel()],
    ['samples', 'Samples', samplesPanel()],
  ].filter(([, , node]) => node);
  document.querySelector('h1').append(el('span.mono', {}, RUN.id));
  $('#nav').append(...parts.map(([id, name]) => el('a', { href: `#${id}` }, name)));
  $('#report').append(...parts.map(([, , node]) => node));
  draw();
  Popover.listen();
  addEventListener('beforeprint', () =>
    $$('details').forEach((node) => {
      node.open = true;
    }),
  );
};

start();
