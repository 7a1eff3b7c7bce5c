// Keeps the board fresh: asks for its part every 15 seconds, only while somebody looks at it.
const place = document.getElementById('board');
const news = document.getElementById('board-news');
const everyMs = 15_000;
let etag;
let timer;

async function refresh() {
  if (!place || document.hidden) return;
  try {
    const answer = await fetch(place.dataset.part, {
      headers: etag ? { 'If-None-Match': etag } : {},
      redirect: 'error',
    });
    if (answer.status === 200) {
      const part = await answer.text();
      etag = answer.headers.get('ETag') ?? undefined;
      // Whoever is on a card with the keyboard must not lose their place.
      const at =
        document.activeElement instanceof HTMLAnchorElement && place.contains(document.activeElement)
          ? document.activeElement.getAttribute('href')
          : null;
      place.innerHTML = part;
      const told = place.firstElementChild?.getAttribute('data-news') ?? '';
      if (news && news.textContent !== told) news.textContent = told;
      if (at !== null) place.querySelector(`a[href="${CSS.escape(at)}"]`)?.focus({ preventScroll: true });
    }
  } catch {
    // The next round asks again; what is shown stays.
  }
}

function plan() {
  clearInterval(timer);
  if (!document.hidden) timer = setInterval(refresh, everyMs);
}

document.addEventListener('visibilitychange', () => {
  plan();
  void refresh();
});
plan();

// "/" leads to the search box.
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest('input, textarea, select')) return;
  event.preventDefault();
  document.getElementById('top-search')?.focus();
});
