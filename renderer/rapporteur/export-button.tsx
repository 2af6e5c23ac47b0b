import { ProgressBar } from 'react-aria-components/ProgressBar';
import { Button } from '../shared/button.tsx';
import { MenuButton } from '../shared/menu-button.tsx';
import { useT } from '../shared/messages.tsx';
import styles from './export-button.module.css';
import type { useExport } from './use-export.ts';

export interface ExportButtonProps {
  readonly export: ReturnType<typeof useExport>;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** Word and Markdown; in their place what becomes of an export that takes a while. */
export function ExportButton({ export: work, isOpen, onOpenChange }: ExportButtonProps) {
  const t = useT();
  const { state } = work;
  if (state.state === 'writing') {
    const words = t('report.writing', { count: state.notes });
    return (
      <ProgressBar isIndeterminate aria-label={words} className={styles['progress'] ?? ''}>
        <span>{words}</span>
        <span className={styles['track']} />
      </ProgressBar>
    );
  }
  if (state.state === 'ready') {
    return (
      <Button variant="primary" size="small" onPress={work.save}>
        {t('report.save-now')}
      </Button>
    );
  }
  return (
    <MenuButton
      label={t('report.export')}
      variant="primary"
      size="small"
      keys="Mod+E"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      choices={[
        { id: 'docx', name: t('report.export-docx'), onAction: () => work.start('docx') },
        { id: 'md', name: t('report.export-md'), onAction: () => work.start('md') },
      ]}
    />
  );
}
