import { Button } from './shared/button.tsx';
import { useT } from './shared/messages.tsx';
import { Page } from './shared/page.tsx';

/** Instead of the app where the browser lets nothing be stored: better than notes that vanish. */
export function NotStarted() {
  const t = useT();
  return (
    <Page title={t('error.no-start')} back={false}>
      <p>{t('error.no-start-why')}</p>
      <p>
        <Button variant="primary" onPress={() => window.location.reload()}>
          {t('error.reload')}
        </Button>
      </p>
    </Page>
  );
}
