import type { CaseDefinition } from '../../domain/cases/definition.ts';
import type { Person } from '../../domain/people/types.ts';
import type { Problem as InputProblem } from '../../papers/problems.ts';

const sideWords = {
  agency: { zh: '公司在职人员', en: 'active people of the agency' },
  client: { zh: '这个客户的人员', en: 'people of this client' },
  both: { zh: '公司和这个客户的人员', en: 'people of the agency and of this client' },
} as const;

/** What is wrong with the people named for parts of a case, as the registers know them: no such part, or of another side. */
export function partProblems(
  definition: CaseDefinition | undefined,
  parts: Readonly<Record<string, readonly string[]>>,
  people: ReadonlyMap<string, Person>,
  clientId: string,
): readonly InputProblem[] {
  const known = definition?.parts ?? {};
  return Object.entries(parts).flatMap(([part, ids]): readonly InputProblem[] => {
    const about = Object.hasOwn(known, part) ? known[part] : undefined;
    const field = `parts.${part}`;
    if (!about) return [{ field, code: 'RULE', zh: '没有这个角色。', en: 'There is no such part.' }];
    if (ids.every((id) => sits(people.get(id), about.side, clientId))) return [];
    const zh = `“${about.title.zh}”只能选${sideWords[about.side].zh}。`;
    return [{ field, code: 'RULE', zh, en: `“${about.title.en}” takes ${sideWords[about.side].en} only.` }];
  });
}

function sits(person: Person | undefined, side: keyof typeof sideWords, clientId: string): boolean {
  if (!person?.active) return false;
  const theirs = person.side === 'client' && person.clientId === clientId;
  const ours = person.side === 'agency';
  return side === 'both' ? theirs || ours : side === 'client' ? theirs : ours;
}
