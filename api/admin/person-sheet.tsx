import { roleFacts } from '../../domain/people/roles.ts';
import type { Person } from '../../domain/people/types.ts';
import type { Client } from '../../store/clients.ts';
import type { Staff } from '../staff/frame.tsx';
import { pick } from '../view/lang.ts';
import { Actions, ButtonLink, Chip, Facts, Sheet } from '../view/parts.tsx';
import { words } from '../view/words/index.ts';
import { AdminPage } from './frame.tsx';
import { adminWords } from './words.ts';

/** A person as whoever may not change them sees them: what is on file, no fields. */
export function PersonSheet({ staff, person, all }: { staff: Staff; person: Person; all: readonly Client[] }) {
  const { lang } = staff;
  const t = words(lang, adminWords);
  return (
    <AdminPage staff={staff} tab="people" title={person.name} told={{ kind: 'remark', title: t('readOnly') }}>
      <Sheet>
        {person.active ? null : <Chip>{t('inactive')}</Chip>}
        <Facts
          facts={[
            {
              label: t('titles'),
              value: person.roles.map((role) => pick(roleFacts[role].title, lang)).join(lang === 'en' ? ', ' : '、'),
            },
            { label: t('mail'), value: person.mail.address },
            {
              label: t('side'),
              value: all.find((client) => client.id === person.clientId)?.name ?? t(person.side),
            },
            { label: t('language'), value: person.language === 'en' ? 'English' : '中文' },
          ]}
        />
      </Sheet>
      <Actions>
        <ButtonLink href="/admin/people" kind="quiet">
          {t('back')}
        </ButtonLink>
      </Actions>
    </AdminPage>
  );
}
