// Uploads of versions: shows how far the files are. The form does the same without this file, only without the bar.

for (const form of document.querySelectorAll('form[data-upload]')) {
  const box = form.querySelector('[data-upload-progress]');
  const bar = box?.querySelector('progress');
  const line = box?.querySelector('p');
  form.addEventListener('submit', (event) => {
    const files = [...form.querySelectorAll('input[type=file]')].some((input) => input.files.length > 0);
    if (!files || !box || !bar || !line) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter ?? undefined);
    const request = new XMLHttpRequest();
    request.open('POST', form.action);
    request.setRequestHeader('Accept', 'text/html');
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
      if (!lengthComputable) return;
      const percent = Math.round((loaded / total) * 100);
      bar.value = percent;
      line.textContent = box.dataset.text.replace('#', String(percent));
    });
    request.addEventListener('load', () => {
      // The answer is a whole page, or the job page after the redirect: shown as if the browser had gone there itself.
      if (request.responseURL !== form.action) {
        location.assign(request.responseURL);
        return;
      }
      const page = new DOMParser().parseFromString(request.responseText, 'text/html');
      const main = page.querySelector('main');
      if (!main) return location.reload();
      document.querySelector('main').replaceWith(main);
      document.title = page.title;
      main.focus();
      scrollTo(0, 0);
    });
    request.addEventListener('error', () => {
      line.textContent = box.dataset.failed;
    });
    box.hidden = false;
    bar.value = 0;
    request.send(body);
  });
}
