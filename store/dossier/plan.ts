import { extname } from 'node:path';
import type { JobState, Piece, PieceVersion } from '../../domain/job/state.ts';
import { workTypeFacts } from '../../domain/job/worktypes.ts';
import { canonical } from '../../domain/log/canonical.ts';
import { isFormId, paperWords } from '../../domain/wording/papers.ts';
import { fileName, isFileName } from '../../papers/filename.ts';
import type { Folder } from '../../papers/folders.ts';
import { forms } from '../../papers/index.ts';
import type { LogExport } from '../export.ts';
import type { FoldEntry } from '../fold.ts';
import type { Manifest } from '../manifests.ts';
import type { Frozen, PaperVersionRow } from '../papers.ts';
import { contentHtml, escapeHtml, grid, page, pairs } from './html.ts';
import { sheetsFrom } from './sheets.ts';

/** One file of a dossier: a text written now, or a blob that lies in the store. */
export type DossierFile =
  | { readonly path: string; readonly kind: 'text'; readonly text: string }
  | { readonly path: string; readonly kind: 'blob'; readonly sha256: string; readonly size: number };

/** Everything a dossier is made of. */
export interface DossierSources {
  readonly state: JobState;
  readonly entries: readonly FoldEntry[];
  readonly versions: readonly PaperVersionRow[];
  readonly papers: ReadonlyMap<string, Frozen>;
  readonly manifests: ReadonlyMap<string, Manifest>;
  readonly log: LogExport;
}

/** Something the dossier needs is not in the store; it is not sealed without it. */
export class DossierGap extends Error {
  constructor(what: string) {
    super(`the dossier cannot be sealed: ${what} is missing in the store`);
    this.name = 'DOSSIER_GAP';
  }
}

const stageNames = { DRAFT: '过程稿', FINAL_DESIGN: '定稿', FINISHED_ARTWORK: '完稿', PROOF: '打样' } as const;

function pieceFolder(piece: Piece, version: PieceVersion): Folder {
  if (version.stage === 'PROOF') return '样稿';
  if (!workTypeFacts[piece.workType].sized && piece.workType === 'naming') return '创意表现/文案';
  return version.stage === 'DRAFT' ? '创意表现/过程稿' : '创意表现/完稿';
}

