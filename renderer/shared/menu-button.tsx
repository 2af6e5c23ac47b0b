import { Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Separator } from 'react-aria-components/Separator';
import { Button, type ButtonProps } from './button.tsx';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icon.tsx';
import { Kbd } from './kbd.tsx';
import styles from './list.module.css';

export interface MenuChoice {
  readonly id: string;
  readonly name: string;
  readonly keys?: string;
  /** True or false for one of several of which one is chosen: those beside it belong together. */
  readonly isSelected?: boolean;
  /** A line stands above it. */
  readonly startsGroup?: boolean;
  readonly isDisabled?: boolean;
  readonly danger?: boolean;
  readonly onAction: () => void;
}

export interface MenuButtonProps {
  /** What the menu is of; shown where there is no icon, read out where there is. */
  readonly label: string;
  readonly icon?: IconName;
  readonly size?: 'small' | 'medium';
  readonly variant?: NonNullable<ButtonProps['variant']>;
  /** The chord that opens it, shown beside the words; the caller listens for it. */
  readonly keys?: string;
  /** With `onOpenChange`: whether it is open is up to the caller. */
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly choices: readonly MenuChoice[];
}

/** A button that opens a menu. Choices with `isSelected` carry a tick. */
export function MenuButton(props: MenuButtonProps) {
  const { label, icon, size = 'medium', variant = 'quiet', keys, choices } = props;
  const { isOpen, onOpenChange } = props;
  return (
    <MenuTrigger
      {...(isOpen !== undefined && { isOpen })}
      {...(onOpenChange !== undefined && { onOpenChange })}
    >
      {icon === undefined ? (
        <Button variant={variant} size={size} {...(keys !== undefined && { keys })}>
          {label}
        </Button>
      ) : (
        <Button variant={variant} size={size} icon={icon} aria-label={label} />
      )}
      <Popover className={styles['popover'] ?? ''} placement="bottom end">
        <Menu
          className={styles['list'] ?? ''}
          // What opens by a key of its own is gone on with by Enter.
          {...(isOpen !== undefined && { autoFocus: 'first' as const })}
        >
          {runsOf(choices).map((run) => (
            <Run key={run[0]?.id} run={run} />
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** Neighbours of which one is chosen are one run; everything else stands alone. */
function runsOf(choices: readonly MenuChoice[]): readonly (readonly MenuChoice[])[] {
  const runs: MenuChoice[][] = [];
  for (const choice of choices) {
    const last = runs.at(-1);
    const joins = choice.isSelected !== undefined && last?.[0]?.isSelected !== undefined;
    if (joins) last?.push(choice);
    else runs.push([choice]);
  }
  return runs;
}

function Run({ run }: { readonly run: readonly MenuChoice[] }) {
  const [first] = run;
  const items = run.map((choice) => <Item key={choice.id} choice={choice} />);
  const chosen = run.filter(({ isSelected }) => isSelected === true).map(({ id }) => id);
  return (
    <>
      {first?.startsGroup === true && <Separator className={styles['separator'] ?? ''} />}
      {first?.isSelected === undefined ? (
        items
      ) : (
        <MenuSection
          aria-label={run.map(({ name }) => name).join(', ')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={chosen}
        >
          {items}
        </MenuSection>
      )}
    </>
  );
}

function Item({ choice }: { readonly choice: MenuChoice }) {
  return (
    <MenuItem
      id={choice.id}
      textValue={choice.name}
      onAction={choice.onAction}
      isDisabled={choice.isDisabled ?? false}
      className={classes(styles['item'], choice.danger === true && styles['danger'])}
    >
      {choice.isSelected !== undefined && (
        <span className={styles['tick']}>
          <Icon name="check" />
        </span>
      )}
      <bdi className={styles['itemWords']}>{choice.name}</bdi>
      {choice.keys !== undefined && <Kbd keys={choice.keys} />}
    </MenuItem>
  );
}
