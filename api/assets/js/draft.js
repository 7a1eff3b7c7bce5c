// Papers that are being written: saves the draft a moment after the last key, tells when another window was faster,
// and keeps the line of what is missing true. Without this file the buttons do the same.

const quietMs = 2500;

for (const form of document.querySelectorAll('form[data-draft]')) {
  const state = form.querySelector('[data-draft-state]');
  const fullness = form.querySelector('[data-fullness]');
  const revision = form.querySelector('input[name=revision]');
  let timer;
  let running;
  let stopped = false;
  let dirty = false;
  const say = (key) => {
    if (state) state.textContent = state.dataset[key] ?? '';
  };
  const save = async () => {
    dirty = false;
    say('saving');
    try {
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
      const answer = await fetch(form.dataset.draft, {
        method: 'POST',
        body,
        headers: { Accept: 'application/json' },
        redirect: 'error',
      });
      if (answer.status === 409) {
        stopped = true;
        return say('conflict');
      }
      if (!answer.ok) {
        dirty = true;
        return say('failed');
      }
      const told = await answer.json();
      if (revision) revision.value = String(told.revision);
      if (fullness) fullness.innerHTML = told.fullness;
      say('saved');
    } catch {
      dirty = true;
      say('failed');
    }
  };
  const soon = () => {
    clearTimeout(timer);
    if (stopped) return;
    timer = setTimeout(async () => {
      await running;
      if (!dirty || stopped) return;
      running = save();
      await running;
      if (dirty) soon();
    }, quietMs);
  };
  form.addEventListener('input', (event) => {
    if (event.target.type === 'file') return;
    dirty = true;
    soon();
  });
  // A submit must not race with a save that is on its way: the revision in the form would be the old one.
  form.addEventListener('submit', (event) => {
    clearTimeout(timer);
    stopped = true;
    if (!running) return;
    event.preventDefault();
    const { submitter } = event;
    const waiting = running;
    running = undefined;
    void waiting.finally(() => form.requestSubmit(submitter ?? undefined));
  });
}
