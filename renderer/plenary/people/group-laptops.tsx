import { useState } from 'react';
import { useStore } from 'zustand';
import type { Group } from '../../../src/core/session/model.ts';
import type { EnteredLaptop } from '../../../src/core/session/laptops.ts';
import { Button } from '../../shared/button.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { useLanguage, useT } from '../../shared/messages.tsx';
import { timeOfDay } from '../../shared/time-of-day.ts';
import { useNotices } from '../../shared/toast-region.tsx';
import { usePlenary } from '../plenary-context.ts';
import styles from './group-laptops.module.css';

/** A laptop and its number in the order in which the group's laptops came. */
interface Numbered {
  readonly laptop: EnteredLaptop;
  readonly number: number;
}

/** The laptops of a group, and how a lost one is shut out. */
export function GroupLaptops({ group }: { readonly group: Group }) {
  const t = useT();
  const { session } = usePlenary();
  const [isOpen, setIsOpen] = useState(false);
  // What is in contact changes with every laptop that comes, which is when this is read anew.
  useStore(session.status, ({ groups }) => groups.get(group.id)?.laptops);
  const laptops = session.laptopsOf(group.id);
  if (laptops.length === 0) return null;
  return (
    <>
      <Button variant="quiet" size="small" onPress={() => setIsOpen(true)}>
        {t('people.laptops', { count: laptops.length })}
      </Button>
      <LaptopsDialog
        group={group}
        laptops={laptops}
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
      />
    </>
  );
}

interface LaptopsDialogProps {
  readonly group: Group;
  readonly laptops: readonly EnteredLaptop[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function LaptopsDialog({ group, laptops, isOpen, onClose }: LaptopsDialogProps) {
  const t = useT();
  const notices = useNotices();
  const { session } = usePlenary();
  const [asked, setAsked] = useState<Numbered | null>(null);
  const close = (): void => {
    setAsked(null);
    onClose();
  };
  const takeBack = ({ laptop, number }: Numbered): void => {
    session.takeBack(group.id, laptop.deviceId);
    notices.say(t('people.taken-back', { number, group: group.name }));
    close();
  };
  if (asked !== null) {
    const others = laptops.length - 1;
    return (
      <Dialog
        role="alertdialog"
        title={t('people.take-back-sure', { number: asked.number, group: group.name })}
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
        <p>{t('people.take-back-why', { count: others })}</p>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('people.laptops-of', { group: group.name })} isOpen={isOpen} onClose={close}>
      <Laptops group={group} laptops={laptops} onAsk={setAsked} />
    </Dialog>
  );
}

interface LaptopsProps {
  readonly group: Group;
  readonly laptops: readonly EnteredLaptop[];
  readonly onAsk: (laptop: Numbered) => void;
}

function Laptops({ group, laptops, onAsk }: LaptopsProps) {
  const t = useT();
  const language = useLanguage();
  const { session } = usePlenary();
  const heard = useStore(session.status, ({ groups }) => groups.get(group.id)?.laptops);
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
