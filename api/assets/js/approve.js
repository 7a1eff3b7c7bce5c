// The approver's page: small comforts. Nothing here sends anything by itself; every decision is a press of a button.

// A form is sent once, however often the button is pressed; the server would treat a repeat as the same decision anyway.
for (const form of document.querySelectorAll('form[data-once]')) {
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault();
    sent = true;
    setTimeout(() => {
      sent = false;
    }, 8000);
  });
}
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

// "Send back…" opens the fold it leads to.
for (const link of document.querySelectorAll('a[data-opens]')) {
  link.addEventListener('click', (event) => {
    const fold = document.getElementById(link.dataset.opens);
    if (!(fold instanceof HTMLDetailsElement)) return;
    event.preventDefault();
    fold.open = true;
    fold.scrollIntoView({ block: 'start' });
    fold.querySelector('select, textarea, input:not([type=hidden])')?.focus({ preventScroll: true });
  });
}

// How many points are still to check.
const counter = document.querySelector('[data-checks-left]');
if (counter) {
  const checks = [...document.querySelectorAll('.check')];
  const count = () => {
    const left = checks.filter((check) => !check.querySelector('input:checked')).length;
    counter.textContent =
      left === 0 ? counter.dataset.checksDone : counter.dataset.checksLeft.replace('#', String(left));
  };
  document.addEventListener('change', count);
  count();
}
