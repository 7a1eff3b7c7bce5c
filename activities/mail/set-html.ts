import type { Fact, Letter, LetterList, ListLine, Seal, Sheet } from './letter.ts';
import type { Markup } from './markup.ts';
import { html, lines } from './markup.ts';

/**
 * Paper, ink, one seal. Light colours stand at each element, because many mail programs read nothing else; programs
 * that know dark mode get the second set from the style sheet.
 */
const light = {
  paper: '#faf8f4',
  sheet: '#ffffff',
  line: '#e6e1d8',
  strong: '#cfc7b8',
  ink: '#1d1b18',
  ink2: '#5d574e',
  ink3: '#757067',
  manila: '#f3e9d2',
  manilaInk: '#6b4f19',
  seal: '#c0331f',
  sealInk: '#ffffff',
} as const;

const han = `'Noto Sans SC','PingFang SC','Microsoft YaHei','Noto Sans CJK SC'`;
const latin = `'Inter',-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial`;
/** In English text the Latin fonts come first, else quotation marks and dots come out as wide as Chinese ones. */
const fonts: Readonly<Record<Letter['language'], string>> = {
  'zh-CN': `'Inter',${han},${latin},sans-serif`,
  en: `${latin},${han},sans-serif`,
};
const mono = `ui-monospace,'SF Mono','JetBrains Mono','Noto Sans Mono CJK SC',Menlo,Consolas,monospace`;

const style = `
body{margin:0;padding:0;-webkit-text-size-adjust:100%}
table{border-collapse:separate}
a{color:inherit}
@media (max-width:480px){.pad{padding-left:18px!important;padding-right:18px!important}.edge{padding-left:0!important;padding-right:0!important}.sheet{border-left-width:0!important;border-right-width:0!important;border-radius:0!important}.btn a{display:block!important;text-align:center!important}.btn{width:100%!important}.title{font-size:20px!important}}
@media (prefers-color-scheme:dark){.paper{background:#161513!important}.sheet{background:#1f1d1a!important;border-color:#33302b!important}.ink{color:#f1ede6!important}.ink2{color:#b9b2a5!important}.ink3{color:#9a9385!important}.rule{border-color:#33302b!important}.manila{background:#3a301b!important;color:#e6cf99!important}.late{color:#f0806a!important}.quote{border-color:#4a453d!important}.s-signed{background:#e2593f!important;border-color:#e2593f!important;color:#1d0d09!important}.s-here{border-color:#f1ede6!important;color:#f1ede6!important;background:#4a3d20!important}.s-back{border-color:#f0806a!important;color:#f0806a!important}.s-waiting,.s-skipped{border-color:#4a453d!important;color:#9a9385!important}.btn-first{background:#e2593f!important}.btn-first a{color:#1d0d09!important;border-color:#e2593f!important}.btn-more{background:#1f1d1a!important}.btn-more a{color:#f1ede6!important;border-color:#8d8678!important}}
`;

const sealLook: Readonly<Record<Seal['state'], string>> = {
  signed: `background:${light.seal};border:2px solid ${light.seal};color:${light.sealInk}`,
  here: `background:${light.manila};border:2px solid ${light.ink};color:${light.ink}`,
  back: `background:transparent;border:2px dashed ${light.seal};color:${light.seal}`,
  waiting: `background:transparent;border:2px solid ${light.strong};color:${light.ink3}`,
  skipped: `background:transparent;border:2px dotted ${light.line};color:${light.strong}`,
};

function chain(sheet: Sheet, font: string): Markup | undefined {
  if (sheet.seals.length === 0) return undefined;
  const squares = sheet.seals.map(
    (seal) =>
      html`<td style="padding:0 6px 6px 0"><table role="presentation" cellpadding="0" cellspacing="0"><tr><td class="s-${seal.state}" align="center" valign="middle" width="26" height="26" title="${seal.title}" style="width:26px;height:26px;border-radius:5px;font:650 14px/26px ${font};${sealLook[seal.state]}">${seal.char}</td></tr></table></td>`,
  );
  return html`<table role="img" aria-label="${sheet.chain}" cellpadding="0" cellspacing="0" style="margin:16px 0 0"><tr>${squares}</tr></table>
<div class="ink3" style="font-size:13px;color:${light.ink3};margin:2px 0 0">${sheet.chain}</div>`;
}

const valueLook: Readonly<
  Record<NonNullable<Fact['weight']> | 'plain', { readonly name: string; readonly css: string }>
