// Artwork on a page: draws PDFs, marks places on pictures for the return form, compares two versions by dragging.
// Without this file pictures are plain pictures, PDFs are downloads, marks are a text field.

const list = document.querySelector('[data-pin-list]');
const field = list?.querySelector('textarea[name="pins"]');
const pins = [];

function numberOf(index) {
  return index < 20 ? String.fromCodePoint(0x2460 + index) : `(${index + 1})`;
}

/** The text field holds what the form sends: a line a mark. */
function write() {
  if (!field) return;
  const free = field.dataset.free ?? '';
  const lines = pins.map(
    (pin, index) => `${numberOf(index)} ${pin.where}: ${pin.words.value.replace(/\s+/g, ' ').trim()}`,
  );
  field.value = [...lines, free].filter(Boolean).join('\n');
}

function renumber() {
  pins.forEach((pin, index) => {
    pin.mark.textContent = String(index + 1);
    pin.label.textContent = String(index + 1);
    pin.words.setAttribute('aria-label', list.dataset.pinWords.replace('#', String(index + 1)));
    pin.drop.setAttribute('aria-label', list.dataset.pinRemove.replace('#', String(index + 1)));
  });
  write();
}

function addPin(stage, x, y) {
  const name = stage.dataset.pinsName ?? '';
  const pin = { where: `${name}${Math.round(x * 100)}%,${Math.round(y * 100)}%` };
  pin.mark = Object.assign(document.createElement('button'), { type: 'button', className: 'pin-mark' });
  pin.mark.style.left = `${x * 100}%`;
  pin.mark.style.top = `${y * 100}%`;
  const row = Object.assign(document.createElement('div'), { className: 'pin-row' });
  pin.label = Object.assign(document.createElement('span'), { className: 'pin-mark' });
  pin.words = Object.assign(document.createElement('textarea'), { rows: 1, maxLength: 300 });
  pin.drop = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'pin-drop',
    textContent: '×',
  });
  row.append(pin.label, pin.words, pin.drop);
  list.append(row);
  stage.append(pin.mark);
  pins.push(pin);
  pin.words.addEventListener('input', write);
  pin.mark.addEventListener('click', (event) => {
    event.stopPropagation();
    openBack();
    pin.words.focus();
  });
  pin.drop.addEventListener('click', () => {
    pins.splice(pins.indexOf(pin), 1);
    row.remove();
    pin.mark.remove();
    renumber();
  });
  renumber();
  openBack();
  pin.words.focus({ preventScroll: false });
}

function openBack() {
  const fold = document.getElementById('back');
  if (fold instanceof HTMLDetailsElement) fold.open = true;
}

function takePins(stage) {
  if (!list || !field) return;
  field.dataset.free ??= field.value;
  stage.classList.add('pinning');
  stage.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('button, a, input')) return;
    const box = stage.getBoundingClientRect();
    addPin(stage, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  });
}

if (list && field) {
  field.addEventListener('input', () => {
    field.dataset.free = field.value.split('\n').slice(pins.length).join('\n');
  });
  for (const stage of document.querySelectorAll('.art-stage[data-pins]')) {
    const hint = Object.assign(document.createElement('p'), {
      className: 'pin-hint',
      textContent: list.dataset.pinHow,
    });
    stage.after(hint);
    if (document.querySelectorAll('.art').length > 1) stage.dataset.pinsName = `#${stage.dataset.pins} `;
    takePins(stage);
  }
}

// Two versions, one over the other, divided by a line that one drags.
for (const stage of document.querySelectorAll('.art-stage[data-compare]')) {
  const fold = stage.parentElement?.querySelector('details.compare');
  const older = fold?.querySelector('.compare-pair img');
  if (!fold || !older) continue;
  const layer = Object.assign(document.createElement('div'), { className: 'swipe', hidden: true });
  const picture = Object.assign(document.createElement('img'), { src: older.src, alt: '' });
  const line = Object.assign(document.createElement('div'), { className: 'swipe-line' });
  const range = Object.assign(document.createElement('input'), {
    type: 'range',
    min: 0,
    max: 100,
    value: 50,
    className: 'swipe-range',
  });
  range.setAttribute('aria-label', fold.querySelector('summary').textContent);
  layer.append(picture, line);
  stage.append(layer);
  fold.prepend(fold.querySelector('summary'), range);
  const move = () => {
    picture.style.clipPath = `inset(0 ${100 - range.value}% 0 0)`;
    line.style.left = `${range.value}%`;
  };
  range.addEventListener('input', move);
  fold.addEventListener('toggle', () => {
    layer.hidden = !fold.open;
    fold.querySelector('.compare-pair').hidden = true;
    move();
  });
}

// PDFs, page by page as they come into view.
const pdfs = [...document.querySelectorAll('[data-pdf]')];
if (pdfs.length > 0) {
  const base = pdfs[0].dataset.pdfBase;
  const library = await import(`${base}build/pdf.min.mjs`);
  library.GlobalWorkerOptions.workerSrc = `${base}build/pdf.worker.min.mjs`;
  for (const place of pdfs) void draw(library, base, place);
}

async function draw(library, base, place) {
  const state = place.querySelector('[data-pdf-state]');
  try {
    const pdf = await library.getDocument({
      url: place.dataset.pdf,
      cMapUrl: `${base}cmaps/`,
      cMapPacked: true,
      standardFontDataUrl: `${base}standard_fonts/`,
      disableFontFace: true,
      useWasm: false,
      isEvalSupported: false,
      enableXfa: false,
    }).promise;
    const pages = Math.min(pdf.numPages, 60);
    place.querySelector('.art-picture')?.remove();
    for (let n = 1; n <= pages; n += 1) {
      const page = await pdf.getPage(n);
      const plain = page.getViewport({ scale: 1 });
      const wanted = Math.min(2, devicePixelRatio || 1) * (place.clientWidth || 600);
      const viewport = page.getViewport({ scale: Math.min(4, wanted / plain.width) });
      const holder = Object.assign(document.createElement('div'), { className: 'art-page' });
      const canvas = Object.assign(document.createElement('canvas'), {
        width: Math.floor(viewport.width),
        height: Math.floor(viewport.height),
      });
      const label = place.dataset.pdfPage.replace('#', String(n));
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', `${place.dataset.pdfName}, ${label}`);
      holder.append(
        canvas,
        Object.assign(document.createElement('span'), {
          className: 'art-page-n',
          textContent: `${n} / ${pdf.numPages}`,
        }),
      );
      place.insertBefore(holder, state);
      await page.render({ canvas, canvasContext: canvas.getContext('2d'), viewport }).promise;
      if (place.dataset.pins) {
        holder.dataset.pinsName = `${label} `;
        takePins(holder);
      }
    }
    state?.remove();
    place.dataset.pdfDrawn = String(pages);
  } catch {
    place.dataset.pdfDrawn = 'failed';
  }
}
