import type { Translate } from '../shared/translate.ts';
import type { Prefilled } from './session-form.ts';

/** The lists of Internet governance, which most sessions can keep, and an agenda of 90 minutes. */
export const prefilledIn = (t: Translate): Prefilled => ({
  groups: [1, 2, 3].map((number) => t('create.default-group', { number })),
  agenda: [
    { title: t('create.kind-introduction'), kind: 'introduction', minutes: 5 },
    { title: t('create.kind-breakout'), kind: 'breakout', minutes: 30 },
    { title: t('create.kind-plenary'), kind: 'plenary', minutes: 30 },
    { title: t('create.kind-conclusions'), kind: 'conclusions', minutes: 20 },
  ],
  stakeholderGroups: [
    t('choice.government'),
    t('choice.intergovernmental'),
    t('choice.civil-society'),
    t('choice.technical'),
    t('choice.private'),
  ],
  regions: [
    t('choice.african'),
    t('choice.asia-pacific'),
    t('choice.eastern-european'),
    t('choice.latin-american'),
    t('choice.western'),
  ],
});