/** Names files without two being the same: the second of a name gets `-2` before its ending. */
function namer(): (path: string) => string {
  const taken = new Set<string>();
  return (path) => {
    const ending = extname(path);
    const stem = ending === '' ? path : path.slice(0, -ending.length);
    let name = path;
    for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${stem}-${String(n)}${ending}`;
    taken.add(name.toLowerCase());
    return name;
  };
}

/**
 * The files of a dossier in their folders (§8.1), in a fixed order; no file lies outside a folder (R-203), kinds are
 * apart and names state date, project and type (R-204, R-205). Throws DossierGap for what is missing.
 */
export function planDossier(sources: DossierSources): DossierFile[] {
  const free = namer();
  const placed = (folder: string, name: string): string => free(`${folder}/${name}`);
  const papers = paperFiles(sources, placed);
  const pieces = pieceFiles(sources, placed);
  return [
    ...papers.map(({ file }) => file),
    ...pieces.map(({ file }) => file),
    ...sheetFiles(sources, placed),
    { path: placed('工作单', '工作单册.html'), kind: 'text', text: orderBook(sources, papers, pieces) },
    { path: placed('归档', '工作概要.html'), kind: 'text', text: summary(sources) },
    { path: placed('归档', '日志.json'), kind: 'text', text: `${JSON.stringify(sources.log, null, 1)}\n` },
    {
      path: placed('归档', '链头.json'),
      kind: 'text',
      text: `${canonical({ processId: sources.state.processId, head: sources.log.head })}\n`,
    },
  ];
}

interface PlacedPaper {
  readonly file: DossierFile;
  readonly row: PaperVersionRow;
}

function paperFiles(sources: DossierSources, placed: (folder: string, name: string) => string): PlacedPaper[] {
  return sources.versions.flatMap((row) => {
    const frozen = sources.papers.get(row.hash);
    if (!frozen)
      throw new DossierGap(`the content of ${paperWords(row.key).en}, version ${String(row.version)} (${row.hash})`);
    const form = isFormId(row.form) ? forms[row.form] : undefined;
    const folder = form?.folder ?? '客户资料';
    const suffix = row.key.split(':').slice(1).join('-');
    const type = `${form?.fileType ?? row.form}${suffix === '' ? '' : `-${suffix}`}`;
    const nameWith = (ext: string): string =>
      fileName({ date: row.at, project: sources.state.title, type, version: row.version, ext });
    const record = {
      key: row.key,
      form: row.form,
      version: row.version,
      hash: row.hash,
      by: row.by,
      at: row.at,
      status: row.status,
    };
    const title = `${paperWords(row.key).zh} V${String(row.version)} · ${sources.state.title}`;
    const facts = pairs([
      ['状态 Status', escapeHtml(row.status)],
      ['提交 Submitted', escapeHtml(`${row.at} · ${row.by}`)],
      ['SHA-256', `<code>${row.hash}</code>`],
    ]);
    return [
      {
        row,
        file: {
          path: placed(folder, nameWith('html')),
          kind: 'text',
          text: page(title, `${facts}<h2>内容 Content</h2>${contentHtml(form, frozen.content)}`),
        },
      },
      {
        row,
        file: {
          path: placed(folder, nameWith('json')),
          kind: 'text',
          text: `${canonical({ ...record, content: frozen.content, facts: frozen.facts })}\n`,
        },
      },
    ];
  });
}

interface PlacedPiece {
  readonly file: DossierFile;
  readonly piece: Piece;
  readonly version: PieceVersion;
}

function pieceFiles(sources: DossierSources, placed: (folder: string, name: string) => string): PlacedPiece[] {
  return Object.values(sources.state.pieces).flatMap((piece) =>
    piece.versions.flatMap((version) => {
      const manifest = sources.manifests.get(version.hash);
      if (!manifest)
        throw new DossierGap(
          `the list of files of ${piece.name}, version ${String(version.version)} (${version.hash})`,
        );
      const folder = pieceFolder(piece, version);
      return manifest.files.map((file): PlacedPiece => {
        const ext = extname(file.name).slice(1) || 'bin';
        const named = fileName({
          date: version.at,
          project: sources.state.title,
          type: `${piece.name}-${stageNames[version.stage]}`,
          version: version.version,
          ext,
        });
        const path = placed(folder, isFileName(file.name) ? file.name : named);
        return { piece, version, file: { path, kind: 'blob', sha256: file.sha256, size: file.size } };
      });
    }),
  );
}

/** What the service itself fills in from the signatures: QC sheets and receipts, to read and as data. */
function sheetFiles(
  { state, entries }: DossierSources,
  placed: (folder: string, name: string) => string,
): DossierFile[] {
  return sheetsFrom(state, entries).flatMap(({ form: id, at, piece, version, content }): DossierFile[] => {
    const form = forms[id];
    const type = `${form.fileType}-${piece.name}`;
    const nameWith = (ext: string): string => fileName({ date: at, project: state.title, type, version, ext });
    const title = `${form.title.zh} · ${piece.name} V${String(version)} · ${state.title}`;
    return [
      { path: placed(form.folder, nameWith('html')), kind: 'text', text: page(title, contentHtml(form, content)) },
      { path: placed(form.folder, nameWith('json')), kind: 'text', text: `${canonical({ form: id, content })}\n` },
    ];
  });
}

/** Behind the work order its revision orders and their revised drafts, by date (R-144). */
function orderBook({ state }: DossierSources, papers: readonly PlacedPaper[], pieces: readonly PlacedPiece[]): string {
  const orders = papers
    .filter(({ row, file }) => (row.form === 'F-04' || row.form === 'F-08') && file.path.endsWith('.html'))
    .map(({ row, file }) => ({
      at: row.at,
      what: `${paperWords(row.key).zh} V${String(row.version)}`,
      status: row.status,
      path: file.path,
    }));
  const drafts = pieces
    .filter(({ version }) => version.answers !== undefined)
    .map(({ piece, version, file }) => ({
      at: version.at,
      what: `${piece.name} V${String(version.version)} → ${version.answers ?? ''}`,
      status: version.verdict ?? '',
      path: file.path,
    }));
  const rows = [...orders, ...drafts]
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ at, what, status, path }) => [at, what, status, path]);
  return page(`工作单册 · ${state.title}`, grid(['日期 Date', '单据 Paper', '状态 Status', '文件 File'], rows));
}

function summary({ state, log }: DossierSources): string {
  const facts = pairs([
    ['工作号 Job number', escapeHtml(state.jobNumber ?? '')],
    ['名称 Title', escapeHtml(state.title)],
    ['立项 Opened', escapeHtml(state.openedAt ?? '')],
    ['日志 Log', `${String(log.head.seq)} · <code>${log.head.hash}</code>`],
    ['策略修正 Strategy', escapeHtml(state.evaluation?.strategy ?? '')],
    ['执行修正 Execution', escapeHtml(state.evaluation?.execution ?? '')],
  ]);
  const pieces = Object.values(state.pieces).flatMap((piece) =>
    piece.versions.map((version) => [
      piece.name,
      stageNames[version.stage],
      `V${String(version.version)}`,
      version.verdict ?? '',
      version.at,
      version.hash,
    ]),
  );
  const rounds = Object.values(state.circulations).flatMap((circulation) =>
    circulation.closedRounds.map((round) => [
      circulation.point,
      String(round.round),
      round.cause,
      round.verdict,
      round.by ?? '',
      round.at,
    ]),
  );
  return page(
    `工作概要 · ${state.title}`,
    `${facts}<h2>稿件 Pieces</h2>${grid(['稿件', '阶段', '版本', '结果', '时间', 'SHA-256'], pieces)}<h2>签核 Rounds</h2>${grid(['签核点', '轮次', '原因', '结果', '签核人', '时间'], rounds)}`,
  );
}
