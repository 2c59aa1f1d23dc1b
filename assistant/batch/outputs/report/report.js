/* Puts the parts together. */

const start = () => {
  const words = WORDS.report;
  const parts = [
    ['overview', words.overview, overviewPanel()],
    ['chart', JUDGED ? words.judged_chart : words.chart, chartPanel()],
    ['whole', words.whole, wholePanel()],
    ['questions', words.questions, questionsPanel()],
    ['rows', JUDGED ? words.judged_rows : words.rows, rowsPanel()],
  ].filter(([, , node]) => node);
  $('#nav').append(...parts.map(([id, name]) => el('a', { href: `#${id}` }, name)));
  const notices = noticesPanel();
  $('#report').append(...(notices ? [notices] : []), ...parts.map(([, , node]) => node));
  Filter.draw();
  addEventListener('keydown', (event) => event.key === 'Escape' && Tip.hide());
  addEventListener('beforeprint', () => document.querySelectorAll('details').forEach((node) => (node.open = true)));
};

start();
