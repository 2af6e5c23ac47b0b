/** What is dragged on the board, so that nothing from elsewhere can be dropped there. */
export const DRAG_TYPE = 'application/x-caucus-recommendation';
/** A proposal on its way to another place in their order. */
export const PROPOSAL_DRAG_TYPE = 'application/x-caucus-proposal';

interface DraggedTypes {
  has(type: string | symbol): boolean;
}

export const dropOperation = (types: DraggedTypes): 'link' | 'cancel' =>
  types.has(DRAG_TYPE) ? 'link' : 'cancel';
