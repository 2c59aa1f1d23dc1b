/* Part of one function with popover.js and page.js, which come before it: where the keyboard is when the form opens or goes. */
let opener = null;
document.addEventListener('click', (event) => {
  const line = event.target.closest('.drafter[data-act]');
  if (line) opener = line.closest('#head') ? '#head' : '#promises';
});
let connecting = '';
new MutationObserver(() => {
  const panel = $('.connecting');
  const now = !panel ? '' : $('form', panel) ? 'form' : 'told';
  if (now === connecting) return;
  const before = connecting;
  connecting = now;
  if (panel) {
    if (opener || before) ($('#connect-address', panel) || $('#connect-title', panel)).focus();
    panel.scrollIntoView({ block: 'nearest' });
  } else {
    $(`${opener || '#head'} .drafter[data-act]`)?.focus();
    opener = null;
  }
}).observe($('.gradio-container') || document.body, { childList: true, subtree: true });
