const press = (act) => {
  const form = element.querySelector('form');
  const held = (name) => (form && form.elements[name] ? form.elements[name].value : '');
  trigger('click', {
    act, address: held('address'), model: held('model'), key: held('key'), keep: !!(form && form.elements.keep.checked),
  });
};
element.addEventListener('submit', (event) => event.preventDefault());
element.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button || !element.contains(button)) return;
  if (button.dataset.address) {
    const field = element.querySelector('#connect-address');
    field.value = button.dataset.address;
    element.querySelector('#connect-model').focus();
  } else if (button.dataset.act) press(button.dataset.act);
});
element.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') press('close');
});
