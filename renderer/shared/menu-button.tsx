import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Button, type ButtonProps } from './button.tsx';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icon.tsx';
import { Kbd } from './kbd.tsx';
import styles from './list.module.css';

export interface MenuChoice {
  readonly id: string;
  readonly name: string;
  readonly keys?: string;
  readonly isSelected?: boolean;
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
        <Menu className={styles['list'] ?? ''} items={choices} dependencies={[choices]}>
          {(choice) => (
            <MenuItem
              id={choice.id}
              textValue={choice.name}
              onAction={choice.onAction}
              isDisabled={choice.isDisabled ?? false}
              className={classes(styles['item'], choice.danger === true && styles['danger'])}
            >
              {choice.isSelected === true && <Icon name="check" />}
              <bdi className={styles['itemWords']}>{choice.name}</bdi>
              {choice.keys !== undefined && <Kbd keys={choice.keys} />}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
