/** What a type stands for; see `ManageOptions`. */
export type ManageType = "append" | "append_and_remove" | "remove" | "direct_control" | "create";

/** What is done with an input that is not related yet, but exists. */
export type OnLookup = "ignore" | "relate" | "relate_and_update";
/** What is done with an input that is neither related nor found. */
export type OnNoMatch = "ignore" | "create" | "error";
/** What is done with an input that is related already. */
export type OnMatch =
  "ignore" | "update" | "update_join" | "unrelate" | "destroy" | "error" | "no_match" | "missing";
/** What is done with what is related and not among the inputs. */
export type OnMissing = "ignore" | "unrelate" | "destroy" | "error";

/**
 * How inputs become relationships. A type is a short name for four answers, and each can be given by itself:
 *
 * | type                | onLookup | onNoMatch | onMatch  | onMissing |
 * | ------------------- | -------- | --------- | -------- | --------- |
 * | `append`            | relate   | error     | ignore   | ignore    |
 * | `append_and_remove` | relate   | error     | ignore   | unrelate  |
 * | `remove`            | ignore   | error     | unrelate | ignore    |
 * | `direct_control`    | ignore   | create    | update   | destroy   |
 * | `create`            | ignore   | create    | ignore   | ignore    |
 */
export interface ManageOptions<
  DestinationAttribute extends string = string,
  JoinAttribute extends string = string,
  Identity extends string = string,
> {
  readonly type?: ManageType;
  readonly onLookup?: OnLookup;
  readonly onNoMatch?: OnNoMatch;
  readonly onMatch?: OnMatch;
  readonly onMissing?: OnMissing;
  /** The identities, or `"primaryKey"`, by which an input is recognised; all of them where it is not said. */
  readonly useIdentities?: readonly (Identity | "primaryKey")[];
  /** Attributes of the join resource that stand in the inputs beside the destination's own. */
  readonly joinKeys?: readonly JoinAttribute[];
  /** The attribute that keeps the place of each input, counted from 0. */
  readonly orderIsKey?: DestinationAttribute | JoinAttribute;
  /** The attribute that an input is the value of where it is no object. */
  readonly valueIsKey?: DestinationAttribute;
  /** What a row that is there already is to an append: nothing new, or an error. */
  readonly onDuplicate?: "ignore" | "error";
}
