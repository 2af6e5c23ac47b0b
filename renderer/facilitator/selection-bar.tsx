import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { useGroupParts, useScreen } from './group-context.tsx';
import { nothingSelected } from './selection.ts';
import styles from './selection-bar.module.css';

/** What can be done with the ticked notes. */
export function SelectionBar() {
  const t = useT();
  const { screen, actions } = useGroupParts();
  const { ids } = useScreen((state) => state.selection);
  if (ids.size === 0) return null;
  return (
    <section className={styles['bar']} aria-label={t('notes.selected-title')}>
      <output>{t('notes.selected', { count: ids.size })}</output>
      <Button variant="primary" size="small" keys="Mod+Enter" onPress={() => actions.recommend()}>
        {t('notes.recommend')}
      </Button>
      <Button
        variant="quiet"
        size="small"
        keys="Esc"
        onPress={() => screen.setState({ selection: nothingSelected })}
      >
        {t('notes.clear-selection')}
      </Button>
    </section>
  );
}
