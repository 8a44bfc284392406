/** The colour of a token's chip, and the number that it stands for. */
export interface ChipFill {
  readonly color: string;
  readonly ink: string;
  /** Whether the number is below zero. */
  readonly negative?: boolean;
  /** "+1.23 nats" */
  readonly says: string;
}
