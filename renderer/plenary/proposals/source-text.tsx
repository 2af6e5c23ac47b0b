import type { GroupDocument } from '../../../src/core/session/group-document.ts';
import type { RecommendationRef } from '../../../src/core/session/model.ts';
import { useT } from '../../shared/messages.tsx';
import { useView } from '../../shared/use-view.ts';
import { SourceNotes } from '../board/source-notes.tsx';
import { useGroupDocuments } from '../group-documents.ts';
import { usePlenary } from '../plenary-context.ts';
import styles from './source.module.css';

/** What a group recommended, why, and from which notes. */
export function SourceText({ source }: { readonly source: RecommendationRef }) {
  const t = useT();
  const { session } = usePlenary();
  const document = useGroupDocuments(session).get(source.groupId);
  if (document === undefined) return <p className={styles['missing']}>{t('plenary.no-access')}</p>;
  return <KnownSource source={source} document={document} />;
}

function KnownSource(props: {
  readonly source: RecommendationRef;
  readonly document: GroupDocument;
}) {
  const t = useT();
  const { source, document } = props;
  useView(document.view);
  const recommendation = document.view.recommendation(source.recommendationId);
  if (recommendation === undefined) {
    return <p className={styles['missing']}>{t('plenary.source-missing')}</p>;
  }
  return (
    <>
      <p className={styles['text']} dir="auto">
        {recommendation.text}
      </p>
      {recommendation.deleted && (
        <p className={styles['missing']}>{t('plenary.source-withdrawn')}</p>
      )}
      <SourceNotes recommendation={recommendation} document={document} />
    </>
  );
}
