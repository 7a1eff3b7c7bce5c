// Forms of papers: saves a draft while one types, adds table rows without a round trip.
// Without this file the same forms work with their buttons alone.

const quietMs = 1200;

for (const form of document.querySelectorAll('form[data-autosave]')) {
  const state = form.querySelector('[data-autosave-state]');
  let timer;
  let saving = false;
  let again = false;
  const say = (key) => {
    if (state) state.textContent = state.dataset[key] ?? '';
  };
  const save = async () => {
    if (saving) {
      again = true;
      return;
    }
    saving = true;
    say('saving');
    try {
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
      const answer = await fetch(form.dataset.autosave, {
        method: 'POST',
        body,
        headers: { Accept: 'application/json' },
        redirect: 'error',
      });
      say(answer.ok ? 'saved' : 'failed');
    } catch {
      say('failed');
    } finally {
      saving = false;
      if (again) {
        again = false;
        void save();
      }
    }
  };
  form.addEventListener('input', (event) => {
    if (event.target.type === 'file') return;
    clearTimeout(timer);
    timer = setTimeout(save, quietMs);
  });
}

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button[data-add-row]') : null;
  if (!button) return;
  const body = button.closest('[data-table]')?.querySelector('tbody');
  const last = body?.lastElementChild;
  if (!last) return;
  event.preventDefault();
  const index = body.children.length;
  const row = last.cloneNode(true);
  for (const input of row.querySelectorAll('input, select, textarea')) {
    input.name = input.name.replace(/\[\d+\]/, `[${index}]`);
    input.id = `${input.id}-${index}`;
    if (input.type === 'checkbox') input.checked = false;
    else input.value = '';
    const label = input.getAttribute('aria-label');
    if (label) input.setAttribute('aria-label', label.replace(/\d+(?=\D*$)/, String(index + 1)));
  }
  const number = row.querySelector('.grid-n');
  if (number) number.textContent = String(index + 1);
  body.append(row);
  row.querySelector('input, select, textarea')?.focus();
});
