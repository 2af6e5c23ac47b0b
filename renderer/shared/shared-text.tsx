import {
  type CSSProperties,
  type KeyboardEvent,
  type Ref,
  useEffectEvent,
  useLayoutEffect,
  useRef,
} from 'react';
import { classes } from './classes.ts';
import { bindText, type TextBinding } from './text-binding.ts';
import styles from './shared-text.module.css';

export interface SharedTextProps {
  /** The text as the document has it now. */
  readonly value: string;
  /**
   * Called with the whole text on every input; false where the document refused it. The caller
   * says why; the typed text stays in the field.
   */
  readonly onEdit: (text: string) => boolean;
  /** Read out as the field's name. */
  readonly label: string;
  readonly placeholder?: string;
  readonly readOnly?: boolean;
  /**
   * plain: set like text; boxed: like a field; reading: serif, as it will print; bare: the caller
   * shows that it is one.
   */
  readonly look?: 'plain' | 'boxed' | 'reading' | 'bare';
  readonly minRows?: number;
  /** Takes the focus when it appears. */
  readonly focusFirst?: boolean;
  /** Not called for keys that belong to an input method. */
  readonly onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  readonly onFocus?: () => void;
  readonly onBlur?: () => void;
  readonly ref?: Ref<HTMLTextAreaElement>;
  /** The id of an element that says more about the field. */
  readonly describedBy?: string;
}

/** A text that several laptops may write in at once; see `bindText`. Grows with its text. */
export function SharedText(props: SharedTextProps) {
  const { value, label, placeholder, look = 'plain', minRows = 1, focusFirst = false, ref } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const binding = useRef<TextBinding>(null);
  const send = useEffectEvent(props.onEdit);

  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return undefined;
    binding.current = bindText(element, element.value, (text) => send(text));
    if (focusFirst) {
      element.focus();
      element.setSelectionRange(element.value.length, element.value.length);
    }
    if (typeof ref === 'function') return ref(element);
    if (ref !== null && ref !== undefined) ref.current = element;
    return undefined;
  }, [focusFirst, ref]);
  useLayoutEffect(() => binding.current?.show(value), [value]);

  // Custom properties are not in React's type of a style.
  const rows = { '--rows': minRows } as CSSProperties;
  return (
    <textarea
      ref={field}
      className={classes(styles['text'], styles[look])}
      defaultValue={value}
      autoComplete="off"
      aria-label={label}
      aria-describedby={props.describedBy}
      placeholder={placeholder}
      readOnly={props.readOnly}
      rows={minRows}
      style={rows}
      dir="auto"
      onInput={() => binding.current?.typed()}
      onCompositionStart={() => binding.current?.compositionStarted()}
      onCompositionEnd={() => binding.current?.compositionEnded()}
      onKeyDown={(event) => {
        // 229: Safari says after the fact that Enter belonged to the input method.
        if (!event.nativeEvent.isComposing && event.keyCode !== 229) props.onKeyDown?.(event);
      }}
      onFocus={props.onFocus}
      onBlur={props.onBlur}
    />
  );
}
