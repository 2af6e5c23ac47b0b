import { useEffect, useEffectEvent, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from '../../shared/button.tsx';
import { classes } from '../../shared/classes.ts';
import { Clock } from '../../shared/clock.tsx';
import { Kbd } from '../../shared/kbd.tsx';
import { useT } from '../../shared/messages.tsx';
import { useNow } from '../../shared/use-now.ts';
import { useView } from '../../shared/use-view.ts';
import { usePlenary } from '../plenary-context.ts';
import { agendaState } from '../agenda/agenda-state.ts';
import { PollSlide } from './poll-slide.tsx';
import { pollInView, type Slide, slideAfter, slideId, slidesOf } from './slides.ts';
import { useIdle } from './use-idle.ts';
import styles from './projector.module.css';

/** The keys are the moderator's affair, and go away by themselves. */
const HINTS_MS = 4000;

/** For the whole room: one heading, one thing, the clock. Fills the screen where the browser lets it. */
export function Projector({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const { session, polls } = usePlenary();
  const plan = useView(session.plan.view);
  const asked = pollInView(plan);
  const [shown, setShown] = useState(asked === null ? 'segment' : 'poll');
  const slides = slidesOf(plan);
  // Another question to the room, or another moment of it, is what the room is to see.
  const moment = asked === null ? '' : `${asked.id} ${asked.state}`;
  const [seen, setSeen] = useState(moment);
  if (moment !== seen) {
    setSeen(moment);
    if (asked !== null) setShown('poll');
  }
  const slide = slides.find((one) => slideId(one) === shown) ?? { kind: 'segment' };
  const idle = useIdle(HINTS_MS);
  useFullScreen(onClose);

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const rightToLeft = document.documentElement.dir === 'rtl';
    const forward = rightToLeft ? 'ArrowLeft' : 'ArrowRight';
    const back = rightToLeft ? 'ArrowRight' : 'ArrowLeft';
    if ([forward, 'PageDown'].includes(event.key)) setShown(slideAfter(slides, shown, 1));
    else if ([back, 'PageUp'].includes(event.key)) setShown(slideAfter(slides, shown, -1));
    else if (event.key === 'Home') setShown('segment');
    else if (event.key.toLowerCase() === 'o' && asked !== null && slide.kind === 'poll') {
      polls.toggle(asked);
    } else if (event.key.toLowerCase() === 'f' && !event.ctrlKey && !event.metaKey) onClose();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);

  return (
    <ModalOverlay
      className={styles['overlay'] ?? ''}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={styles['modal'] ?? ''}>
        <Dialog className={styles['projector'] ?? ''} aria-label={t('plenary.projector')}>
          <div className={classes(styles['sheet'], idle && styles['idle'])}>
            <main className={styles['thing']}>
              <SlideWords slide={slide} />
            </main>
            <footer className={styles['foot']}>
              <div className={styles['keys']}>
                <Button variant="quiet" size="small" keys="F" onPress={onClose}>
                  {t('plenary.leave-projector')}
                </Button>
                <span className={styles['hint']}>
                  <Kbd keys="←" /> <Kbd keys="→" /> {t('plenary.projector-keys')}
                  {slide.kind === 'poll' && slide.poll.state !== 'closed' && (
                    <>
                      {' '}
                      <Kbd keys="O" />{' '}
                      {t(slide.poll.state === 'open' ? 'polls.close' : 'polls.open')}
                    </>
                  )}
                </span>
              </div>
              <div className={styles['clock']}>
                <Clock
                  plan={plan}
                  time={session.now}
                  size={slide.kind === 'poll' ? 'room' : 'huge'}
                  segmentHidden={slide.kind === 'segment'}
                />
              </div>
            </footer>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function SlideWords({ slide }: { readonly slide: Slide }) {
  const t = useT();
  const { session } = usePlenary();
  const plan = useView(session.plan.view);
  const now = useNow(1000, session.now);
  if (slide.kind === 'poll') return <PollSlide poll={slide.poll} plan={plan} />;
  if (slide.kind === 'proposal') {
    return (
      <>
        <h2 className={styles['heading']}>{t('plenary.proposal', { number: slide.number })}</h2>
        <p className={styles['proposal']} dir="auto">
          {slide.proposal.text}
        </p>
      </>
    );
  }
  const { running, next } = agendaState(plan, now, null);
  return (
    <>
      <h2 className={styles['heading']} dir="auto">
        {plan.title}
      </h2>
      <p className={styles['segment']} dir="auto">
        {running?.title ?? t('plenary.not-running')}
      </p>
      {next !== null && (
        <p className={styles['next']} dir="auto">
          {t('plenary.then', { segment: next.title })}
        </p>
      )}
    </>
  );
}

/** Fills the screen; where the person leaves it by the browser's own key, the projector ends too. */
function useFullScreen(onLeave: () => void): void {
  const [leave] = useState(() => onLeave);
  useEffect(() => {
    const page = document.documentElement;
    let entered = false;
    let gone = false;
    const enter = async (): Promise<void> => {
      try {
        await page.requestFullscreen();
        entered = true;
        if (gone) await document.exitFullscreen();
      } catch (error) {
        // Not every browser allows it; the projector then fills the window.
        if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
      }
    };
    const onChange = (): void => {
      if (entered && document.fullscreenElement === null) leave();
    };
    document.addEventListener('fullscreenchange', onChange);
    void enter();
    return () => {
      gone = true;
      document.removeEventListener('fullscreenchange', onChange);
      if (document.fullscreenElement !== null) void document.exitFullscreen();
    };
  }, [leave]);
}