> = {
  plain: { name: 'ink', css: `color:${light.ink};font-weight:400` },
  strong: { name: 'ink', css: `color:${light.ink};font-weight:650` },
  late: { name: 'late', css: `color:${light.seal};font-weight:650` },
};

function facts(rows: readonly Fact[]): Markup | undefined {
  if (rows.length === 0) return undefined;
  const cells = rows.map(
    (row) =>
      html`<tr><td class="ink3" valign="top" style="padding:3px 16px 3px 0;font-size:14px;line-height:22px;color:${light.ink3};white-space:nowrap">${row.label}</td><td class="${valueLook[row.weight ?? 'plain'].name}" valign="top" style="padding:3px 0;font-size:14px;line-height:22px;${valueLook[row.weight ?? 'plain'].css}">${row.value}${row.soft === undefined ? undefined : html`&ensp;<span class="ink3" style="color:${light.ink3};font-weight:400">${row.soft}</span>`}</td></tr>`,
  );
  return html`<table role="presentation" cellpadding="0" cellspacing="0" style="margin:16px 0 0">${cells}</table>`;
}

function button(sheet: Sheet, first: boolean, font: string): Markup | undefined {
  if (sheet.button === undefined) return undefined;
  const [back, ink, edge] = first ? [light.seal, light.sealInk, light.seal] : [light.sheet, light.ink, light.strong];
  return html`<table role="presentation" class="btn" cellpadding="0" cellspacing="0" style="margin:20px 0 0"><tr><td class="${first ? 'btn-first' : 'btn-more'}" bgcolor="${back}" style="border-radius:7px;background:${back}"><a href="${sheet.button.href}" style="display:inline-block;padding:12px 28px;border:1px solid ${edge};border-radius:7px;font:600 16px/22px ${font};color:${ink};text-decoration:none">${sheet.button.label}</a></td></tr></table>`;
}

function sheetOf(sheet: Sheet, first: boolean, font: string): Markup {
  return html`<tr><td class="edge" style="padding:0 16px 14px"><table role="presentation" class="sheet" width="100%" cellpadding="0" cellspacing="0" bgcolor="${light.sheet}" style="background:${light.sheet};border:1px solid ${light.line};border-radius:12px"><tr><td class="pad" style="padding:26px 30px 28px;font-family:${font}">
<div class="ink3" style="font-size:13px;line-height:20px;color:${light.ink3}">${sheet.job}</div>
<h1 class="ink title" style="margin:4px 0 0;font-size:22px;line-height:30px;font-weight:650;color:${light.ink}">${sheet.about}<br>${sheet.title}</h1>
${chain(sheet, font)}
${sheet.lead === '' ? undefined : html`<p class="ink" style="margin:16px 0 0;font-size:15px;line-height:24px;color:${light.ink}">${sheet.lead}</p>`}
${sheet.words === undefined ? undefined : html`<div class="ink3" style="margin:16px 0 4px;font-size:13px;line-height:20px;color:${light.ink3}">${sheet.words.label}</div><div class="ink quote" style="border-left:3px solid ${light.strong};padding:2px 0 2px 14px;font-size:15px;line-height:24px;color:${light.ink};word-break:break-word">${lines(sheet.words.text)}</div>`}
${facts(sheet.facts)}
${sheet.meaning === undefined ? undefined : html`<div class="manila" style="margin:18px 0 0;padding:11px 14px;border-radius:7px;background:${light.manila};color:${light.manilaInk};font-size:14px;line-height:22px">${sheet.meaning}</div>`}
${button(sheet, first, font)}
${sheet.proof === undefined ? undefined : html`<div class="ink3" style="margin:18px 0 4px;font-size:13px;line-height:20px;color:${light.ink3}">${sheet.proof.label}</div><div class="ink" style="font:13px/20px ${mono};color:${light.ink};word-break:break-all">${sheet.proof.value}</div><div class="ink3" style="margin:4px 0 0;font-size:13px;line-height:20px;color:${light.ink3}">${sheet.proof.why}</div>`}
${sheet.next === undefined ? undefined : html`<p class="ink2" style="margin:16px 0 0;font-size:14px;line-height:22px;color:${light.ink2}">${sheet.next}</p>`}
</td></tr></table></td></tr>`;
}

