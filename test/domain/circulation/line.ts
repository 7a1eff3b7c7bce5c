import { author, desk, Paper, routeOf } from './desk.ts';

/** Designer, copywriter, art director with one check item, client. */
export const line = () =>
  routeOf(
    author(),
    desk('copy', 'COPYWRITER', { after: ['author'] }),
    desk('art', 'ART_DIRECTOR', { after: ['copy'], checklist: ['C-12'] }),
    desk('client', 'CLIENT_LEAD', { after: ['art'], act: 'confirm' }),
  );
/** The paper on the copywriter's desk. */
export const atCopy = (): Paper => {
  const paper = new Paper(line());
  paper.open('copy', ['copywriter']);
  return paper;
};
/** One desk further. */
export const atArt = (): Paper => {
  const paper = atCopy();
  paper.sign('copywriter', 'copy');
  paper.open('art', ['artDirector']);
  return paper;
};
/** The art director's answer. */
export const passed = [{ item: 'C-12', answer: 'pass' }] as const;
/** On the client's desk. */
export const atClient = (): Paper => {
  const paper = atArt();
  paper.sign('artDirector', 'art', { checklist: passed });
  paper.open('client', ['lead']);
  return paper;
};
