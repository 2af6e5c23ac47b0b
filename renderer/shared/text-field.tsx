import { useId } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components/TextField';
import { classes } from './classes.ts';
import styles from './field.module.css';

export interface TextFieldProps extends Omit<
  AriaTextFieldProps,
  'className' | 'style' | 'children' | 'isInvalid' | 'slot'
> {
  readonly label: string;
  /** The label is read out but not shown: for rows of a table with a heading. */
  readonly labelHidden?: boolean;
  /** A sentence of help below the label. */
  readonly description?: string;
  /** What is wrong with it, in plain words; null or left out where nothing is. */
  readonly error?: string | null;
  readonly placeholder?: string;
  /** Several lines; grows with its text. */
  readonly multiline?: boolean;
  /** Takes the focus when it appears: the one thing that a person came for. */
  readonly focusFirst?: boolean;
  /** Width in characters; as wide as there is room if left out. */
  readonly characters?: number;
}

/** A field of a form. For texts that several laptops write in, see SharedText. */
export function TextField(props: TextFieldProps) {
  const {
    label,
    labelHidden = false,
    description,
    error = null,
    placeholder,
    multiline = false,
    characters,
    focusFirst = false,
    ...rest
  } = props;
  const id = useId();
  const hint = placeholder === undefined ? {} : { placeholder };
  const width = characters === undefined ? {} : { inlineSize: `calc(${characters}ch + 1.75rem)` };
  return (
    <AriaTextField
      {...rest}
      {...(focusFirst && { autoFocus: true })}
      className={styles['field'] ?? ''}
      isInvalid={error !== null}
      validationBehavior="aria"
    >
      <Label className={labelHidden ? styles['hidden'] : styles['label']}>{label}</Label>
      {description !== undefined && (
        <Text slot="description" className={styles['description'] ?? ''}>
          {description}
        </Text>
      )}
      {multiline ? (
        <AriaTextArea
          {...hint}
          dir="auto"
          rows={2}
          className={classes(styles['input'], styles['area'])}
          style={width}
        />
      ) : (
        <Input {...hint} dir="auto" className={styles['input'] ?? ''} style={width} />
      )}
      <FieldError key={id} className={styles['error'] ?? ''}>
        {error}
      </FieldError>
    </AriaTextField>
  );
}
