/** The look of the inbox: the product's own colours, light and dark. */
export const style = `
:root { color-scheme: light dark;
  --paper: #faf8f4; --sheet: #ffffff; --line: #e6e1d8; --line-strong: #cfc7b8;
  --ink: #1d1b18; --ink-2: #5d574e; --ink-3: #6f685c; --manila: #e9d9b5; --manila-ink: #5f4615; --seal: #c0331f;
  --font: "Inter", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif;
  --num: ui-monospace, "SF Mono", "JetBrains Mono", "Noto Sans Mono CJK SC", monospace; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #161513; --sheet: #1f1d1a; --line: #33302b; --line-strong: #4a453d;
  --ink: #f1ede6; --ink-2: #b9b2a5; --ink-3: #a09889; --manila: #4a3d20; --manila-ink: #e6cf99; --seal: #e2593f; } }
* { box-sizing: border-box; margin: 0; }
html, body { height: 100%; }
body { background: var(--paper); color: var(--ink); font: 15px/1.55 var(--font); -webkit-font-smoothing: antialiased; }
a { color: inherit; text-underline-offset: 3px; }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; border-radius: 4px; }
.frame { display: grid; grid-template-columns: minmax(320px, 400px) minmax(0, 1fr); grid-template-rows: auto minmax(0, 1fr); height: 100dvh; }
.top { grid-column: 1 / -1; display: flex; align-items: baseline; gap: 12px; padding: 14px 24px; border-bottom: 1px solid var(--line); }
.top h1 { font-size: 18px; font-weight: 650; letter-spacing: -.01em; white-space: nowrap; }
.top h1 a { text-decoration: none; }
.top h1 i { display: inline-block; width: 11px; height: 11px; border-radius: 3px; background: var(--seal); margin-right: 9px; }
.top p { color: var(--ink-3); font-size: 13px; flex: 1; }
.top .lang { font-size: 13px; color: var(--ink-2); white-space: nowrap; padding: 4px 0; }
.side { border-right: 1px solid var(--line); overflow: auto; display: flex; flex-direction: column; }
.find { position: sticky; top: 0; background: var(--paper); padding: 12px 16px; display: flex; gap: 8px; border-bottom: 1px solid var(--line); z-index: 1; }
.find input { flex: 1; min-width: 0; font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--line-strong); border-radius: 6px; min-height: 44px; padding: 0 12px; }
.find input::placeholder { color: var(--ink-3); opacity: 1; }
.find button { font: inherit; font-weight: 600; color: inherit; min-height: 44px; padding: 0 14px; background: transparent; border: 1px solid var(--line-strong); border-radius: 6px; cursor: pointer; }
.count { padding: 8px 18px 6px; font-size: 12px; color: var(--ink-3); font-variant-numeric: tabular-nums; }
.list { list-style: none; padding: 0 8px 24px; }
.list a { display: block; padding: 10px 10px 11px; border-radius: 8px; text-decoration: none; }
.list li + li { border-top: 1px solid var(--line); }
.list a:hover { background: var(--sheet); }
.list a[aria-current] { background: var(--manila); color: var(--manila-ink); }
.list a[aria-current] * { color: inherit; }
.row { display: flex; gap: 8px; justify-content: space-between; font-size: 13px; color: var(--ink-2); }
.row span:first-child { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.row time { white-space: nowrap; font: 12px/1.7 var(--num); color: var(--ink-3); }
.subject { font-weight: 600; overflow-wrap: anywhere; }
.preview { font-size: 13px; color: var(--ink-3); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.main { overflow: auto; padding: 24px 32px 48px; min-width: 0; }
.main > * { max-width: 860px; }
.pick { color: var(--ink-3); display: grid; place-items: center; height: 100%; max-width: none; text-align: center; }
.back { display: none; font-size: 14px; color: var(--ink-2); padding: 8px 0 12px; }
h2 { font-size: 22px; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 14px; margin: 12px 0 16px; font-size: 14px; }
dt { color: var(--ink-3); } dd { overflow-wrap: anywhere; }
iframe { width: 100%; height: 60vh; min-height: 360px; resize: vertical; border: 1px solid var(--line); border-radius: 10px; background: #fff; display: block; color-scheme: light; }
details { border-top: 1px solid var(--line); margin-top: 16px; }
summary { cursor: pointer; padding: 11px 0; font-size: 13px; font-weight: 600; color: var(--ink-2); min-height: 44px; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.6 var(--num); background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; }
.links { padding: 0 0 8px; list-style: none; font: 13px/1.7 var(--num); }
.links a { overflow-wrap: anywhere; display: block; padding: 8px 0; }
.heads { font: 12px/1.6 var(--num); border-collapse: collapse; width: 100%; }
.heads td { padding: 3px 14px 3px 0; vertical-align: top; overflow-wrap: anywhere; } .heads td:first-child { color: var(--ink-3); white-space: nowrap; }
.rawlink { font-size: 13px; color: var(--ink-2); display: inline-block; padding: 12px 0; }
@media (max-width: 860px) {
  .frame { display: block; height: auto; }
  .top { padding: 14px 16px; flex-wrap: wrap; } .top p { order: 3; flex-basis: 100%; } .top h1 { flex: 1; }
  .side { border-right: 0; overflow: visible; } .main { padding: 8px 16px 40px; overflow: visible; }
  .reading .side, .reading .top p, .listing .main { display: none; }
  .back { display: inline-block; } iframe { height: 70vh; }
}
`;

/** Keeps the list fresh without touching what is being typed or read. */
export const script = `
const list = document.getElementById('list');
setInterval(async () => {
  if (document.hidden) return;
  try {
    const page = await (await fetch(location.href, { headers: { accept: 'text/html' } })).text();
    const fresh = new DOMParser().parseFromString(page, 'text/html').getElementById('list');
    if (fresh && list && fresh.innerHTML !== list.innerHTML) list.innerHTML = fresh.innerHTML;
  } catch { /* the inbox is being restarted */ }
}, 3000);
`;