function lineOf(line: ListLine, first: boolean, font: string): Markup {
  const [name, css] = line.late
    ? ['late', `color:${light.seal};font-weight:650`]
    : ['ink', `color:${light.ink};font-weight:650`];
  return html`<tr><td class="rule" style="padding:14px 0 15px;${first ? '' : `border-top:1px solid ${light.line}`}">
<div class="ink3" style="font-size:13px;line-height:20px;color:${light.ink3}">${line.job}</div>
<div class="ink" style="font-size:16px;line-height:24px;font-weight:650;color:${light.ink}">${line.about}</div>
${line.due === '' ? undefined : html`<div class="${name}" style="font-size:14px;line-height:22px;${css}">${line.due}</div>`}
${line.who === '' ? undefined : html`<div class="ink2" style="font-size:14px;line-height:22px;color:${light.ink2}">${line.who}</div>`}
${line.link === undefined ? undefined : html`<div style="font:600 15px/24px ${font};margin:4px 0 0"><a class="ink" href="${line.link.href}" style="color:${light.ink};text-decoration:underline">${line.link.label}</a></div>`}
</td></tr>`;
}

function listOf(list: LetterList, font: string): Markup {
  const { more } = list;
  return html`<tr><td class="edge" style="padding:0 16px 14px"><table role="presentation" class="sheet" width="100%" cellpadding="0" cellspacing="0" bgcolor="${light.sheet}" style="background:${light.sheet};border:1px solid ${light.line};border-radius:12px"><tr><td class="pad" style="padding:24px 30px 22px;font-family:${font}">
<h1 class="ink title" style="margin:0;font-size:22px;line-height:30px;font-weight:650;color:${light.ink}">${list.title}</h1>
<p class="ink2" style="margin:4px 0 6px;font-size:14px;line-height:22px;color:${light.ink2}">${list.lead}</p>
<table width="100%" cellpadding="0" cellspacing="0">${list.lines.map((line, n) => lineOf(line, n === 0, font))}</table>
${more === undefined ? undefined : html`<p class="ink" style="margin:6px 0 0;font-size:15px;line-height:24px;color:${light.ink}">${more.text}${more.link === undefined ? undefined : html` <a class="ink" href="${more.link.href}" style="color:${light.ink};font-weight:600;text-decoration:underline">${more.link.label}</a>`}</p>`}
</td></tr></table></td></tr>`;
}

/** The middle dot of a Chinese face is as wide as a character; in text, never in an attribute, it gets a Latin one. */
function narrowDots(source: string): string {
  return source.replace(/>[^<]*·[^<]*</g, (text) =>
    text.replaceAll('·', '<span style="font-family:Arial,Helvetica,sans-serif">·</span>'),
  );
}

/** The mail as HTML: tables that mail programs can show, one primary button, readable in dark mode, nothing from outside. */
export function setHtml(letter: Letter): string {
  const font = fonts[letter.language];
  let primary = true;
  const sheets = letter.sheets.map((sheet) => {
    // The seal's colour is for signing; a way to a page is a quiet button.
    const signs = primary && sheet.grantId !== undefined;
    if (signs) primary = false;
    return sheetOf(sheet, signs, font);
  });
  const page = html`<!doctype html>
<html lang="${letter.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no"><title>${letter.subject}</title><style>:root{color-scheme:light dark;supported-color-schemes:light dark}${style}</style></head>
<body class="paper" style="margin:0;padding:0;background:${light.paper}">
<div style="display:none;max-height:0;overflow:hidden;opacity:0">${letter.preview}</div>
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" bgcolor="${light.paper}" style="background:${light.paper}"><tr><td align="center">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:620px">
<tr><td class="pad" style="padding:22px 30px 16px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td class="ink" style="font:650 16px/24px ${font};color:${light.ink}">${letter.agency}</td><td class="ink3" align="right" style="font:14px/24px ${font};color:${light.ink3}">${letter.to}</td></tr></table></td></tr>
${letter.opening === undefined ? undefined : html`<tr><td class="pad ink" style="padding:0 30px 16px;font:15px/24px ${font};color:${light.ink}">${letter.opening}</td></tr>`}
${sheets}${(letter.lists ?? []).map((list) => listOf(list, font))}
<tr><td class="pad ink3" style="padding:8px 30px 36px;font:13px/21px ${font};color:${light.ink3}">${letter.foot.map((line) => html`${line}<br>`)}</td></tr>
</table></td></tr></table></body></html>`.source;
  const body = page.indexOf('<table');
  return letter.language === 'zh-CN' ? page.slice(0, body) + narrowDots(page.slice(body)) : page;
}
