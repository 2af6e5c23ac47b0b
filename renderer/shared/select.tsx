import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import { Kbd } from './kbd.tsx';
import fieldStyles from './field.module.css';
import styles from './list.module.css';

export interface SelectChoice<Id extends string = string> {
  readonly id: Id;
  readonly name: string;
  readonly keys?: string;
}

export interface SelectProps<Id extends string> {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly choices: readonly SelectChoice<Id>[];
  /** Null where nothing is chosen. */
  readonly value: Id | null;
  readonly onChange: (value: Id) => void;
  /** Shown while nothing is chosen. */
  readonly placeholder?: string;
  /** Small: no border, for a line of settings. */
  readonly size?: 'small' | 'medium';
  readonly isDisabled?: boolean;
}

export function Select<Id extends string>(props: SelectProps<Id>) {
  const {
    label,
    labelHidden = false,
    choices,
    value,
    onChange,
    placeholder,
    size,
    isDisabled,
  } = props;
  return (
    <AriaSelect
      className={classes(fieldStyles['select'], size === 'small' && fieldStyles['small'])}
      value={value}
      onChange={(key) => {
        const choice = choices.find(({ id }) => id === key);
        if (choice !== undefined) onChange(choice.id);
      }}
      {...(placeholder !== undefined && { placeholder })}
      {...(isDisabled !== undefined && { isDisabled })}
    >
      <Label className={labelHidden ? fieldStyles['hidden'] : fieldStyles['label']}>{label}</Label>
      <Button className={fieldStyles['trigger'] ?? ''}>
        <SelectValue className={fieldStyles['value'] ?? ''}>
          {({ isPlaceholder, defaultChildren, selectedText }) =>
            isPlaceholder ? defaultChildren : <bdi>{selectedText}</bdi>
          }
        </SelectValue>
        <Icon name="down" />
      </Button>
      <Popover className={styles['popover'] ?? ''}>
        <ListBox className={styles['list'] ?? ''} items={choices}>
          {({ id, name, keys }) => (
            <ListBoxItem id={id} textValue={name} className={styles['item'] ?? ''}>
              <span className={styles['tick']}>
                <Icon name="check" />
              </span>
              <bdi className={styles['itemWords']}>{name}</bdi>
              {keys !== undefined && <Kbd keys={keys} />}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
