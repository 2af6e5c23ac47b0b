import { useState } from 'react';
import { useStore } from 'zustand';
import type { GroupId } from '../../../src/core/session/ids.ts';
import type { EnteredLaptop } from '../../../src/core/session/laptops.ts';
import { Button } from '../../shared/button.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { useLanguage, useT } from '../../shared/messages.tsx';
import { timeOfDay } from '../../shared/time-of-day.ts';
import { useNotices } from '../../shared/toast-region.tsx';
import { usePlenary } from '../plenary-context.ts';
import { laptopsOf } from './laptops-here.ts';
import styles from './laptops-with-access.module.css';

/** A laptop and its number in the order in which they came. */
interface Numbered {
  readonly laptop: EnteredLaptop;
  readonly number: number;
}

export interface LaptopsWithAccessProps {
  /** Of a group, or of a role that is no group's. */
  readonly of: GroupId | null;
  readonly whose: 'facilitator' | 'rapporteur' | 'moderator';
  /** The group's or the role's name. */
  readonly name: string;
}

/** The laptops of a group or role, without this one and the plenary laptop. */
function useLaptops({ of, whose }: LaptopsWithAccessProps): readonly EnteredLaptop[] {
  const { session } = usePlenary();
  // What is in contact changes with every laptop that comes, which is when this is read anew.
  useHeard({ of, whose });
  return session
    .laptopsOf(of)
    .filter(
      (laptop) =>
        laptop.role === whose && laptop.plenary !== true && laptop.deviceId !== session.deviceId,
    );
}
function useHeard({ of, whose }: Pick<LaptopsWithAccessProps, 'of' | 'whose'>) {
  const { session } = usePlenary();
  const status = useStore(session.status);
  return of === null ? laptopsOf(status, whose) : status.groups.get(of)?.laptops;
}

/** The laptops of a group or role, and how a lost one is shut out. */
export function LaptopsWithAccess(props: LaptopsWithAccessProps) {
  const t = useT();
  const [isOpen, setIsOpen] = useState(false);
  const laptops = useLaptops(props);
  if (laptops.length === 0) return null;
  return (
    <>
      <Button variant="quiet" size="small" onPress={() => setIsOpen(true)}>
        {t(props.of === null ? 'people.laptops-with-access' : 'people.laptops', {
          count: laptops.length,
        })}
      </Button>
      <LaptopsDialog
        {...props}
        laptops={laptops}
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
      />
    </>
  );
}

interface LaptopsDialogProps extends LaptopsWithAccessProps {
  readonly laptops: readonly EnteredLaptop[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function LaptopsDialog({ of, whose, name, laptops, isOpen, onClose }: LaptopsDialogProps) {
  const t = useT();
  const notices = useNotices();
  const { session } = usePlenary();
  const [asked, setAsked] = useState<Numbered | null>(null);
  const close = (): void => {
    setAsked(null);
    onClose();
  };
  const takeBack = ({ laptop, number }: Numbered): void => {
    session.takeBack(of, laptop.deviceId);
    notices.say(t('people.taken-back', { number, group: name }));
    close();
  };
  if (asked !== null) {
    const others = laptops.length - 1;
    return (
      <Dialog
        role="alertdialog"
        title={t('people.take-back-sure', { number: asked.number, group: name })}
        isOpen={isOpen}
        onClose={() => setAsked(null)}
        actions={
          <>
            <Button onPress={() => setAsked(null)}>{t('shared.cancel')}</Button>
            <Button variant="danger" onPress={() => takeBack(asked)}>
              {t('people.take-back')}
            </Button>
          </>
        }
      >
        {whose === 'facilitator' ? (
          <p>{t('people.take-back-why', { count: others })}</p>
        ) : (
          <p>{t('people.take-back-role-why')}</p>
        )}
        {whose === 'moderator' && <p>{t('people.take-back-moderator-why')}</p>}
      </Dialog>
    );
  }
  return (
    <Dialog title={t('people.laptops-of', { group: name })} isOpen={isOpen} onClose={close}>
      <Laptops of={of} whose={whose} laptops={laptops} onAsk={setAsked} />
    </Dialog>
  );
}

interface LaptopsProps extends Pick<LaptopsWithAccessProps, 'of' | 'whose'> {
  readonly laptops: readonly EnteredLaptop[];
  readonly onAsk: (laptop: Numbered) => void;
}

function Laptops({ of, whose, laptops, onAsk }: LaptopsProps) {
  const t = useT();
  const language = useLanguage();
  const heard = useHeard({ of, whose });
  return (
    <ul className={styles['laptops']}>
      {laptops.map((laptop, index) => {
        const isHere = heard?.some(
          ({ deviceId, inContact }) => inContact && deviceId === laptop.deviceId,
        );
        const number = index + 1;
        return (
          <li key={laptop.deviceId} className={styles['laptop']}>
            <span className={styles['name']}>{t('people.laptop', { number })}</span>
            <span className={styles['when']}>
              {t('people.laptop-joined', { time: timeOfDay(laptop.at, language) })} ·{' '}
              {t(isHere === true ? 'people.laptop-here' : 'people.laptop-away')}
            </span>
            <Button
              size="small"
              aria-label={t('people.take-back-of', { number })}
              onPress={() => onAsk({ laptop, number })}
            >
              {t('people.take-back')}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
