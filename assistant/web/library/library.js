/* Part of one function with popover.js and page.js, which come before it: what is opened to read comes into view. */
let lastOpen = '0';
let toldOf = '';
let read = 0;
const bringUp = () => {
  const article = $('#library-page .reading');
  const news = $('#library-search [data-news]')?.dataset.news || '';
  if (news !== toldOf) {
    toldOf = news;
    if (news) announce(news);
  }
  if (!article || article.dataset.open === lastOpen) return;
  lastOpen = article.dataset.open;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const found = $('[data-found]', article);
  const narrow = matchMedia('(max-width: 900px)').matches;
  if (found) found.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
  else if (narrow || article.getBoundingClientRect().top < 0) article.scrollIntoView({ block: 'start', behavior: still ? 'auto' : 'smooth' });
  if (found) shine([found]);
};
new MutationObserver(() => {
  if (!read) read = requestAnimationFrame(() => { read = 0; bringUp(); });
}).observe($('.gradio-container') || document.body, { childList: true, subtree: true });
